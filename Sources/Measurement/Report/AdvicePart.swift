/// The advice: which row to choose, and what each of them would cost.
struct AdvicePart {
    let advice: Advice

    /// Rows that stand open; the rest unfolds.
    private static let openCount = 8

    func drawn() -> String {
        let possible = advice.costs.filter { $0.objection == nil }
        let verdict =
            advice.choice.map { "Best for \(advice.goal.purpose): <strong>\(Markup.name($0.row))</strong>" }
            ?? "Nothing measured suits \(advice.goal.purpose)"
        let rest = possible.count > Self.openCount ? Array(possible[Self.openCount...]) : []
        let parts = partNames(possible)
        return """
            <section class="advice">
            <h3>Advice</h3>
            <p class="verdict">\(verdict)</p>
            <p>\(Markup.escaped(advice.explanation))</p>
            \(legend(parts))
            \(table(Array(possible.prefix(Self.openCount)), parts))
            \(rest.isEmpty ? "" : "<details><summary>\(rest.count) that cost more</summary>\(table(rest, parts))</details>")
            \(objections())
            </section>

            """
    }

    /// In the order of their first appearance.
    private func partNames(_ costs: [Advice.Cost]) -> [String] {
        var names: [String] = []
        for part in costs.flatMap(\.parts) where !names.contains(part.name) { names.append(part.name) }
        return names
    }

    private func legend(_ parts: [String]) -> String {
        guard !parts.isEmpty else { return "" }
        let entries = parts.enumerated().map { index, name in
            "<li><svg class=\"sign\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><rect class=\"part p\(index % 4)\" x=\"1\" y=\"2\" width=\"12\" "
                + "height=\"10\"/></svg>\(Markup.escaped(name))</li>"
        }
        return "<ul class=\"legend\">\(entries.joined())</ul>"
    }

    private func table(_ costs: [Advice.Cost], _ parts: [String]) -> String {
        guard !costs.isEmpty else { return "" }
        // Within one table bars can be compared. The dearest rows of all would leave nothing of the best ones' bars.
        let longest = costs.map(length).filter(\.isFinite).max() ?? 1
        let unit = Markup.escaped(advice.unit)
        let heads = parts.map { "<th scope=\"col\">\(Markup.escaped($0))</th>" }.joined()
        return """
            <div class="scroll"><table class="plain costs">
            <thead><tr><th scope="col">contender</th><th scope="col">\(unit) per GB</th><td class="bar"></td>\(heads)</tr></thead>
            <tbody>
            \(costs.map { row($0, parts, longest: longest) }.joined(separator: "\n"))
            </tbody></table></div>
            """
    }

    private func row(_ cost: Advice.Cost, _ parts: [String], longest: Double) -> String {
        let isChoice = cost.row == advice.choice?.row
        let cells = parts.map { name in
            "<td>\(cost.parts.first { $0.name == name }.map { Numerals.short($0.value) } ?? Numerals.none)</td>"
        }
        return """
            <tr\(isChoice ? " class=\"choice\"" : "")><th scope="row">\(Markup.name(cost.row))</th>\
            <td class="total">\(Numerals.short(cost.total))</td><td class="bar">\(bar(cost, parts, longest: longest))</td>\
            \(cells.joined())</tr>
            """
    }

    /// What counts of each part, as long as its share of the cost of the table's dearest row.
    private func bar(_ cost: Advice.Cost, _ parts: [String], longest: Double) -> String {
        var x = 0.0
        let pieces = cost.parts.filter { $0.counted.isFinite && $0.counted > 0 }.map { part in
            let width = part.counted / longest * 1000
            defer { x += width }
            let colour = (parts.firstIndex(of: part.name) ?? 0) % 4
            return "<rect class=\"part p\(colour)\" x=\"\(SVG.number(x))\" y=\"0\" width=\"\(SVG.number(width))\" height=\"10\"/>"
        }
        return "<svg viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\(pieces.joined())</svg>"
    }

    private func length(_ cost: Advice.Cost) -> Double {
        max(cost.parts.reduce(0) { $0 + max($1.counted, 0) }, .leastNonzeroMagnitude)
    }

    private func objections() -> String {
        let refused = advice.costs.compactMap { cost in
            cost.objection.map { "<li><strong>\(Markup.name(cost.row))</strong>: \(Markup.escaped($0))</li>" }
        }
        return refused.isEmpty
            ? ""
            : "<details><summary>\(refused.count) ruled out</summary><ul class=\"notes\">\(refused.joined(separator: "\n"))</ul></details>"
    }
}
