internal import Engine

/// What a compression did.
public struct CompressionSummary: Sendable, Hashable {
    /// Bytes read.
    public var rawBytes: UInt64
    /// Bytes written.
    public var archiveBytes: UInt64
    /// Blocks written.
    public var blocks: UInt64
    /// Whether the input's size or time of change was another at the end: what was read is stored, and may be a mixture.
    public var inputChanged: Bool
    /// The most bytes of memory that the workers and their buffers could take.
    public var memoryBound: Int
    /// Worker threads.
    public var workers: Int
}

/// What a decompression or verification did.
public struct DecompressionSummary: Sendable, Hashable {
    /// Bytes written, or that would have been.
    public var rawBytes: UInt64
    /// Bytes read.
    public var archiveBytes: UInt64
    /// Blocks met.
    public var blocks: UInt64
    /// Archives, of which an input can have several end to end.
    public var archives: Int
    /// The damaged blocks that were passed over, in order.
    public var damage: [BaleError]
    /// The most bytes of memory that the workers and their buffers could take.
    public var memoryBound: Int
    /// Worker threads.
    public var workers: Int
}

extension CompressionSummary {
    init(_ summary: CompressionEngine.Summary) {
        self.init(
            rawBytes: summary.rawSize, archiveBytes: summary.archiveSize, blocks: summary.blockCount,
            inputChanged: summary.inputChanged, memoryBound: summary.memory.bound, workers: summary.memory.workers)
    }
}

extension DecompressionSummary {
    init(_ summary: DecompressionEngine.Summary) {
        self.init(
            rawBytes: summary.rawSize, archiveBytes: summary.archiveSize, blocks: summary.blockCount, archives: summary.archiveCount,
            damage: summary.damage.map { BaleError($0) }, memoryBound: summary.memory.bound, workers: summary.memory.workers)
    }
}
