extension ScatterChart {
    typealias Line = (value: Double, name: String)

    /// Speeds that bound or stand beside the rows'. Those far from any row would only shrink the picture.
    var speedLines: [Line] {
        let yardsticks = comparison.yardsticks
        let device =
            direction == .compression
            ? yardsticks.deviceWriteSpeed.map { (value: $0, name: "device writes") }
            : yardsticks.deviceReadSpeed.map { (value: $0, name: "device reads") }
        let lines = [(value: yardsticks.memoryCopySpeed, name: "memcpy")] + (device.map { [$0] } ?? [])
        let (low, high) = (points.map(\.speed).min() ?? 1, points.map(\.speed).max() ?? 1)
        return lines.filter { $0.value > low / 8 && $0.value < high * 8 }
    }

    /// What a coder of single bytes, or of bytes given the one before, could not go below.
    var sizeLines: [Line] {
        let lines = [
            (value: comparison.yardsticks.orderZeroEntropy / 8, name: "order-0 entropy"),
            (value: comparison.yardsticks.orderOneEntropy / 8, name: "order-1 entropy"),
        ]
        let (low, high) = (points.map(\.remainder).min() ?? 0, points.map(\.remainder).max() ?? 1)
        let reach = max((high - low) * 0.35, 0.01)
        return lines.filter { $0.value > 0 && $0.value > low - reach && $0.value < high + reach }
    }

    /// Each line with its name, and the box of the name.
    func yardsticks(_ canvas: Canvas, _ x: Scale, _ y: Scale) -> [(drawing: String, box: Box)] {
        var taken = points.map { Box.around(x($0.speed), y($0.remainder), radius: 6) }
        let place = { (name: String, boxes: [Box]) -> String in
            let cost = { (box: Box) in
                taken.reduce(0) { $0 + $1.overlap(box) } + 4 * (box.width * box.height - box.overlap(canvas.plot))
            }
            // The first of equally good ones.
            let best = boxes.min { cost($0) < cost($1) } ?? boxes[0]
            taken.append(best)
            return SVG.text("yardname", best.x + best.width / 2, best.y + 11, name, anchor: "middle")
        }
        let sizes = sizeLines.map { line in
            SVG.line("yardstick", canvas.left, y(line.value), canvas.right, y(line.value))
                + place(line.name, Self.besideLevel(line.name, y(line.value), canvas))
        }
        let speeds = speedLines.map { line in
            SVG.line("yardstick", x(line.value), canvas.top, x(line.value), canvas.bottom)
                + place(line.name, Self.besideUpright(line.name, x(line.value), canvas))
        }
        return Array(zip(sizes + speeds, taken[points.count...])).map { (drawing: $0, box: $1) }
    }

    /// Where the name of a level line may be: above or below it, from the left end to the right one.
    private static func besideLevel(_ name: String, _ y: Double, _ canvas: Canvas) -> [Box] {
        let width = LabelPlacement.width(name)
        let free = canvas.right - canvas.left - width - 8
        return [-LabelPlacement.height - 1, 2].flatMap { shift in
            [0, 0.25, 0.5, 0.75, 1].map { part in
                Box(x: canvas.left + 4 + free * part, y: y + shift, width: width, height: LabelPlacement.height)
            }
        }
    }

    /// Where the name of an upright line may be: left or right of it, from the top down.
    private static func besideUpright(_ name: String, _ x: Double, _ canvas: Canvas) -> [Box] {
        let width = LabelPlacement.width(name)
        return (0..<8).flatMap { row in
            [x - width - 3, x + 3].map { left in
                Box(x: left, y: canvas.top + 1 + Double(row) * 16, width: width, height: LabelPlacement.height)
            }
        }
    }
}
