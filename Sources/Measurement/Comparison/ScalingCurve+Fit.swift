#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

extension ScalingCurve.Fit {
    /// Where R(N) = a + b N^-c is taken at: N in units of it, so that b is what 64 KiB lose against the limit.
    package static let unitSize: Double = 65_536
    /// Below, the curve is a straight line over log N and the limit has no meaning; above, it has fallen by the second point.
    package static let exponents = 0.01...2
    package static let fewestPoints = 4

    /// Trial exponents at even distances of the logarithm: close enough that the best lies next to the best of all.
    private static let trialCount = 64
    /// Halves of the golden section: 0.618^40 of a trial's distance is below 1e-9.
    private static let sectionCount = 40

    /// The nearest curve by least squares, with neither limit nor scale below 0. For a given exponent it is a line over N^-c, so only the
    /// exponent is searched for.
    ///
    /// - Returns: nil with fewer than four sizes, or where R does not fall from the smallest to the largest.
    package static func fitted(_ points: [ScalingCurve.Point]) -> Self? {
        let points = points.sorted { $0.size < $1.size }
        guard Set(points.map(\.size)).count >= fewestPoints, let first = points.first, let last = points.last, first.size > 0,
            last.remainder < first.remainder
        else { return nil }
        let exponent = exp(bestLogarithm(points))
        let (line, squares) = line(points, exponent)
        guard line.slope > 0 else { return nil }
        return Self(
            limit: line.intercept, scale: line.slope, exponent: exponent, error: (squares / Double(points.count)).squareRoot())
    }

    /// R for pieces of so many bytes.
    package func remainder(_ size: Double) -> Double { limit + scale * pow(size / Self.unitSize, -exponent) }

    private static func line(_ points: [ScalingCurve.Point], _ exponent: Double) -> (line: NonNegativeLine, squares: Double) {
        let places = points.map { NonNegativeLine.Point(x: pow(Double($0.size) / unitSize, -exponent), y: $0.remainder) }
        let line = NonNegativeLine(places)
        return (line, line.squares(places))
    }

    /// The logarithm of the best exponent: the best of even trials, then the golden section between its neighbours.
    private static func bestLogarithm(_ points: [ScalingCurve.Point]) -> Double {
        let (low, high) = (log(exponents.lowerBound), log(exponents.upperBound))
        let trials = (0...trialCount).map { low + (high - low) * Double($0) / Double(trialCount) }
        let squares = trials.map { line(points, exp($0)).squares }
        let best = squares.indices.min { squares[$0] < squares[$1] } ?? 0
        return goldenSection(trials[max(best - 1, 0)], trials[min(best + 1, trialCount)]) { line(points, exp($0)).squares }
    }

    /// The place of the least value of a function that falls, then rises (J. Kiefer, 1953).
    private static func goldenSection(_ low: Double, _ high: Double, _ value: (Double) -> Double) -> Double {
        let share = (5.0.squareRoot() - 1) / 2
        var (low, high) = (low, high)
        var (left, right) = (high - share * (high - low), low + share * (high - low))
        var (leftValue, rightValue) = (value(left), value(right))
        for _ in 0..<sectionCount {
            if leftValue < rightValue {
                (high, right, rightValue) = (right, left, leftValue)
                left = high - share * (high - low)
                leftValue = value(left)
            } else {
                (low, left, leftValue) = (left, right, rightValue)
                right = low + share * (high - low)
                rightValue = value(right)
            }
        }
        return (low + high) / 2
    }
}
