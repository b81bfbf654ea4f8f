#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A rectangle in pixels.
struct Box {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var right: Double { x + width }
    var bottom: Double { y + height }

    /// The area that both cover.
    func overlap(_ other: Box) -> Double {
        let (across, down) = (min(right, other.right) - max(x, other.x), min(bottom, other.bottom) - max(y, other.y))
        return across > 0 && down > 0 ? across * down : 0
    }

    static func around(_ x: Double, _ y: Double, radius: Double) -> Box {
        Box(x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius)
    }
}

/// Puts names beside their points so that none covers another, a point or the plot's edge. Each name in turn takes the best of some
/// places around its point, several times over; names that still overlap are left out, the least important first.
struct LabelPlacement {
    struct Label {
        let x: Double
        let y: Double
        let text: String
        let importance: Int
    }

    let labels: [Label]
    /// Where names must be.
    let bounds: Box
    /// What they must not cover: points, other texts.
    let obstacles: [Box]

    /// Height of a name, and width of an average letter: those of wide fonts at 11 pixels, so that narrow ones fit too.
    static let height = 14.0
    static func width(_ text: String) -> Double { Double(text.count) * 6.9 + 3 }

    /// The box of each name; nil for those left out.
    func placed() -> [Box?] {
        let obstacles = obstacles + labels.map { .around($0.x, $0.y, radius: 6) }
        let candidates = labels.map { self.candidates($0, obstacles) }
        var choice = candidates.map { list in list.indices.min { list[$0].cost < list[$1].cost } ?? 0 }
        // More rounds than this changed nothing on any tested picture.
        for _ in 0..<6 {
            let before = choice
            for label in labels.indices {
                let others = labels.indices.filter { $0 != label }.map { candidates[$0][choice[$0]].box }
                let costs = candidates[label].map { candidate in
                    others.reduce(candidate.cost) { $0 + 6 * $1.overlap(candidate.box) }
                }
                choice[label] = costs.indices.min { costs[$0] < costs[$1] } ?? 0
            }
            if choice == before { break }
        }
        return withoutOverlaps(labels.indices.map { candidates[$0][choice[$0]].box }, obstacles)
    }

    /// A place for a name, and how bad it would be without the other names.
    private typealias Candidate = (box: Box, cost: Double)

    /// Places around a point: near ones before far ones, right before left before below and above.
    private func candidates(_ label: Label, _ obstacles: [Box]) -> [Candidate] {
        let (width, height) = (Self.width(label.text), Self.height)
        return [8.0, 16, 26, 38].flatMap { distance in
            (0..<16).map { step in
                let angle = Double(step) * .pi / 8
                let x = label.x + cos(angle) * (width / 2 + distance) - width / 2
                let y = label.y + sin(angle) * (height / 2 + distance) - height / 2
                let box = Box(x: x, y: y, width: width, height: height)
                let preference = distance * 4 + (1 - cos(angle)) * 6
                return (box, obstacles.reduce(preference + 4 * outside(box)) { $0 + 5 * $1.overlap(box) })
            }
        }
    }

    /// The area beyond the plot.
    private func outside(_ box: Box) -> Double {
        box.width * box.height - box.overlap(bounds)
    }

    private func withoutOverlaps(_ boxes: [Box], _ obstacles: [Box]) -> [Box?] {
        var result: [Box?] = boxes
        let order = labels.indices.sorted { (labels[$0].importance, $1) > (labels[$1].importance, $0) }
        var kept: [Box] = []
        for index in order {
            let box = boxes[index]
            // A pixel of overlap is the air around the letters.
            let isFree = outside(box) < 1 && (kept + obstacles).allSatisfy { $0.overlap(box) < 10 }
            if isFree { kept.append(box) } else { result[index] = nil }
        }
        return result
    }
}
