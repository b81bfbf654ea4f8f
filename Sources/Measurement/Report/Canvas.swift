/// The size of a drawing and of the plot inside it. Every chart is drawn for a wide and for a narrow column, because letters that shrink
/// with a picture cannot be read on a telephone.
struct Canvas {
    let isWide: Bool
    let width: Double
    let height: Double
    /// The plot's edges.
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    static let wide = Canvas(isWide: true, width: 620, height: 420, rightMargin: 16)
    static let narrow = Canvas(isWide: false, width: 360, height: 360, rightMargin: 10)

    /// - Parameter rightMargin: Room for names behind the plot.
    init(isWide: Bool, width: Double, height: Double, rightMargin: Double) {
        self.isWide = isWide
        self.width = width
        self.height = height
        left = 58
        right = width - rightMargin
        top = 14
        bottom = height - 44
    }

    /// The plot without its frame.
    var plot: Box { Box(x: left + 1, y: top + 1, width: right - left - 2, height: bottom - top - 2) }

    /// The same with room for names of curves behind the plot.
    var withNames: Canvas {
        Canvas(isWide: isWide, width: width, height: isWide ? 360 : 320, rightMargin: isWide ? 96 : 84)
    }

    /// Both drawings of a chart; the style sheet shows the one that suits the column.
    static func both(label: String, _ canvases: [Canvas] = [.wide, .narrow], draw: (Canvas) -> String) -> String {
        canvases.map { canvas in
            """
            <svg class="\(canvas.isWide ? "wide" : "narrow")" viewBox="0 0 \(SVG.number(canvas.width)) \(SVG.number(canvas.height))" \
            role="img" aria-label="\(Markup.escaped(label))">
            \(draw(canvas))
            </svg>

            """
        }.joined()
    }

    /// Grid, figures and titles of both axes.
    func axes(_ horizontal: Axis, _ vertical: Axis) -> String {
        var lines = [SVG.line("frame", left, bottom, right, bottom)]
        for (value, text) in horizontal.ticks {
            let x = horizontal.scale(value)
            lines.append(SVG.line("grid", x, top, x, bottom))
            lines.append(SVG.text("tick", x, bottom + 16, text, anchor: "middle"))
        }
        for (value, text) in vertical.ticks {
            let y = vertical.scale(value)
            lines.append(SVG.line("grid", left, y, right, y))
            lines.append(SVG.text("tick", left - 6, y + 4, text, anchor: "end"))
        }
        lines.append(SVG.text("axis", (left + right) / 2, height - 8, horizontal.title, anchor: "middle"))
        let middle = (top + bottom) / 2
        lines.append(
            SVG.text("axis", 12, middle, vertical.title, anchor: "middle", extra: " transform=\"rotate(-90 12 \(SVG.number(middle)))\""))
        return lines.joined(separator: "\n")
    }
}

/// A scale with what is written along it.
struct Axis {
    let scale: Scale
    let title: String
    let ticks: [(value: Double, text: String)]

    /// - Parameter unit: What one of the written figures stands for: 1e6 writes bytes as megabytes.
    init(_ scale: Scale, title: String, limit: Int, unit: Double = 1) {
        self.scale = scale
        self.title = title
        // Round figures are round in the unit.
        let inUnit = Scale(
            scale.domain.lowerBound / unit...scale.domain.upperBound / unit, from: 0, to: 1, isLogarithmic: scale.isLogarithmic)
        let values = inUnit.ticks(limit: limit)
        ticks = zip(values, Numerals.ticks(values)).map { (value: $0 * unit, text: $1) }
    }

    /// With ticks at given figures; those outside the scale are left out.
    init(_ scale: Scale, title: String, at values: [Double], text: (Double) -> String) {
        self.scale = scale
        self.title = title
        ticks = values.filter(scale.domain.contains).map { (value: $0, text: text($0)) }
    }
}
