/// Chooses among measured rows by what each would cost for a purpose. All costs are for a gigabyte (10^9 bytes) of input.
///
/// Beside the rows stands what costs no time at all: to leave the bytes as they are. On a fast line or device nothing beats it.
package enum AdviceModel {
    /// The name of the cost that has no row.
    package static let uncompressed = "uncompressed"

    /// The costs of all candidates, cheapest first.
    ///
    /// Whole commands are the candidates: reading, writing and starting are part of what a user waits for. Where there are none, Bale
    /// in memory is. Without any there are no costs.
    package static func advise(_ goal: Advice.Goal, rows: [Comparison.Row], yardsticks: Comparison.Yardsticks) -> Advice {
        let model = model(goal, yardsticks)
        let costs = candidates(rows).map { model.cost($0.usual) }
        return Advice(goal: goal, unit: model.unit, explanation: model.explanation, costs: sorted(costs))
    }

    /// Those among which is chosen, and that nothing is done. None where nothing was measured.
    static func candidates(_ rows: [Comparison.Row]) -> [AdviceCandidate.Range] {
        let commands = rows.filter { $0.kind != .memory }
        let measured = (commands.isEmpty ? rows : commands).compactMap(AdviceCandidate.Range.init)
        return measured.isEmpty ? [] : measured + [AdviceCandidate.Range(.uncompressed)]
    }

    static func model(_ goal: Advice.Goal, _ yardsticks: Comparison.Yardsticks) -> any AdviceCostModel {
        switch goal {
        case .archive: ArchiveCostModel()
        case .transfer(let bytesPerSecond): TransferCostModel(bytesPerSecond: bytesPerSecond)
        case .store: StoreCostModel(yardsticks)
        case .realtime(let bytesPerSecond): RealtimeCostModel(bytesPerSecond: bytesPerSecond)
        }
    }

    /// Those without an objection first, each by cost; the rows' order where costs are equal.
    private static func sorted(_ costs: [Advice.Cost]) -> [Advice.Cost] {
        let ranked = costs.enumerated().sorted { first, second in
            let (left, right) = (first.element, second.element)
            if (left.objection == nil) != (right.objection == nil) { return left.objection == nil }
            return left.total == right.total ? first.offset < second.offset : left.total < right.total
        }
        return ranked.map(\.element)
    }
}

/// One goal's way to reckon.
protocol AdviceCostModel {
    var unit: String { get }
    var explanation: String { get }
    func cost(_ candidate: AdviceCandidate) -> Advice.Cost
}

/// What the cost models need of a row. Times are seconds for a gigabyte of input.
struct AdviceCandidate {
    var name: String
    /// R, compressed over original size.
    var remainder: Double
    var compression: Span
    var decompression: Span
    /// Whether it writes and reads pipes, so that its output can be sent while it still works.
    var streams: Bool

    struct Span {
        /// Wall time at the median, and what a run that is as slow as measured runs may be takes.
        var seconds: Double
        var slowSeconds: Double
        /// Processor time at the median, all threads.
        var processorSeconds: Double
    }

    static let uncompressed = AdviceCandidate(
        name: AdviceModel.uncompressed, remainder: 1, compression: Span(seconds: 0, slowSeconds: 0, processorSeconds: 0),
        decompression: Span(seconds: 0, slowSeconds: 0, processorSeconds: 0), streams: true)
}

extension AdviceCandidate {
    /// Bytes of the input that costs are reckoned for.
    static let gigabyte: Double = 1e9

    /// A 7z archive begins with what is known only at its end, so it cannot go through a pipe.
    private static let toolsWithoutPipes: Set<String> = ["7zz", "7z", "7za", "7zr"]

    /// - Returns: nil for a row without runs or of no bytes.
    init?(_ row: Comparison.Row, _ expectation: Expectation = .usual) {
        guard row.rawSize > 0, row.packedSize >= 0, let compression = Span(row.compression, row, expectation),
            let decompression = Span(row.decompression, row, expectation)
        else { return nil }
        self.init(
            name: row.name, remainder: row.remainder, compression: compression, decompression: decompression,
            streams: !Self.toolsWithoutPipes.contains(row.tool))
    }
}

extension AdviceCandidate.Span {
    /// How much slower than the median a run is taken to be where a speed must be kept: as the measured runs were that four of five do not
    /// exceed. The slowest of all would be the slower the more runs there were. One run, or equal ones, say nothing of the next, hence the
    /// lower bound; the upper one keeps disturbed runs from ruling a row out.
    static let slowness = 1.05...1.5

    init?(_ step: Comparison.Step, _ row: Comparison.Row, _ expectation: AdviceCandidate.Expectation) {
        guard let median = step.seconds.median, let expected = expectation.seconds(step.seconds), let slow = step.seconds.slow, median > 0
        else { return nil }
        let scale = AdviceCandidate.gigabyte / Double(row.rawSize)
        seconds = Self.scaled(expected, start: step.startSeconds, by: scale)
        slowSeconds = seconds * expectation.slowness(slow / median)
        processorSeconds = Self.scaled(
            expectation.seconds(step.processorSeconds) ?? expected * Double(row.threads), start: step.startProcessorSeconds, by: scale)
    }

    /// A gigabyte is started once, however small the sample was.
    private static func scaled(_ seconds: Double, start: Double?, by scale: Double) -> Double {
        let start = start ?? 0
        return max(seconds - start, seconds * leastWork) * scale + start
    }

    /// The share of its time that a run works in any case. Only where a sample takes hardly longer than nothing does, and noise decides, is
    /// it less by the two measurements.
    static let leastWork = 0.05
}

/// Numbers in sentences: three digits.
enum AdviceNumber {
    static func text(_ value: Double) -> String {
        guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
        var scale = 1.0
        while (value * scale).magnitude < 100, scale < 1e6 { scale *= 10 }
        let rounded = (value * scale).rounded() / scale
        // 120.0 is "120".
        return rounded == rounded.rounded() && rounded.magnitude < 1e15 ? "\(Int(rounded))" : "\(rounded)"
    }

    static func speed(_ bytesPerSecond: Double) -> String { DecimalText.speed(bytesPerSecond) ?? "no speed" }

    /// The speed of something that takes so many seconds for a gigabyte.
    static func speed(secondsPerGigabyte: Double) -> String { speed(AdviceCandidate.gigabyte / secondsPerGigabyte) }
}
