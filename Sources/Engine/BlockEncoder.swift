internal import Codecs
internal import KernelDispatch
internal import Planning

/// Turns the raw bytes in a buffer into blocks: divide, and for each measure, choose, encode, hash. One for each worker.
struct BlockEncoder {
    /// nil writes every chunk as one block.
    let divider: Divider?
    let selector: any Selector
    /// Decode every block and compare before it is handed on.
    let checks: Bool
    private let scratch = ScratchArena()

    /// Bytes of scratch taken so far.
    var footprint: Int { scratch.footprint }

    init(divider: Divider? = nil, selector: any Selector, checks: Bool) {
        self.divider = divider
        self.selector = selector
        self.checks = checks
    }

    func encode(_ chunk: Chunk, in buffer: ChunkBuffer) throws(EngineError) {
        buffer.begin()
        let raw = UnsafeRawBufferPointer(rebasing: buffer.raw[..<chunk.count])
        for range in try divide(raw) {
            var block = try encode(UnsafeRawBufferPointer(rebasing: raw[range]), into: buffer.room(for: range))
            if checks, try !decodesToItsInput(block) { throw .checkFailed(rawRange: chunk.place(of: range)) }
            block.frame.isFinal = chunk.isFinal && range.upperBound == chunk.count
            buffer.append(block)
        }
    }

    private func divide(_ raw: UnsafeRawBufferPointer) throws(EngineError) -> [Range<Int>] {
        do {
            return try divider?.blocks(of: raw, scratch: scratch) ?? [0..<raw.count]
        } catch {
            throw .codec(error)
        }
    }

    private func encode(
        _ raw: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer
    ) throws(EngineError) -> EncodedFrame {
        let rawHash = KernelSet.current.hash64(raw)
        var block = EncodedFrame(frame: BlockFrame(rawSize: raw.count, rawHash: rawHash, storedHash: rawHash), payload: raw)
        // Empty only where the input ended earlier than it had announced.
        guard !raw.isEmpty else { return block }
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        do {
            let encoded = try selector.choose(raw, scratch: scratch).encode(raw, into: room, scratch: scratch)
            block.frame.pipeline = encoded.descriptor
            block.payload = encoded.payload
        } catch {
            throw .codec(error)
        }
        if !block.frame.isStored { block.frame.storedHash = KernelSet.current.hash64(block.payload) }
        return block
    }

    /// Encoders can be wrong too: zlib's CVE-2018-25032, zstd's issue 3517.
    private func decodesToItsInput(_ block: EncodedFrame) throws(EngineError) -> Bool {
        guard !block.frame.isStored else { return true }
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        do {
            let decoded = try scratch.allocate(block.frame.rawSize)
            try Pipeline(descriptor: block.frame.pipeline).decode(block.payload, into: decoded, scratch: scratch)
            return KernelSet.current.hash64(UnsafeRawBufferPointer(decoded)) == block.frame.rawHash
        } catch .outOfMemory(let requested) {
            throw .codec(.outOfMemory(requested: requested))
        } catch {
            return false
        }
    }
}
