/// How much of a file is measured so that the first turn of all contenders, slow ones among them, takes no longer than it may.
///
/// All contenders first run on some pieces of the file, a few mebibytes together. What they take for that foretells the whole sample.
package enum SampleBudget {
    /// Bytes of the trial and of its pieces: less is gone before a program has started its threads.
    package static let trialSize = 4 << 20
    package static let trialPiece = 1 << 20
    /// No sample becomes smaller by it, two pieces: the figures would not be those of large files any more.
    package static let smallestSize = 8 << 20
    /// Bytes for each thread of those that cut the input: xz -6 takes 24 MiB, others less.
    private static let threadShare = 24 << 20

    /// What one contender took for the trial.
    package struct Trial: Sendable {
        var compression: RunFigures
        var decompression: RunFigures
        var threads: Int

        package init(compression: RunFigures, decompression: RunFigures, threads: Int) {
            self.compression = compression
            self.decompression = decompression
            self.threads = threads
        }

        /// Seconds for so many bytes. Threads that had too little to do in the trial compress the whole side by side; decompressing is
        /// taken to stay as it was.
        func seconds(_ size: Int, trialSize: Int) -> Double {
            let scale = Double(size) / Double(max(trialSize, 1))
            let most = Double(max(threads, 1))
            let busy = compression.seconds > 0 ? min(max(compression.processorSeconds / compression.seconds, 1), most) : 1
            let later = max(min(most, Double(size / SampleBudget.threadShare)), busy)
            return (compression.seconds * busy / later + decompression.seconds) * scale
        }
    }

    /// Bytes to measure, `wanted` or less.
    /// - Parameters:
    ///   - trials: of the contenders that passed it.
    ///   - trialSize: bytes that they were given.
    ///   - wanted: bytes to measure where time allows.
    ///   - seconds: for one turn of all contenders.
    package static func size(
        _ trials: [Trial], trialSize: Int, wanted: Int, seconds: Double = TimeBudget.warmUp
    ) -> Int {
        var size = wanted
        // Sixteenths are fine enough, and steps of a whole piece keep pieces whole.
        let step = max(wanted / 16, FileSample.smallestPiece)
        while size > smallestSize, trials.reduce(0, { $0 + $1.seconds(size, trialSize: trialSize) }) > seconds {
            size = max(size - step, smallestSize)
        }
        return size
    }
}
