/// Repeated measurements of one thing, in any unit; lower is better.
package struct Timings: Sendable, Hashable {
    /// In the order in which they were taken.
    package private(set) var samples: [Double] = []

    package init(_ samples: [Double] = []) {
        self.samples = samples
    }

    package mutating func append(_ sample: Double) {
        samples.append(sample)
    }

    package var count: Int { samples.count }

    /// The lowest sample: what the machine can do when nothing disturbs it. Nil without samples.
    package var best: Double? { samples.min() }

    /// The highest sample.
    package var worst: Double? { samples.max() }

    /// The middle sample, or the mean of the middle two.
    package var median: Double? {
        guard !samples.isEmpty else { return nil }
        let sorted = samples.sorted()
        let middle = sorted.count / 2
        return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    }

    /// Where the median of all runs that could be made lies, with about 95 % confidence, whatever their distribution: samples fall on its two
    /// sides as coins do, and two standard deviations of n coins are the root of n. Up to five samples it is all of them. Nil without any.
    package var medianRange: ClosedRange<Double>? {
        guard !samples.isEmpty else { return nil }
        let sorted = samples.sorted()
        let left = max(Int((Double(samples.count) - Double(samples.count).squareRoot() * 2) / 2), 0)
        return sorted[left]...sorted[samples.count - 1 - left]
    }

    /// What four of five samples do not exceed. Unlike the worst one it does not grow with the number of samples.
    package var slow: Double? {
        guard !samples.isEmpty else { return nil }
        // The least rank with a share of four fifths: the 4th of 5, the 20th of 25.
        return samples.sorted()[(samples.count * 4 + 4) / 5 - 1]
    }

    /// Worst over best: how far to trust the median. 1 when all samples are equal; nil when the best one is 0.
    package var spread: Double? {
        guard let best, let worst, best > 0 else { return nil }
        return worst / best
    }
}
