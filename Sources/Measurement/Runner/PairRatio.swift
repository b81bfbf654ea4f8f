/// One of all the runs that were made, one after another.
struct TimedRun: Hashable {
    /// Its number among them.
    var moment: Int
    var figures: RunFigures
}

/// Ratios of what was measured one right after the other: what else the machine did then has hit both.
enum PairRatio {
    /// How many times as much the baseline took: the trimmed mean, over the runs, of the baseline's runs next before and after each, their
    /// mean, to the run. Nil when there is no pair.
    static func trimmedMean(_ runs: [TimedRun], baseline: [TimedRun], _ figure: (RunFigures) -> Double) -> Double? {
        let ratios = runs.compactMap { run -> Double? in
            let before = baseline.last { $0.moment <= run.moment }
            let after = baseline.first { $0.moment >= run.moment }
            let beside = [before, after].compactMap { $0 }.map { figure($0.figures) }
            let own = figure(run.figures)
            guard own > 0, !beside.isEmpty else { return nil }
            return beside.reduce(0, +) / Double(beside.count) / own
        }
        return Timings(ratios).trimmedMean
    }
}
