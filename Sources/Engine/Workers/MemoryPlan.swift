/// How many workers and buffers an operation takes, and the most memory that they can need.
package struct MemoryPlan: Sendable {
    package let workers: Int
    /// Blocks in flight: one for each worker, as many that wait for their turn, and one so that a writer never holds up the rest.
    package let buffers: Int
    /// Bytes.
    package let bound: Int

    /// What a worker needs beside its buffers, in multiples of the block: the streams of three branches above each other, which are as
    /// large as the block at most, and a block decoded as a check. A test holds all levels and pipelines to it.
    private static let scratchBlocks = 4
    /// zlib's and liblz4's states, tables, rounding to huge pages.
    private static let fixedScratch = 4 << 20

    /// Bytes that a worker's scratch may take for blocks of this size.
    ///
    /// - Parameter matchScratch: What match finders take beside it.
    static func scratchBound(blockSize: Int, matchScratch: Int = 0) -> Int { scratchBlocks * blockSize + fixedScratch + matchScratch }

    /// - Parameter matchScratch: What a worker's match finders take; 0 for those who only decode.
    /// - Throws: `memoryLimit` when one worker with two buffers is too much.
    package init(workers wanted: Int, blockSize: Int, matchScratch: Int = 0, limit: Int?) throws(EngineError) {
        let perWorker = Self.scratchBound(blockSize: blockSize, matchScratch: matchScratch)
        let perBuffer = 2 * blockSize + (1 << 20)
        func bound(_ workers: Int, _ buffers: Int) -> Int { workers * perWorker + buffers * perBuffer }
        var workers = max(1, wanted)
        if let limit { while workers > 1, bound(workers, 2 * workers + 1) > limit { workers -= 1 } }
        var buffers = 2 * workers + 1
        if let limit, bound(workers, buffers) > limit { buffers = 2 }
        self.workers = workers
        self.buffers = buffers
        self.bound = bound(workers, buffers)
        if let limit, self.bound > limit { throw .memoryLimit(required: self.bound, limit: limit) }
    }
}
