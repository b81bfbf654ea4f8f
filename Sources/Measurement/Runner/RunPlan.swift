/// How often each contender runs after the warm-up. Where the user does not say, its time decides, so that a slow one does not keep all
/// others waiting for minutes.
package struct RunPlan: Sendable, Hashable {
    /// Runs of a contender, unless it is slow.
    package static let usual = 5
    /// Of quick contenders: more runs of them cost little.
    package static let most = 50
    /// What a median needs. With fewer the warm-up counts too.
    package static let fewest = 3
    /// Seconds that the runs have however long the warm-up took, and at most.
    package static let budgets: ClosedRange<Double> = 5...60
    /// Seconds that quick contenders fill: on a busy machine the median of five pairs still moved by 15 %, that of 20 by 5 and of 40 by 4.
    package static let shortBudget: Double = 50
    /// Seconds of a run above which a contender may have its warm-up alone: by the second that long a run takes no caches are cold any more.
    package static let slow: Double = 3

    /// By contender.
    package private(set) var runs: [Int]

    /// The same number for all.
    package init(runs: Int, contenders: Int) {
        self.runs = Array(repeating: runs, count: contenders)
    }

    /// - Parameters:
    ///   - warmUp: seconds of each contender's first run, both ways; nil for one that failed.
    ///   - budget: seconds that the runs may take.
    ///   - most: runs of a contender at most, ``usual`` or more.
    package init(warmUp: [Double?], budget: Double = budgets.upperBound, most: Int = RunPlan.most) {
        let times = warmUp.map { $0 ?? 0 }
        let quick = times.filter { $0 <= Self.slow }.reduce(0, +)
        let budget = min(max(budget, Self.budgets.lowerBound), Self.budgets.upperBound)
        let first = quick > 0 ? min(max(Int(min(Self.shortBudget, budget) / quick), Self.usual), most) : Self.usual
        runs = warmUp.map { seconds in seconds.map { $0 > Self.slow ? Self.usual : first } ?? 0 }
        for floor in [Self.fewest, 1] { reduce(times, to: times.map { $0 > Self.slow ? 0 : floor }, budget) }
    }

    /// From the one that takes the most, run by run, while they take too long together.
    private mutating func reduce(_ times: [Double], to floors: [Int], _ budget: Double) {
        let cost = { (runs: [Int], index: Int) in Double(runs[index]) * times[index] }
        while runs.indices.reduce(0, { $0 + cost(runs, $1) }) > budget {
            let reducible = runs.indices.filter { runs[$0] > floors[$0] }
            guard let most = reducible.max(by: { cost(runs, $0) < cost(runs, $1) }) else { break }
            runs[most] -= 1
        }
    }
}
