/// R = compressed over original size as a function of how much data the compressor sees together, for models of rising strength,
/// fitted as R(N) = a + b N^-c.
package struct ScalingCurve: Sendable, Hashable {
    package struct Point: Sendable, Hashable {
        /// Bytes that are compressed together.
        package var size: Int
        /// R over all pieces of that size in the sample.
        package var remainder: Double

        package init(size: Int, remainder: Double) {
            self.size = size
            self.remainder = remainder
        }
    }

    package struct Fit: Sendable, Hashable {
        /// R(N) = limit + scale * (N / 64 KiB)^-exponent.
        package var limit: Double
        package var scale: Double
        package var exponent: Double
        /// Root mean square of the differences in R.
        package var error: Double

        package init(limit: Double, scale: Double, exponent: Double, error: Double) {
            self.limit = limit
            self.scale = scale
            self.exponent = exponent
            self.error = error
        }
    }

    /// One strength of model.
    package struct Series: Sendable, Hashable {
        /// "order-0", "level 1", "level 9".
        package var name: String
        package var points: [Point]
        /// Nil where too few points were measured, or R does not fall.
        package var fit: Fit?

        package init(name: String, points: [Point], fit: Fit?) {
            self.name = name
            self.points = points
            self.fit = fit
        }
    }

    package var series: [Series]

    package init(series: [Series]) {
        self.series = series
    }
}
