#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// R by how much the compressor sees together, and the fitted law.
struct ScalingCurvePart {
    let curve: ScalingCurve

    func drawn() -> String {
        """
        <section class="together">
        <h3>Size by how much is compressed together</h3>
        <div class="pair">
        <figure>\(chart() ?? "<p>Nothing was measured.</p>")<figcaption>Points are measured; lines are the fits.</figcaption></figure>
        <div>
        <p>Fitted as R(N) = a + b (N / 64 KiB)<sup>−c</sup>: a is the limit that more data would approach, b what 64 KiB at a time loses \
        against it, c how fast that loss shrinks. The error is the root mean square of the differences in R.</p>
        \(table())
        </div>
        </div>
        </section>

        """
    }

    private func chart() -> String? {
        let sizes = Set(curve.series.flatMap(\.points).map(\.size)).sorted()
        let powers = sizes.filter { $0 > 0 && $0 & ($0 - 1) == 0 }
        let remainders = curve.series.flatMap(\.points).map(\.remainder)
        let isLogarithmic = (remainders.min() ?? 0) > 0 && (remainders.max() ?? 0) > 2 * (remainders.min() ?? 0)
        return LineChart(
            label: "R by how much is compressed together; the table beside has the fits.",
            curves: curve.series.enumerated().map { index, series in
                LineChart.Curve(
                    name: series.name, colour: index % 6, points: series.points.map { (Double($0.size), $0.remainder) }, foretold: [],
                    model: series.fit.map(Self.law))
            },
            horizontal: ("compressed together (log)", (powers.isEmpty ? sizes : powers).map(Double.init), { Numerals.roundSize(Int($0)) }),
            vertical: ("R = compressed / original\(isLogarithmic ? " (log)" : "")", isLogarithmic, 1)
        ).drawn()
    }

    private static func law(_ fit: ScalingCurve.Fit) -> (Double) -> Double {
        { size in fit.limit + fit.scale * pow(size / 65_536, -fit.exponent) }
    }

    private func table() -> String {
        """
        <div class="scroll"><table class="plain">
        <thead><tr><th scope="col">model</th><th scope="col">smallest pieces</th><th scope="col">largest</th>\
        <th scope="col">a</th><th scope="col">b</th><th scope="col">c</th><th scope="col">error</th></tr></thead>
        <tbody>
        \(curve.series.enumerated().map(row).joined(separator: "\n"))
        </tbody></table></div>
        """
    }

    private func row(_ index: Int, _ series: ScalingCurve.Series) -> String {
        let sorted = series.points.sorted { $0.size < $1.size }
        let ends = [sorted.first, sorted.last].map { "<td>\($0.map { Numerals.fixed($0.remainder, 4) } ?? Numerals.none)</td>" }
        let fit =
            series.fit.map { fit in
                [(fit.limit, 4), (fit.scale, 4), (fit.exponent, 3), (fit.error, 5)].map { "<td>\(Numerals.fixed($0, $1))</td>" }.joined()
            } ?? "<td colspan=\"4\" class=\"nothing\">no fit: too few points, or R does not fall</td>"
        let sign = Mark(colour: index % 6, shape: .circle).inline
        return "<tr><th scope=\"row\">\(sign)\(Markup.name(series.name))</th>\(ends.joined())\(fit)</tr>"
    }
}
