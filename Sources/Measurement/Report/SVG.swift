/// The few elements that the charts consist of. `kind` is a class of the style sheet; texts are escaped here.
enum SVG {
    /// A place to a tenth of a pixel.
    static func number(_ value: Double) -> String {
        let text = DecimalText.fixed(value.isFinite ? value : 0, decimals: 1)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    static func line(_ kind: String, _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double) -> String {
        "<line class=\"\(kind)\" x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\"/>"
    }

    static func text(_ kind: String, _ x: Double, _ y: Double, _ text: String, anchor: String = "start", extra: String = "") -> String {
        "<text class=\"\(kind)\" x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\"\(extra)>\(Markup.escaped(text))</text>"
    }

    /// Straight lines from point to point; nothing for fewer than two.
    static func polyline(_ kind: String, _ points: [(x: Double, y: Double)]) -> String {
        guard points.count > 1 else { return "" }
        let places = points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
        return "<polyline class=\"\(kind)\" points=\"\(places)\"/>"
    }

    /// - Parameter tip: Shown under the pointer, a line each.
    static func group(_ kind: String, tip: [String], _ content: String) -> String {
        "<g class=\"\(kind)\"><title>\(tip.map(Markup.escaped).joined(separator: "\n"))</title>\(content)</g>"
    }
}
