/// What of the engine's work one thread at a time does: giving a block its place and its link to the block before, and writing blocks
/// in order.
package struct SerialWork: Sendable, Hashable {
    /// For a block, whatever its size, of compression. Decompression's is taken to be the same.
    package var microsecondsPerBlock: Double
    /// Raw bytes of a block at the setting that is modelled.
    package var blockSize: Int
    /// R of the setting: compression writes so much for each raw byte.
    package var remainder: Double
    /// Bytes a second that the output takes from one writer; nil where nothing is written.
    package var outputSpeed: Double?

    package init(microsecondsPerBlock: Double, blockSize: Int, remainder: Double, outputSpeed: Double?) {
        self.microsecondsPerBlock = microsecondsPerBlock
        self.blockSize = blockSize
        self.remainder = remainder
        self.outputSpeed = outputSpeed
    }

    /// For a mebibyte of raw bytes.
    var compressionSeconds: Double { seconds(outputShare: remainder) }
    var decompressionSeconds: Double { seconds(outputShare: 1) }

    private func seconds(outputShare: Double) -> Double {
        let mebibyte = 1_048_576.0
        let blocks = microsecondsPerBlock / 1e6 * mebibyte / Double(max(blockSize, 1))
        let writing = outputSpeed.map { $0 > 0 ? outputShare * mebibyte / $0 : 0 } ?? 0
        return blocks + writing
    }
}

extension SerialWork {
    /// Sizes of blocks that are compared: the smallest that the format has, and one that still lies in the same cache.
    package static let comparedBlockSizes = (small: 4 << 10, large: 64 << 10)

    /// Microseconds that a block costs apart from its bytes: the same bytes are stored in many small blocks and in few large ones, in turn, and
    /// the difference of the times is shared out over the difference of the counts.
    ///
    /// It is an upper bound of the serial work when one worker does it: hashing's start and the call that reads a block are in it and
    /// run in parallel with others. What workers lose by waiting for each other is not in it.
    ///
    /// - Parameters:
    ///   - byteCount: bytes that `store` stores: 16 MiB are 4096 small blocks, some 30 ms.
    ///   - runs: pairs of runs; their median counts.
    ///   - store: stores the same bytes, by the pipeline `stored`, in blocks of so many bytes.
    /// - Returns: nil without runs, or with too few bytes for two counts of blocks.
    nonisolated(nonsending) package static func microsecondsPerBlock<Failure: Error>(
        byteCount: Int, runs: Int, clock: Clock, store: nonisolated(nonsending) (_ blockSize: Int) async throws(Failure) -> Void
    ) async throws(Failure) -> Double? {
        let (small, large) = comparedBlockSizes
        let (many, few) = ((byteCount + small - 1) / small, (byteCount + large - 1) / large)
        guard many > few else { return nil }
        var differences = Timings()
        // The first pair warms memory and caches.
        for run in 0...runs {
            var times: [Double] = []
            for size in [small, large] {
                let start = clock.now()
                try await store(size)
                times.append(Double(clock.now() - start))
            }
            if run > 0 { differences.append((times[0] - times[1]) / Double(many - few) / 1000) }
        }
        return differences.median.map { max($0, 0) }
    }
}
