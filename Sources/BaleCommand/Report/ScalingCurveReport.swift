internal import Measurement

/// R by how much is compressed together, with the fitted curves, as text and as JSON.
struct ScalingCurveReport: Sendable {
    let curve: ScalingCurve

    /// A line for each size, a column for each model, and the fits below.
    var text: String {
        guard !sizes.isEmpty else { return "scaling curve: the sample is shorter than 64 KiB\n" }
        return "R by the size of pieces that are compressed together\n" + table.text
            + "fitted: R(N) = a + b (N / 64 KiB)^-c\n" + fits.text
    }

    private var sizes: [Int] { Set(curve.series.flatMap(\.points).map(\.size)).sorted() }

    private var table: TextTable {
        var table = TextTable([("N", .right)] + curve.series.map { ($0.name, .right) })
        for size in sizes {
            let remainders = curve.series.map { series in series.points.first { $0.size == size }?.remainder }
            table.append([Figures.size(UInt64(size))] + remainders.map { Self.number($0, decimals: 4) })
        }
        return table
    }

    private var fits: TextTable {
        var table = TextTable([("model", .left), ("a", .right), ("b", .right), ("c", .right), ("error", .right), ("", .left)])
        for series in curve.series {
            let fit = series.fit
            table.append([
                series.name, Self.number(fit?.limit, decimals: 4), Self.number(fit?.scale, decimals: 4),
                Self.number(fit?.exponent, decimals: 3), Self.number(fit?.error, decimals: 5),
                fit == nil ? "no fit: too few sizes, or R does not fall" : "",
            ])
        }
        return table
    }

    private static func number(_ value: Double?, decimals: Int) -> String {
        value.map { Figures.fixed($0, decimals: decimals) } ?? "-"
    }
}

extension ScalingCurveReport {
    /// The members of the curve's object; Benchmarks/README.md describes them.
    @Sendable
    func write(_ writer: inout JSONWriter) {
        writer.member("series", array: curve.series) { writer, series in writer.object { Self.write(series, to: &$0) } }
    }

    private static func write(_ series: ScalingCurve.Series, to writer: inout JSONWriter) {
        writer.member("name", series.name)
        writer.member("points", array: series.points) { writer, point in
            writer.object { writer in
                writer.member("bytes", point.size)
                writer.member("ratio", ratio: point.remainder)
            }
        }
        guard let fit = series.fit else { return }
        writer.member("fit") { writer in
            writer.member("limit", ratio: fit.limit)
            writer.member("scale", ratio: fit.scale)
            writer.member("exponent", ratio: fit.exponent)
            writer.member("error", ratio: fit.error)
        }
    }
}
