/// One of all the runs that were made, one after another.
struct TimedRun: Hashable {
    /// Its number among them.
    var moment: Int
    var figures: RunFigures
}

/// Ratios of runs to those of a baseline made in turn with them: what else the machine did then has hit both.
enum PairRatio {
    /// How many times as much the baseline took: the median over all pairs of a run and one of the baseline's, from its last before the first of
    /// the runs to its first after the last. It is the estimator of Hodges and Lehmann for the ratio of two samples (Estimates of Location Based on
    /// Rank Tests, 1963): nearly as deaf to bad runs as a ratio of medians, but half of the runs on a slower machine do not tip it over.
    /// - Parameters:
    ///   - runs: in their order, as the baseline's.
    ///   - figure: what is compared, more than 0.
    /// - Returns: nil when there is no pair.
    static func median(_ runs: [TimedRun], baseline: [TimedRun], _ figure: (RunFigures) -> Double) -> Double? {
        guard let first = runs.first?.moment, let last = runs.last?.moment else { return nil }
        let start = baseline.lastIndex { $0.moment <= first } ?? 0
        let end = baseline.firstIndex { $0.moment >= last } ?? baseline.count - 1
        let own = runs.map { figure($0.figures) }.filter { $0 > 0 }
        let ratios = baseline[start..<(end + 1)].flatMap { beside in own.map { figure(beside.figures) / $0 } }
        return Timings(ratios).median
    }
}
