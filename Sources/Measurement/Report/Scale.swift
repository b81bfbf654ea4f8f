#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// From figures to places on an axis, in pixels of the drawing.
struct Scale {
    let isLogarithmic: Bool
    /// The figures at the axis's ends, low before high.
    let domain: ClosedRange<Double>
    /// Their places: `end` may be less than `start`, as on vertical axes.
    let start: Double
    let end: Double

    /// - Parameter domain: Positive where the scale is logarithmic.
    init(_ domain: ClosedRange<Double>, from start: Double, to end: Double, isLogarithmic: Bool = false) {
        self.domain = domain
        self.start = start
        self.end = end
        self.isLogarithmic = isLogarithmic
    }

    func callAsFunction(_ value: Double) -> Double {
        start + (end - start) * (place(value) - place(domain.lowerBound)) / (place(domain.upperBound) - place(domain.lowerBound))
    }

    /// `count` figures that are evenly spaced on the axis, both ends of `range` among them.
    func samples(_ count: Int, in range: ClosedRange<Double>) -> [Double] {
        let (low, high) = (place(range.lowerBound), place(range.upperBound))
        return (0..<count).map { index in
            let value = low + (high - low) * Double(index) / Double(count - 1)
            return isLogarithmic ? exp2(value) : value
        }
    }

    private func place(_ value: Double) -> Double {
        isLogarithmic ? log2(value) : value
    }
}

extension Scale {
    /// The least range around the values, wider by `margin` of its length on both sides. Values that a logarithm cannot place are left
    /// out; nil when none is left.
    static func domain(of values: [Double], isLogarithmic: Bool = false, margin: Double = 0.06) -> ClosedRange<Double>? {
        let usable = values.filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
        guard let low = usable.min(), let high = usable.max() else { return nil }
        if isLogarithmic {
            // A single figure still gets an octave on both sides.
            let part = max(log2(high / low), 1) * margin + (high > low ? 0 : 1)
            return low / exp2(part)...high * exp2(part)
        }
        let part = max((high - low) * margin, high.magnitude * 0.02, 1e-6)
        return low - part...high + part
    }

    /// Round figures inside the domain, at most `limit` of them where more than two are possible.
    func ticks(limit: Int) -> [Double] {
        isLogarithmic ? logarithmicTicks(limit: limit) : linearTicks(limit: limit)
    }

    private func linearTicks(limit: Int) -> [Double] {
        let rough = (domain.upperBound - domain.lowerBound) / Double(max(limit, 1))
        let decade = pow(10, log10(rough).rounded(.down))
        let step = ([1, 2, 5, 10].first { $0 * decade >= rough } ?? 10) * decade
        let (first, last) = ((domain.lowerBound / step).rounded(.up), (domain.upperBound / step).rounded(.down))
        return first <= last ? stride(from: first, through: last, by: 1).map { $0 * step } : []
    }

    private func logarithmicTicks(limit: Int) -> [Double] {
        let (first, last) = (log10(domain.lowerBound).rounded(.down), log10(domain.upperBound).rounded(.down))
        let decades = stride(from: first, through: last, by: 1).map { pow(10, $0) }
        let choices = [[1, 1.5, 2, 3, 4, 5, 6, 7, 8, 9], [1, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]].map { factors in
            decades.flatMap { decade in factors.map { $0 * decade } }.filter(domain.contains)
        }
        return choices.first { $0.count <= limit } ?? choices[4].enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
    }
}
