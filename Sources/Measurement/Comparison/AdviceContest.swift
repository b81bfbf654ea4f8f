/// Which rows are worth more runs before one of them is chosen: those that may be the best, as far as their runs tell, while it matters.
///
/// Runs differ, and so the row that comes out best of a few is often not the best. Where a row's median may lie is known
/// (``Timings/medianRange``), and what the row costs at both ends of that. One that costs more at its best than another at its worst is out;
/// of the others each that is still uncertain runs again, until what is left is certain. So time is spent on those that are close, and a row
/// that looked bad by accident is back as soon as others look no better.
enum AdviceContest {
    /// What a choice may cost more than the best one.
    static let tolerance = 1.05

    /// The names of the rows to measure again; empty when the choice stands.
    static func contested(_ goal: Advice.Goal, rows: [Comparison.Row], yardsticks: Comparison.Yardsticks) -> Set<String> {
        let model = AdviceModel.model(goal, yardsticks)
        let ranges = AdviceModel.candidates(rows).map { Range(least: model.cost($0.least), most: model.cost($0.most)) }
        let safe = ranges.filter { $0.most.objection == nil }.min { $0.most.total < $1.most.total }
        guard let safe, ranges.contains(where: { $0.name != safe.name && $0.mayCostLess(than: safe) }) else { return [] }
        return Set(ranges.filter { $0.isUncertain && ($0.name == safe.name || $0.mayCostLess(than: safe)) }.map(\.name))
    }

    /// How many times as fast or as slow a row may be with the file as it is with a sample of it: one of a few of a compressor's blocks keeps its
    /// threads less or more evenly busy. With 32 MiB it was a quarter.
    static let sampleError = 1.25

    /// The names of the rows that more of the file has to be measured with: a bound rules them out or not by as little as a sample may be wrong,
    /// and where it does not they cost less than what keeps it for certain.
    static func unsettled(_ goal: Advice.Goal, rows: [Comparison.Row], yardsticks: Comparison.Yardsticks) -> Set<String> {
        guard goal.hasBound else { return [] }
        let model = AdviceModel.model(goal, yardsticks)
        let ranges = AdviceModel.candidates(rows).map {
            Range(least: model.cost($0.usual.taking(1 / sampleError)), most: model.cost($0.usual.taking(sampleError)))
        }
        let certain = ranges.filter { $0.most.objection == nil }.map(\.most.total).min() ?? .infinity
        let open = ranges.filter { $0.least.objection == nil && $0.most.objection != nil && $0.least.total < certain }
        return Set(open.map(\.name))
    }

    /// One row's costs at the ends of what its runs say.
    private struct Range {
        var least: Advice.Cost
        var most: Advice.Cost
        var name: String { least.row }

        func mayCostLess(than safe: Range) -> Bool { least.objection == nil && least.total < safe.most.total }

        /// Whether more runs could tell more: about its cost, or about a bound.
        var isUncertain: Bool {
            most.total > least.total * AdviceContest.tolerance || (least.objection == nil) != (most.objection == nil)
        }
    }
}

extension AdviceCandidate {
    /// The same where all takes so many times as long.
    func taking(_ factor: Double) -> AdviceCandidate {
        var changed = self
        for step in [\AdviceCandidate.compression, \.decompression] {
            changed[keyPath: step].seconds *= factor
            changed[keyPath: step].slowSeconds *= factor
            changed[keyPath: step].processorSeconds *= factor
        }
        return changed
    }

    /// Which of the medians that its runs leave possible a row is given.
    enum Expectation: CaseIterable {
        case least, usual, most

        func seconds(_ timings: Timings) -> Double? {
            switch self {
            case .least: timings.medianRange?.lowerBound
            case .usual: timings.median
            case .most: timings.medianRange?.upperBound
            }
        }

        /// How many times the median a slow run takes.
        /// - Parameter measured: as many times the median of the measured runs as their slow one takes.
        func slowness(_ measured: Double) -> Double {
            let bounds = Span.slowness
            // At its best the row is as steady as any, and where its median is the worst it may be the slow runs are hardly slower.
            return self == .usual ? min(max(measured, bounds.lowerBound), bounds.upperBound) : bounds.lowerBound
        }
    }

    /// One row by all expectations.
    struct Range {
        var least: AdviceCandidate
        var usual: AdviceCandidate
        var most: AdviceCandidate

        /// What is certain.
        init(_ candidate: AdviceCandidate) { (least, usual, most) = (candidate, candidate, candidate) }

        init?(_ row: Comparison.Row) {
            guard let least = AdviceCandidate(row, .least), let usual = AdviceCandidate(row), let most = AdviceCandidate(row, .most) else {
                return nil
            }
            (self.least, self.usual, self.most) = (least, usual, most)
            // The slow one of few runs is slower than the range of their median says, but no more than it is allowed to be.
            self.most.compression.slowSeconds = max(most.compression.slowSeconds, usual.compression.slowSeconds)
            self.most.decompression.slowSeconds = max(most.decompression.slowSeconds, usual.decompression.slowSeconds)
        }
    }
}
