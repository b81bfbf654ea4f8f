internal import Measurement

/// The choice for a goal, with every candidate's cost, as text and as JSON.
struct AdviceReport: Sendable {
    let advice: Advice

    /// Candidates that the table shows; the rest cost more still, or are ruled out.
    private static let shownCount = 8

    /// The choice, the table of costs and the model in a sentence.
    var text: String {
        let head = "advice for \(advice.goal.purpose): "
        guard !advice.costs.isEmpty else { return head + "nothing was measured\n" }
        let rest = advice.costs.count - shown.count
        return head + "\(choice)\n" + table.text + (rest > 0 ? "and \(rest) more, which cost more or are too slow\n" : "")
            + advice.explanation + "\n"
    }

    /// The best, and how far the next one is behind.
    private var choice: String {
        let possible = advice.costs.filter { $0.objection == nil }
        guard let best = possible.first else { return "nothing that was measured is fast enough" }
        let name = best.row == AdviceModel.uncompressed ? "do not compress" : best.row
        guard possible.count > 1, best.total > 0 else { return name }
        let percent = (possible[1].total / best.total - 1) * 100
        return "\(name); next is \(possible[1].row), which costs \(Figures.fixed(percent, decimals: 1)) % more"
    }

    private var shown: [Advice.Cost] { Array(advice.costs.prefix(Self.shownCount)) }

    private var table: TextTable {
        let costs = shown
        let parts = Self.names(costs.map { $0.parts.map(\.name) })
        let limits = Self.names(costs.map { $0.limits.map(\.name) })
        // A single part is the total.
        let shownParts = parts.count > 1 ? parts : []
        var table = TextTable(
            [("contender", .left), ("\(advice.unit) per GB", .right)] + shownParts.map { ($0, .right) }
                + limits.map { ("\($0) s, at most \(bound($0))", .right) } + [("", .left)])
        for cost in costs {
            let values = shownParts.map { name in cost.parts.first { $0.name == name }?.value }
            let seconds = limits.map { name in cost.limits.first { $0.name == name }?.seconds }
            table.append(
                [cost.row, Self.number(cost.total)] + values.map(Self.number) + seconds.map(Self.number)
                    + [cost.objection.map { "ruled out: \($0)" } ?? ""])
        }
        return table
    }

    /// The bound is the goal's and the same for all rows.
    private func bound(_ name: String) -> String {
        advice.costs.lazy.flatMap(\.limits).first { $0.name == name }.map { Figures.fixed($0.bound, decimals: 2) } ?? "-"
    }

    /// Each name once, in the order of first appearance.
    private static func names(_ lists: [[String]]) -> [String] {
        lists.joined().reduce(into: []) { names, name in if !names.contains(name) { names.append(name) } }
    }

    /// Four digits, so that costs within a percent still differ.
    private static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "-" }
        return Figures.fixed(value, decimals: value >= 1000 ? 0 : value >= 100 ? 1 : value >= 10 ? 2 : 4)
    }
}

extension AdviceReport {
    /// The members of the advice's object; Benchmarks/README.md describes them.
    @Sendable
    func write(_ writer: inout JSONWriter) {
        switch advice.goal {
        case .archive: writer.member("goal", "archive")
        case .transfer(let speed): Self.write("transfer", speed, to: &writer)
        case .store: writer.member("goal", "store")
        case .realtime(let speed): Self.write("realtime", speed, to: &writer)
        }
        if let choice = advice.choice { writer.member("choice", choice.row) }
        writer.member("unit", advice.unit)
        writer.member("explanation", advice.explanation)
        writer.member("costs", array: advice.costs) { writer, cost in writer.object { Self.write(cost, to: &$0) } }
    }

    private static func write(_ goal: String, _ bytesPerSecond: Double, to writer: inout JSONWriter) {
        writer.member("goal", goal)
        writer.member("bytes_per_second", ratio: bytesPerSecond.isFinite ? bytesPerSecond : nil)
    }

    private static func write(_ cost: Advice.Cost, to writer: inout JSONWriter) {
        writer.member("row", cost.row)
        writer.member("total", ratio: cost.total)
        writer.member("parts", array: cost.parts) { writer, part in
            writer.object { writer in
                writer.member("name", part.name)
                writer.member("value", ratio: part.value)
            }
        }
        writer.member("limits", array: cost.limits) { writer, limit in
            writer.object { writer in
                writer.member("name", limit.name)
                writer.member("seconds", ratio: limit.seconds)
                writer.member("bound", ratio: limit.bound)
            }
        }
        if let objection = cost.objection { writer.member("objection", objection) }
    }
}
