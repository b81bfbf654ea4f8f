internal import Codecs
internal import Format

/// The memory of one chunk on its way into an archive: its raw bytes, and the blocks that they become. One task has it at a time, handed
/// on through ``OrderedWindow``; that is why it may cross tasks.
final class ChunkBuffer: @unchecked Sendable {
    let raw: UnsafeMutableRawBufferPointer
    /// As much for payloads. None is larger than its block's raw bytes, so each has the place that these have in `raw`.
    private let stored: UnsafeMutableRawBufferPointer
    /// In the order of their raw bytes.
    private(set) var blocks: [EncodedFrame] = []
    private let memory = ScratchArena()
    /// Behind `raw` and `stored`.
    private let headers: ScratchArena.Mark

    init(capacity: Int) throws(EngineError) {
        raw = try memory.take(capacity)
        stored = try memory.take(capacity)
        headers = memory.mark
    }

    /// Forgets the chunk before.
    func begin() {
        blocks.removeAll(keepingCapacity: true)
        memory.release(to: headers)
    }

    /// Where the payload of the block with these raw bytes may stand. Blocks are encoded in order: what an encoder does to the slack
    /// behind its output is then overwritten.
    func room(for range: Range<Int>) -> UnsafeMutableRawBufferPointer { UnsafeMutableRawBufferPointer(rebasing: stored[range]) }

    func append(_ block: EncodedFrame) { blocks.append(block) }

    /// A copy of `bytes` that stays where it is until the next chunk begins.
    func keep(_ bytes: [UInt8]) throws(EngineError) -> UnsafeRawBufferPointer {
        let copy = try memory.take(bytes.count)
        copy.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(copy)
    }
}

/// An encoded block that has no place in an archive yet.
struct EncodedFrame {
    var frame: BlockFrame
    /// In the chunk's buffer: of its own, or the raw bytes where they are stored as they are.
    var payload: UnsafeRawBufferPointer
}
