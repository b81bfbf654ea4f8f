internal import Format

/// Where a reader's blocks come from: an index, a stream, or a scan. Several workers ask at once.
protocol BlockFeed: Sendable {
    /// Reads the next block into `buffer`: header, place and stored bytes, checked as far as that goes without decoding.
    ///
    /// What is wrong with a block is left in the buffer's `failure`, so that it is met in the order of the output.
    /// - Returns: the block's number, counted from 0 over the whole input; nil after the last.
    func next(into buffer: BlockBuffer) async throws(EngineError) -> UInt64?
    func interrupt()
    /// The most workers that have something to do.
    var blockCount: UInt64? { get }
    /// Raw bytes of the largest block to come, as far as is known.
    var largestBlock: Int { get }
    /// The most raw bytes and the most stored bytes, with the header, of a block, where an index tells them.
    var largestSizes: (raw: Int, stored: Int)? { get }
    /// Stored bytes of the whole input; nil for a pipe.
    var inputSize: UInt64? { get }
    /// Archives met so far.
    var archiveCount: Int { get }
}

extension BlockFeed {
    func interrupt() {}
    var largestSizes: (raw: Int, stored: Int)? { nil }
}

/// Where a block stands in the input, and its raw bytes in the output.
struct BlockPlace: Sendable {
    var ordinal: UInt64 = 0
    /// Of the block header, from the start of the input.
    var byteOffset: UInt64 = 0
    /// In the output of the whole input, with the archives before this one counted.
    var rawRange: Range<UInt64> = 0..<0
    /// The bytes that are wanted of them.
    var wanted: Range<UInt64> = 0..<0

    func damage(_ reason: BlockDamage.Reason) -> EngineError {
        .block(BlockDamage(reason: reason, ordinal: ordinal, byteOffset: byteOffset, rawRange: rawRange))
    }
}
