/// The line y = intercept + slope x, neither below 0, that is nearest to points by the weighted sum of squares.
struct NonNegativeLine: Sendable, Hashable {
    struct Point: Sendable, Hashable {
        var x: Double
        var y: Double
        var weight: Double = 1
    }

    var intercept: Double
    var slope: Double

    /// The sum of the squares is convex, so where the best line of all breaks a bound the best one within them has one of the two at 0.
    ///
    /// - Parameter points: at least one, with finite values and weights above 0.
    init(_ points: [Point]) {
        let free = Self.free(points)
        if free.intercept >= 0, free.slope >= 0 {
            self = free
            return
        }
        let level = Self(intercept: max(Self.mean(points, \.y), 0), slope: 0)
        let ray = Self(intercept: 0, slope: max(Self.raySlope(points), 0))
        self = level.squares(points) <= ray.squares(points) ? level : ray
    }

    /// The weighted sum of the squares of the differences in y.
    func squares(_ points: [Point]) -> Double {
        points.reduce(0) { sum, point in
            let difference = intercept + slope * point.x - point.y
            return sum + point.weight * difference * difference
        }
    }

    private init(intercept: Double, slope: Double) {
        self.intercept = intercept
        self.slope = slope
    }

    /// The best line without bounds; a level one where all x are the same. Differences from the means keep the digits where the x are close.
    private static func free(_ points: [Point]) -> Self {
        let (meanX, meanY) = (mean(points, \.x), mean(points, \.y))
        var (products, squares) = (0.0, 0.0)
        for point in points {
            products += point.weight * (point.x - meanX) * (point.y - meanY)
            squares += point.weight * (point.x - meanX) * (point.x - meanX)
        }
        let slope = squares > 0 ? products / squares : 0
        return Self(intercept: meanY - slope * meanX, slope: slope)
    }

    private static func raySlope(_ points: [Point]) -> Double {
        let squares = points.reduce(0) { $0 + $1.weight * $1.x * $1.x }
        return squares > 0 ? points.reduce(0) { $0 + $1.weight * $1.x * $1.y } / squares : 0
    }

    private static func mean(_ points: [Point], _ value: KeyPath<Point, Double>) -> Double {
        points.reduce(0) { $0 + $1.weight * $1[keyPath: value] } / points.reduce(0) { $0 + $1.weight }
    }
}
