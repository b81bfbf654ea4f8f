internal import Codecs
internal import Format

/// The memory of one block on its way out of an archive: its stored bytes, its raw bytes, and what is known of it. One task has it at a
/// time, handed on through ``OrderedWindow``; that is why it may cross tasks.
final class BlockBuffer: @unchecked Sendable {
    private(set) var raw = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    /// The header and the payload.
    private(set) var stored = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    private let memory = ScratchArena()
    private let empty: ScratchArena.Mark

    private(set) var frame = BlockFrame()
    /// Part of `stored`.
    private(set) var payload = UnsafeRawBufferPointer(start: nil, count: 0)
    private(set) var place = BlockPlace()
    /// Why the block cannot be had.
    var failure: EngineError?

    init(rawCapacity: Int = 0, storedCapacity: Int = 0) throws(EngineError) {
        empty = memory.mark
        if rawCapacity > 0 { try reserve(rawCapacity: rawCapacity, storedCapacity: storedCapacity) }
    }

    var rawBytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: raw[..<frame.rawSize]) }

    /// Starts on a block whose header and payload have `span` bytes.
    func begin(at place: BlockPlace, rawSize: Int, span: Int) throws(EngineError) {
        self.place = place
        failure = nil
        frame.rawSize = rawSize
        if rawSize > raw.count || span > stored.count {
            try reserve(rawCapacity: max(rawSize, raw.count), storedCapacity: max(span, stored.count))
        }
    }

    private func reserve(rawCapacity: Int, storedCapacity: Int) throws(EngineError) {
        memory.release(to: empty)
        raw = try memory.take(rawCapacity)
        stored = try memory.take(storedCapacity)
    }

    /// Takes over what the checked header says; the payload stands behind it in `stored`.
    func accept(_ header: BlockHeader) {
        frame = BlockFrame(
            rawSize: header.rawSize, rawHash: header.rawHash, storedHash: header.storedHash, isFinal: header.isFinal,
            pipeline: header.pipeline)
        payload = UnsafeRawBufferPointer(rebasing: stored[header.size..<header.span])
    }

    /// The decoded bytes that are wanted. Where a block is stored as it is they stand in its payload.
    var output: UnsafeRawBufferPointer {
        let whole = frame.isStored ? payload : rawBytes
        let start = Int(place.wanted.lowerBound - place.rawRange.lowerBound)
        return UnsafeRawBufferPointer(rebasing: whole[start..<start + place.wanted.count])
    }
}

extension ScratchArena {
    /// Memory for buffers, whose lack is an error and not the end of the process.
    func take(_ size: Int) throws(EngineError) -> UnsafeMutableRawBufferPointer {
        do {
            return try allocate(size)
        } catch {
            throw .codec(error)
        }
    }
}

/// What a block's header says of its content, and not of its place.
struct BlockFrame {
    var rawSize = 0
    var rawHash: UInt64 = 0
    var storedHash: UInt64 = 0
    var isFinal = false
    var pipeline = PipelineDescriptor(codec: CodecID(rawValue: 0))

    /// Whether the payload is the raw bytes.
    var isStored: Bool { pipeline == .stored }
}
