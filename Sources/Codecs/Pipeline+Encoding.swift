internal import Bytes
internal import Format

extension Pipeline {
    /// A node's outcome: what the file will say of it, and how many bytes it wrote.
    private struct EncodedNode {
        let descriptor: PipelineDescriptor
        let count: Int
    }

    /// Encodes a block. A node, root or child, whose result is not smaller than its input becomes `stored`, so that a
    /// payload is never larger than its input, and as large only when the root is stored. A branch that declines to
    /// split leaves its input to its first child.
    /// - Parameters:
    ///   - input: The raw bytes, with ``ScratchArena/slack`` readable bytes behind them.
    ///   - output: At least `input.count` bytes, with slack, apart from `input`.
    package func encode(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) -> EncodedBlock {
        precondition(output.count >= input.count, "the output buffer is smaller than the input")
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        guard let node = try shrink(input, into: output, scratch: scratch) else {
            return EncodedBlock(descriptor: .stored, payload: input)
        }
        return EncodedBlock(descriptor: node.descriptor, payload: UnsafeRawBufferPointer(rebasing: output[..<node.count]))
    }

    /// Writes fewer bytes than `input` has, and no more than `output` has room for, or gives nil.
    private func shrink(
        _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) -> EncodedNode? {
        let limit = min(input.count - 1, output.count)
        guard limit > 0, !isStored else { return nil }
        let room = UnsafeMutableRawBufferPointer(rebasing: output[..<limit])
        switch root {
        case .leaf(let leaf):
            guard let count = try leaf.encode(input, into: room, scratch: scratch) else { return nil }
            precondition(count <= limit, "codec \(name) wrote past its output")
            return EncodedNode(descriptor: descriptor(children: []), count: count)
        case .branch(let branch):
            guard let streams = try branch.split(input, scratch: scratch) else {
                return try children.first?.shrink(input, into: output, scratch: scratch)
            }
            return try encodeStreams(streams, into: room, scratch: scratch)
        }
    }

    /// A branch's payload: for each stream its raw and stored size, then the streams' payloads.
    ///
    /// The sizes are known last but stand first, so room is left for the longest that they can be. When they come out
    /// shorter, the payloads move up.
    private func encodeStreams(
        _ streams: [UnsafeRawBufferPointer], into room: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) -> EncodedNode? {
        let start = streams.reduce(0) { $0 + 2 * varintCount($1.count) }
        var end = start
        var sizes = ByteWriter(capacity: start)
        var descriptors: [PipelineDescriptor] = []
        for (stream, child) in zip(streams, children) {
            guard end <= room.count else { return nil }
            let rest = UnsafeMutableRawBufferPointer(rebasing: room[end...])
            guard let node = try child.encodeStream(stream, into: rest, scratch: scratch) else { return nil }
            sizes.writeVarint(UInt64(stream.count))
            sizes.writeVarint(UInt64(node.count))
            descriptors.append(node.descriptor)
            end += node.count
        }
        if sizes.bytes.count < start, let base = room.baseAddress {
            (base + sizes.bytes.count).copyMemory(from: base + start, byteCount: end - start)
        }
        room.copyBytes(from: sizes.bytes)
        return EncodedNode(descriptor: descriptor(children: descriptors), count: end - start + sizes.bytes.count)
    }

    /// Encodes one stream of a branch, as `stored` when that is not larger.
    /// - Returns: nil when not even that fits `room`.
    private func encodeStream(
        _ stream: UnsafeRawBufferPointer, into room: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) -> EncodedNode? {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        if let node = try shrink(stream, into: room, scratch: scratch) { return node }
        guard stream.count <= room.count else { return nil }
        if !stream.isEmpty { room.copyMemory(from: stream) }
        return EncodedNode(descriptor: .stored, count: stream.count)
    }
}

/// How many bytes the varint of `value`, which is not negative, takes.
private func varintCount(_ value: Int) -> Int {
    max(1, (Int.bitWidth - value.leadingZeroBitCount + 6) / 7)
}
