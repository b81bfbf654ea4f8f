/// Speed by the number of workers, and what a model of it says about more of them.
///
/// The model: n workers take s + p / n seconds for a mebibyte, s serial and p parallel (G. Amdahl, 1967). s has an upper bound that
/// is measured directly: the engine's serial work for a block.
package struct ThreadScaling: Sendable, Hashable {
    /// One number of workers that was measured.
    package struct Point: Sendable, Hashable {
        package var threads: Int
        /// Raw bytes a second.
        package var compressionSpeed: Double
        package var decompressionSpeed: Double

        package init(threads: Int, compressionSpeed: Double, decompressionSpeed: Double) {
            self.threads = threads
            self.compressionSpeed = compressionSpeed
            self.decompressionSpeed = decompressionSpeed
        }
    }

    /// The fitted model of one direction.
    package struct Model: Sendable, Hashable {
        /// Seconds for a mebibyte of raw bytes, of one worker at a time and of work that divides.
        package var serialSeconds: Double
        package var parallelSeconds: Double
        /// Root mean square of the relative errors at the points; nil with fewer points than parameters + 1.
        package var error: Double?

        package init(serialSeconds: Double, parallelSeconds: Double, error: Double?) {
            self.serialSeconds = serialSeconds
            self.parallelSeconds = parallelSeconds
            self.error = error
        }

        /// Raw bytes a second with so many workers.
        package func speed(_ threads: Int) -> Double {
            1_048_576 / (serialSeconds + parallelSeconds / Double(threads))
        }
    }

    package var setting: String
    package var points: [Point]
    package var compression: Model
    package var decompression: Model
    /// Microseconds of serial work for a block, measured; nil when it was not.
    package var serialMicrosecondsPerBlock: Double?
    /// What the prediction assumes, a sentence each.
    package var assumptions: [String]

    package init(
        setting: String, points: [Point], compression: Model, decompression: Model, serialMicrosecondsPerBlock: Double?,
        assumptions: [String]
    ) {
        self.setting = setting
        self.points = points
        self.compression = compression
        self.decompression = decompression
        self.serialMicrosecondsPerBlock = serialMicrosecondsPerBlock
        self.assumptions = assumptions
    }
}
