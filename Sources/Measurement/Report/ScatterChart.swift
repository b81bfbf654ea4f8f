/// Size against speed, a point for each row, with the Pareto fronts and the yardsticks beside them.
struct ScatterChart {
    enum Direction: String {
        case compression = "compress"
        case decompression = "decompress"
    }

    struct Point {
        let row: Comparison.Row
        /// Bytes a second and R.
        let speed: Double
        let remainder: Double
        let isOnFront: Bool
    }

    let direction: Direction
    let comparison: Comparison
    let legend: Legend
    let points: [Point]

    init(_ direction: Direction, _ comparison: Comparison, legend: Legend) {
        self.direction = direction
        self.comparison = comparison
        self.legend = legend
        points = comparison.rows.compactMap { row in
            let step = direction == .compression ? row.compression : row.decompression
            guard let speed = step.speed(row.rawSize), speed.isFinite, speed > 0, row.remainder.isFinite else { return nil }
            let isOnFront = direction == .compression ? row.isOnCompressionFront : row.isOnDecompressionFront
            return Point(row: row, speed: speed, remainder: row.remainder, isOnFront: isOnFront)
        }
    }

    /// Both drawings; nil without points.
    func drawn() -> String? {
        guard !points.isEmpty else { return nil }
        let label = "Size against \(direction.rawValue) speed of \(points.count) rows; the table below has the figures."
        return Canvas.both(label: label, draw: draw)
    }

    private func draw(_ canvas: Canvas) -> String {
        let remainders = points.map(\.remainder) + sizeLines.map(\.value)
        // Sizes that differ by factors are as far apart as their ratios, so that the small ones do not crowd at the bottom.
        let isLogarithmic = (remainders.min() ?? 0) > 0 && (remainders.max() ?? 0) > 2 * (remainders.min() ?? 0)
        guard let speeds = Scale.domain(of: points.map(\.speed) + speedLines.map(\.value), isLogarithmic: true),
            let sizes = Scale.domain(of: remainders, isLogarithmic: isLogarithmic)
        else { return "" }
        let x = Scale(speeds, from: canvas.left, to: canvas.right, isLogarithmic: true)
        let lowest = isLogarithmic ? sizes.lowerBound : max(0, sizes.lowerBound)
        let y = Scale(lowest...sizes.upperBound, from: canvas.bottom, to: canvas.top, isLogarithmic: isLogarithmic)
        let names = yardsticks(canvas, x, y)
        return [
            canvas.axes(
                Axis(x, title: "\(direction.rawValue) speed, MB/s (log) → faster", limit: canvas.isWide ? 9 : 6, unit: 1e6),
                Axis(y, title: "R = compressed / original\(isLogarithmic ? " (log)" : "") ↓ smaller", limit: canvas.isWide ? 9 : 7)),
            names.map(\.drawing).joined(separator: "\n"),
            front(canvas, x, y, inMemory: false), front(canvas, x, y, inMemory: true),
            levels(x, y),
            labels(canvas, x, y, obstacles: names.map(\.box)),
            points.map { drawn($0, x($0.speed), y($0.remainder)) }.joined(separator: "\n"),
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func drawn(_ point: Point, _ x: Double, _ y: Double) -> String {
        let mark = legend.mark(point.row)
        let ring =
            point.row.name == comparison.baseline ? "<circle class=\"ring\" cx=\"\(SVG.number(x))\" cy=\"\(SVG.number(y))\" r=\"9\"/>" : ""
        let speed = point.row.compression.speed(point.row.rawSize).map(Numerals.speed) ?? Numerals.none
        let back = point.row.decompression.speed(point.row.rawSize).map(Numerals.speed) ?? Numerals.none
        let tip = [
            point.row.name + (ring.isEmpty ? "" : ", the baseline"), "R \(Numerals.fixed(point.remainder, 4))", "compress \(speed)",
            "decompress \(back)",
        ]
        return SVG.group("point \(mark.kind)", tip: tip, ring + mark.drawn(x, y))
    }
}

extension ScatterChart {
    /// The boundary of what some row beats in both size and speed. Rows in memory have a front of their own.
    private func front(_ canvas: Canvas, _ x: Scale, _ y: Scale, inMemory: Bool) -> String {
        let front = points.filter { $0.isOnFront && ($0.row.kind == .memory) == inMemory }.sorted { $0.speed < $1.speed }
        guard let first = front.first else { return "" }
        var corners = [(x: canvas.left, y: y(first.remainder))]
        for point in front {
            corners.append((corners[corners.count - 1].x, y(point.remainder)))
            corners.append((x(point.speed), y(point.remainder)))
        }
        corners.append((corners[corners.count - 1].x, canvas.top))
        let shade = (corners + [(canvas.left, canvas.top)]).map { "\(SVG.number($0.x)),\(SVG.number($0.y))" }.joined(separator: " ")
        return (inMemory ? "" : "<polygon class=\"beaten\" points=\"\(shade)\"/>\n")
            + SVG.polyline(inMemory ? "front memory" : "front", corners)
    }

    /// A thin line through the numbered levels of one tool.
    private func levels(_ x: Scale, _ y: Scale) -> String {
        var lines: [[Point]] = []
        for point in points where Int(point.row.setting) != nil {
            let index = lines.firstIndex {
                $0[0].row.tool == point.row.tool && $0[0].row.kind == point.row.kind && $0[0].row.threads == point.row.threads
            }
            if let index { lines[index].append(point) } else { lines.append([point]) }
        }
        return lines.map { line in
            let sorted = line.sorted { (Int($0.row.setting) ?? 0) < (Int($1.row.setting) ?? 0) }
            return SVG.polyline("levels c\(legend.mark(line[0].row).colour)", sorted.map { (x($0.speed), y($0.remainder)) })
        }.filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func labels(_ canvas: Canvas, _ x: Scale, _ y: Scale, obstacles: [Box]) -> String {
        let labels = points.map { point in
            let isBaseline = point.row.name == comparison.baseline
            return LabelPlacement.Label(
                x: x(point.speed), y: y(point.remainder), text: Self.shortened(point.row.name),
                importance: isBaseline ? 2 : point.isOnFront ? 1 : 0)
        }
        let boxes = LabelPlacement(labels: labels, bounds: canvas.plot, obstacles: obstacles).placed()
        return zip(zip(labels, points), boxes).compactMap { pair, box in
            box.map { drawn(pair.0, $0, mark: legend.mark(pair.1.row)) }
        }.joined(separator: "\n")
    }

    /// The name in its box, and a line to its point where that is not next to it.
    private func drawn(_ label: LabelPlacement.Label, _ box: Box, mark: Mark) -> String {
        let near = (x: min(max(label.x, box.x), box.right), y: min(max(label.y, box.y), box.bottom))
        let distance = ((near.x - label.x) * (near.x - label.x) + (near.y - label.y) * (near.y - label.y)).squareRoot()
        let leader = distance > 13 ? SVG.line("leader", label.x, label.y, near.x, near.y) : ""
        let text =
            label.x < box.x
            ? SVG.text("name c\(mark.colour)", box.x + 1, box.y + 11, label.text)
            : label.x > box.right
                ? SVG.text("name c\(mark.colour)", box.right - 1, box.y + 11, label.text, anchor: "end")
                : SVG.text("name c\(mark.colour)", box.x + box.width / 2, box.y + 11, label.text, anchor: "middle")
        return leader + text
    }

    /// Names of our own contenders are shorter than this; a user's program may have any.
    private static func shortened(_ name: String) -> String {
        name.count > 18 ? name.prefix(17) + "…" : name
    }
}
