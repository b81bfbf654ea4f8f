internal import Bytes
internal import Format

extension Pipeline {
    /// The most bytes that a payload of `payloadCount` bytes can decode to, for checks before memory is taken. For a
    /// branch this is the container's limit: its streams' sizes are checked one by one as they are read.
    package func maximumDecodedCount(payloadCount: Int) -> Int {
        guard case .leaf(let leaf) = root else { return Self.maximumRawCount }
        return min(type(of: leaf).maximumDecodedCount(encodedCount: payloadCount), Self.maximumRawCount)
    }

    /// The container's limit of a block's raw size, 512 MiB. No stream of a branch is larger.
    package static let maximumRawCount = FormatLimits.maximumBlockSize

    /// Decodes a block. When the root is `stored` (``isStored``) the payload is the raw bytes already and this only
    /// copies them.
    /// - Parameters:
    ///   - payload: The stored bytes, with ``ScratchArena/slack`` readable bytes behind them.
    ///   - output: As many bytes as the raw size says, with slack. Undefined when this throws.
    /// - Throws: `corrupt`, with the offset from the payload's first byte, unless the payload is exactly used up and
    ///   `output` exactly full.
    package func decode(
        _ payload: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        try checkCounts(payload: payload.count, decoded: output.count)
        guard !output.isEmpty else { return }
        switch root {
        case .leaf(let leaf):
            try leaf.decode(payload, into: output, scratch: scratch)
        case .branch(let branch):
            let streams = try decodeStreams(payload, decodedCount: output.count, scratch: scratch)
            do { try branch.join(streams, into: output, scratch: scratch) } catch { throw error.insideStream() }
        }
    }

    /// One way to write each thing: `stored` keeps the size, every other codec shrinks, and nothing is stored.
    /// - Throws: `corrupt` for sizes that no encoder writes or that the codec cannot reach.
    private func checkCounts(payload: Int, decoded: Int) throws(CodecError) {
        if isStored ? payload != decoded : payload >= decoded {
            throw .corrupt(codec: name, offset: 0, reason: "a stored size of \(payload) bytes for \(decoded) raw bytes")
        }
        if decoded > maximumDecodedCount(payloadCount: payload) {
            throw .corrupt(codec: name, offset: 0, reason: "\(payload) bytes cannot decode to \(decoded)")
        }
    }

    /// Where one stream of a branch lies in the payload, and how large it becomes.
    private struct StreamSpan {
        let raw: Int
        let stored: Int
    }

    /// The streams of a branch, decoded into scratch memory, or in place where they are stored.
    private func decodeStreams(
        _ payload: UnsafeRawBufferPointer, decodedCount: Int, scratch: ScratchArena
    ) throws(CodecError) -> [UnsafeRawBufferPointer] {
        var reader = ByteReader(payload)
        let spans = try readSpans(&reader, decodedCount: decodedCount)
        var streams: [UnsafeRawBufferPointer] = []
        for (span, child) in zip(spans, children) {
            let start = reader.offset
            guard let stored = try? reader.read(count: span.stored) else {
                throw .corrupt(codec: name, offset: start, reason: "a stream of \(span.stored) bytes goes past the end")
            }
            do {
                streams.append(try child.decodeStream(stored, rawCount: span.raw, scratch: scratch))
            } catch {
                throw error.moved(by: start)
            }
        }
        guard reader.remaining == 0 else {
            throw .corrupt(codec: name, offset: reader.offset, reason: "\(reader.remaining) bytes follow the last stream")
        }
        return streams
    }

    /// The sizes at the start of a branch's payload, each checked against what the branch can have and the child can give.
    private func readSpans(_ reader: inout ByteReader, decodedCount: Int) throws(CodecError) -> [StreamSpan] {
        guard case .branch(let branch) = root else { return [] }
        let limits = branch.maximumStreamCounts(decodedCount: decodedCount)
        var spans: [StreamSpan] = []
        for (limit, child) in zip(limits, children) {
            let start = reader.offset
            guard let rawSize = try? reader.readVarint(), let storedSize = try? reader.readVarint(),
                let raw = Int(exactly: rawSize), let stored = Int(exactly: storedSize), raw <= limit
            else {
                throw .corrupt(codec: name, offset: start, reason: "stream \(spans.count) has sizes that cannot be")
            }
            do { try child.checkCounts(payload: stored, decoded: raw) } catch { throw error.moved(by: start) }
            spans.append(StreamSpan(raw: raw, stored: stored))
        }
        return spans
    }

    private func decodeStream(
        _ stored: UnsafeRawBufferPointer, rawCount: Int, scratch: ScratchArena
    ) throws(CodecError) -> UnsafeRawBufferPointer {
        if isStored { return stored }
        let stream = try scratch.allocate(rawCount)
        try decode(stored, into: stream, scratch: scratch)
        return UnsafeRawBufferPointer(stream)
    }
}

extension CodecError {
    /// The error as seen from `distance` bytes further up.
    func moved(by distance: Int) -> CodecError {
        guard case .corrupt(let codec, let offset, let reason) = self else { return self }
        return .corrupt(codec: codec, offset: offset + distance, reason: reason)
    }

    /// The error of a branch, whose offset counts decoded bytes of a stream, with the payload's start as its place.
    func insideStream() -> CodecError {
        guard case .corrupt(let codec, let offset, let reason) = self else { return self }
        return .corrupt(codec: codec, offset: 0, reason: "\(reason) (at byte \(offset) of the decoded stream)")
    }
}
