/// The sign of a row in charts and table: the tool's colour and shape, hollow when measured in memory.
///
/// Circles are Bale, shapes with corners its peers. Five colours that readers with any colour vision tell apart times four shapes make
/// twenty different peers.
struct Mark: Hashable {
    enum Shape: Int {
        case circle, square, triangle, diamond, wedge
    }

    /// The style sheet's class: c0 is Bale's.
    let colour: Int
    let shape: Shape
    let isHollow: Bool

    init(colour: Int, shape: Shape, isHollow: Bool = false) {
        self.colour = colour
        self.shape = shape
        self.isHollow = isHollow
    }

    var kind: String { "mark c\(colour)\(isHollow ? " hollow" : "")" }

    /// The sign around a point.
    func drawn(_ x: Double, _ y: Double, size: Double = 1) -> String {
        // Half of a hollow sign's line lies outside.
        let radius = size * (isHollow ? 4.2 : 5.2)
        if shape == .circle {
            return "<circle cx=\"\(SVG.number(x))\" cy=\"\(SVG.number(y))\" r=\"\(SVG.number(radius))\"/>"
        }
        let corners = Self.corners(shape).map { "\(SVG.number(x + $0.x * radius)),\(SVG.number(y + $0.y * radius))" }
        return "<polygon points=\"\(corners.joined(separator: " "))\"/>"
    }

    /// The sign in a line of text.
    var inline: String {
        "<svg class=\"sign\" viewBox=\"0 0 14 14\" aria-hidden=\"true\"><g class=\"\(kind)\">\(drawn(7, 7))</g></svg>"
    }

    /// In radii; all shapes look about as large as the circle.
    private static func corners(_ shape: Shape) -> [(x: Double, y: Double)] {
        switch shape {
        case .circle: []
        case .square: [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]
        case .triangle: [(0, -1.2), (1.15, 0.8), (-1.15, 0.8)]
        case .diamond: [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
        case .wedge: [(0, 1.2), (1.15, -0.8), (-1.15, -0.8)]
        }
    }
}

/// Which mark each tool has, the same in all of a report.
struct Legend {
    /// Peers in the order in which they appear.
    private var peers: [String] = []

    init(_ comparisons: [Comparison]) {
        for row in comparisons.flatMap(\.rows) where row.kind == .peer && !peers.contains(row.tool) {
            peers.append(row.tool)
        }
    }

    func mark(_ row: Comparison.Row) -> Mark {
        guard row.kind == .peer, let index = peers.firstIndex(of: row.tool) else {
            return Mark(colour: 0, shape: .circle, isHollow: row.kind == .memory)
        }
        return Mark(colour: 1 + index % 5, shape: Mark.Shape(rawValue: 1 + index % 4) ?? .square)
    }

    /// What the marks of one comparison mean.
    func list(_ comparison: Comparison) -> String {
        var seen: Set<Mark> = []
        var entries: [String] = []
        for row in comparison.rows where seen.insert(mark(row)).inserted {
            let name =
                switch row.kind {
                case .memory: "\(Markup.escaped(row.tool)) in memory"
                case .command: "\(Markup.escaped(row.tool)), the command"
                case .peer: Markup.escaped(row.tool)
                }
            entries.append("<li>\(mark(row).inline)\(name)</li>")
        }
        return "<ul class=\"legend\">\(entries.joined())</ul>"
    }
}
