/// How often each contender runs after the warm-up. Where the user does not say, its time decides, so that a slow one does not keep all
/// others waiting for minutes.
package struct RunPlan: Sendable, Hashable {
    /// Runs of a contender, unless it is slow.
    package static let usual = 5
    /// Of contenders that are all quick: then more runs cost nothing.
    package static let most = 25
    /// What a median needs.
    package static let fewest = 3
    /// Seconds that warm-up and runs may take together, so that a file of 100 MB is done within two minutes, and those that the runs
    /// after the warm-up have however long that took.
    package static let goal: Double = 90
    package static let budgets: ClosedRange<Double> = 20...50
    /// Seconds that quick contenders fill: on a busy machine the median of five pairs still moved by 15 %.
    package static let shortBudget: Double = 20
    /// Seconds of a run above which a contender may have less than ``fewest``. Its warm-up counts then: by the second that long a run
    /// takes no caches are cold any more.
    package static let slow: Double = 3

    /// By contender.
    package let runs: [Int]
    /// Whether a contender's warm-up counts as a run, for each.
    package let countsWarmUp: [Bool]

    /// The same number for all.
    package init(runs: Int, contenders: Int) {
        self.runs = Array(repeating: runs, count: contenders)
        countsWarmUp = Array(repeating: false, count: contenders)
    }

    /// - Parameter warmUp: seconds of each contender's first run, both ways; nil for one that failed.
    package init(warmUp: [Double?]) {
        let times = warmUp.map { $0 ?? 0 }
        let total = times.reduce(0, +)
        let budget = min(max(Self.goal - total, Self.budgets.lowerBound), Self.budgets.upperBound)
        let first = total > 0 ? min(max(Int(Self.shortBudget / total), Self.usual), Self.most) : Self.usual
        var runs = warmUp.map { $0 == nil ? 0 : first }
        let floors = times.map { $0 > Self.slow ? 0 : Self.fewest }
        let cost = { (index: Int) in Double(runs[index]) * times[index] }
        // From the one that takes the most, run by run.
        while runs.indices.reduce(0, { $0 + cost($1) }) > budget {
            let reducible = runs.indices.filter { runs[$0] > floors[$0] }
            guard let most = reducible.max(by: { cost($0) < cost($1) }) else { break }
            runs[most] -= 1
        }
        self.runs = runs
        countsWarmUp = zip(runs, warmUp).map { $1 != nil && $0 < Self.fewest }
    }
}
