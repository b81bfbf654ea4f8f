internal import Measurement

/// Speed by the number of workers, measured and predicted, as text and as JSON.
struct ThreadScalingReport: Sendable {
    let scaling: ThreadScaling

    /// The table, the model's parts and what the predictions assume.
    var text: String {
        var text = "thread scaling of \(scaling.setting)\n" + table.text
        text += "\(model("compress", scaling.compression)); \(model("decompress", scaling.decompression))\n"
        if let serial = scaling.serialMicrosecondsPerBlock {
            text += "the engine's own work for a block, measured: \(Figures.fixed(serial, decimals: 1)) us\n"
        }
        return text + scaling.assumptions.map { "- \($0)\n" }.joined()
    }

    /// Numbers of workers that are predicted: those beyond the measured ones.
    private var predicted: [Int] {
        let most = scaling.points.map(\.threads).max() ?? 0
        return ThreadScaling.predictedThreads.filter { $0 > most }
    }

    private var table: TextTable {
        var table = TextTable([
            ("threads", .right), ("compress", .right), ("efficiency", .right), ("decompress", .right), ("efficiency", .right), ("", .left),
        ])
        for point in scaling.points {
            table.append([
                "\(point.threads)", Figures.speed(bytesPerSecond: point.compressionSpeed),
                percent(scaling.efficiency(point, \.compressionSpeed)), Figures.speed(bytesPerSecond: point.decompressionSpeed),
                percent(scaling.efficiency(point, \.decompressionSpeed)), "",
            ])
        }
        for threads in predicted {
            table.append([
                "\(threads)", Figures.speed(bytesPerSecond: scaling.compression.speed(threads)),
                percent(scaling.predictedEfficiency(threads, \.compression, \.compressionSpeed)),
                Figures.speed(bytesPerSecond: scaling.decompression.speed(threads)),
                percent(scaling.predictedEfficiency(threads, \.decompression, \.decompressionSpeed)), "predicted",
            ])
        }
        return table
    }

    private func model(_ name: String, _ model: ThreadScaling.Model) -> String {
        let microseconds = { (seconds: Double) in Figures.fixed(seconds * 1e6, decimals: 1) }
        return
            "\(name): \(microseconds(model.serialSeconds)) us serial and \(microseconds(model.parallelSeconds)) us parallel for a MiB, error "
            + (model.error.map { percent($0) } ?? "unknown")
    }

    private func percent(_ share: Double?) -> String {
        guard let share, share.isFinite else { return "-" }
        return "\(Figures.fixed(share * 100, decimals: 1)) %"
    }
}

extension ThreadScalingReport {
    /// The members of the scaling's object; Benchmarks/README.md describes them.
    @Sendable
    func write(_ writer: inout JSONWriter) {
        writer.member("setting", scaling.setting)
        writer.member("points", array: scaling.points) { writer, point in
            writer.object { writer in
                writer.member("threads", point.threads)
                writer.member("compress_bytes_per_second", ratio: point.compressionSpeed)
                writer.member("decompress_bytes_per_second", ratio: point.decompressionSpeed)
                writer.member("compress_efficiency", ratio: scaling.efficiency(point, \.compressionSpeed))
                writer.member("decompress_efficiency", ratio: scaling.efficiency(point, \.decompressionSpeed))
            }
        }
        writer.member("compress_model") { Self.write(scaling.compression, to: &$0) }
        writer.member("decompress_model") { Self.write(scaling.decompression, to: &$0) }
        writer.member("predictions", array: predicted) { writer, threads in
            writer.object { writer in
                writer.member("threads", threads)
                writer.member("compress_bytes_per_second", ratio: Self.finite(scaling.compression.speed(threads)))
                writer.member("decompress_bytes_per_second", ratio: Self.finite(scaling.decompression.speed(threads)))
            }
        }
        writer.member("serial_us_per_block", ratio: scaling.serialMicrosecondsPerBlock)
        writer.member("assumptions", values: scaling.assumptions)
    }

    private static func write(_ model: ThreadScaling.Model, to writer: inout JSONWriter) {
        writer.member("serial_us_per_mib", ratio: model.serialSeconds * 1e6)
        writer.member("parallel_us_per_mib", ratio: model.parallelSeconds * 1e6)
        writer.member("error", ratio: model.error)
    }

    /// JSON has no infinity.
    private static func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
}
