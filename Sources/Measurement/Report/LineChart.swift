/// Curves over a logarithmic axis: measured points, and the line of a model through them.
struct LineChart {
    struct Curve {
        let name: String
        /// The style sheet's class of its colour.
        let colour: Int
        let points: [(x: Double, y: Double)]
        /// Points that a model foretells: drawn hollow.
        let foretold: [(x: Double, y: Double)]
        /// The model's curve from the first measured point to the last foretold one; without it straight lines join the points.
        let model: ((Double) -> Double)?

        var places: [(x: Double, y: Double)] { points + foretold }
    }

    let label: String
    let curves: [Curve]
    let horizontal: (title: String, ticks: [Double], text: (Double) -> String)
    /// `unit` is what one of the written figures stands for.
    let vertical: (title: String, isLogarithmic: Bool, unit: Double)

    func drawn() -> String? {
        curves.contains { !$0.places.isEmpty }
            ? Canvas.both(label: label, [Canvas.wide.withNames, Canvas.narrow.withNames], draw: draw) : nil
    }

    private func draw(_ canvas: Canvas) -> String {
        let places = curves.flatMap(\.places)
        guard let across = Scale.domain(of: places.map(\.x), isLogarithmic: true, margin: 0.03),
            let up = Scale.domain(of: places.map(\.y), isLogarithmic: vertical.isLogarithmic)
        else { return "" }
        let x = Scale(across, from: canvas.left, to: canvas.right, isLogarithmic: true)
        let lowest = vertical.isLogarithmic ? up.lowerBound : max(0, up.lowerBound)
        let y = Scale(lowest...up.upperBound, from: canvas.bottom, to: canvas.top, isLogarithmic: vertical.isLogarithmic)
        // Every other figure, or every fourth, where all of them would touch.
        let room = canvas.isWide ? 9 : 5
        let stride = max(1, (horizontal.ticks.count + room - 1) / room)
        let ticks = horizontal.ticks.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
        return
            ([
                canvas.axes(
                    Axis(x, title: horizontal.title, at: ticks, text: horizontal.text),
                    Axis(y, title: vertical.title, limit: canvas.isWide ? 8 : 6, unit: vertical.unit))
            ] + curves.map { drawn($0, x, y) } + [names(canvas, x, y)]).filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private func drawn(_ curve: Curve, _ x: Scale, _ y: Scale) -> String {
        let line = lines(curve, x, y)
        let sign = Mark(colour: curve.colour, shape: .circle)
        let hollow = Mark(colour: curve.colour, shape: .circle, isHollow: true)
        let measured = curve.points.map {
            SVG.group("point \(sign.kind)", tip: tip(curve, $0, "measured"), sign.drawn(x($0.x), y($0.y), size: 0.8))
        }
        let foretold = curve.foretold.map {
            SVG.group("point \(hollow.kind)", tip: tip(curve, $0, "predicted"), hollow.drawn(x($0.x), y($0.y), size: 0.9))
        }
        return (line + measured + foretold).joined(separator: "\n")
    }

    /// Through what was measured, and dashed beyond it.
    private func lines(_ curve: Curve, _ x: Scale, _ y: Scale) -> [String] {
        let (measured, all) = (curve.points.map(\.x).sorted(), curve.places.map(\.x).sorted())
        guard let first = all.first, let last = all.last, let edge = measured.last ?? all.first else { return [] }
        guard let model = curve.model else {
            return [SVG.polyline("curve c\(curve.colour)", curve.places.map { (x: x($0.x), y: y($0.y)) })]
        }
        return [("curve", first, edge), ("curve beyond", edge, last)].filter { $0.1 < $0.2 }.map { kind, from, to in
            let places = x.samples(40, in: from...to).map { (x: x($0), y: y(model($0))) }
            return SVG.polyline("\(kind) c\(curve.colour)", places.filter { $0.y.isFinite })
        }
    }

    private func tip(_ curve: Curve, _ place: (x: Double, y: Double), _ origin: String) -> [String] {
        [curve.name, "\(horizontal.text(place.x)): \(Numerals.short(place.y / vertical.unit)), \(origin)"]
    }

    /// Each curve's name behind its last point, moved apart where they would touch.
    private func names(_ canvas: Canvas, _ x: Scale, _ y: Scale) -> String {
        let ends = curves.compactMap { curve in
            curve.places.max { $0.x < $1.x }.map { (curve: curve, x: x($0.x), y: y($0.y) + 4) }
        }.sorted { $0.y < $1.y }
        var baselines = ends.map(\.y)
        for index in baselines.indices.dropFirst() { baselines[index] = max(baselines[index], baselines[index - 1] + 14) }
        // Those pushed below the plot go up again, and push the ones above them.
        var limit = canvas.bottom
        for index in baselines.indices.reversed() {
            baselines[index] = min(baselines[index], limit)
            limit = baselines[index] - 14
        }
        return zip(ends, baselines).map { end, baseline in
            SVG.text("name c\(end.curve.colour)", canvas.right + 6, baseline, String(end.curve.name.prefix(13)))
        }.joined(separator: "\n")
    }
}
