/// Speed by the number of workers: measured, modelled and foretold.
struct ThreadScalingPart {
    let scaling: ThreadScaling

    /// What the model is asked beyond the measured numbers.
    private var foretold: [Int] {
        let most = scaling.points.map(\.threads).max() ?? 0
        return [64, 128].filter { $0 > most }
    }

    private var setting: String {
        scaling.setting.isEmpty ? "default level" : Int(scaling.setting) == nil ? scaling.setting : "level \(scaling.setting)"
    }

    func drawn() -> String {
        """
        <section class="scaling">
        <h3>Thread scaling of Bale, \(Markup.name(setting))</h3>
        <div class="pair">
        <figure>\(chart() ?? "<p>Nothing was measured.</p>")<figcaption>Filled points are measured; the line is the model; hollow points on its \
        dashed part are predictions.</figcaption></figure>
        <div>
        \(table())
        \(model())
        </div>
        </div>
        </section>

        """
    }

    private func chart() -> String? {
        let curves = [
            curve("compress", 0, \.compressionSpeed, scaling.compression),
            curve("decompress", 1, \.decompressionSpeed, scaling.decompression),
        ]
        let most = max(scaling.points.map(\.threads).max() ?? 1, foretold.max() ?? 1)
        let powers = (0..<20).map { Double(1 << $0) }.filter { $0 <= Double(most) }
        return LineChart(
            label: "Speed by the number of threads; the table beside has the figures.", curves: curves,
            horizontal: ("threads (log)", powers, { Numerals.fixed($0, 0) }),
            vertical: ("MB/s (log)", true, 1e6)
        ).drawn()
    }

    private func curve(
        _ name: String, _ colour: Int, _ speed: KeyPath<ThreadScaling.Point, Double>, _ model: ThreadScaling.Model
    ) -> LineChart.Curve {
        LineChart.Curve(
            name: name, colour: colour,
            points: scaling.points.map { (Double($0.threads), $0[keyPath: speed]) }.filter { $0.1.isFinite && $0.1 > 0 },
            foretold: foretold.map { (Double($0), model.speed($0)) }.filter { $0.1.isFinite && $0.1 > 0 },
            model: { 1_048_576 / (model.serialSeconds + model.parallelSeconds / $0) })
    }

    private func table() -> String {
        let measured = scaling.points.map { row($0.threads, $0.compressionSpeed, $0.decompressionSpeed, isForetold: false) }
        let beyond = foretold.map { row($0, scaling.compression.speed($0), scaling.decompression.speed($0), isForetold: true) }
        return """
            <div class="scroll"><table class="plain">
            <thead><tr><th scope="col">threads</th><th scope="col">compress MB/s</th><th scope="col">efficiency</th>\
            <th scope="col">decompress MB/s</th><th scope="col">efficiency</th></tr></thead>
            <tbody>
            \((measured + beyond).joined(separator: "\n"))
            </tbody></table></div>
            """
    }

    private func row(_ threads: Int, _ compression: Double, _ decompression: Double, isForetold: Bool) -> String {
        """
        <tr\(isForetold ? " class=\"foretold\"" : "")><th scope="row">\(threads)\(isForetold ? ", predicted" : "")</th>\
        <td>\(Numerals.megabytes(compression))</td><td>\(efficiency(threads, compression, \.compressionSpeed))</td>\
        <td>\(Numerals.megabytes(decompression))</td><td>\(efficiency(threads, decompression, \.decompressionSpeed))</td></tr>
        """
    }

    /// Speed per thread over that of the fewest threads measured.
    private func efficiency(_ threads: Int, _ speed: Double, _ direction: KeyPath<ThreadScaling.Point, Double>) -> String {
        guard let first = scaling.points.min(by: { $0.threads < $1.threads }) else { return Numerals.none }
        return Numerals.percent(speed / Double(threads) / (first[keyPath: direction] / Double(first.threads)))
    }

    private func model() -> String {
        let parts = [("Compress", scaling.compression), ("decompress", scaling.decompression)].map { name, model in
            "\(name): \(Numerals.short(model.serialSeconds * 1e6)) µs serial and \(Numerals.short(model.parallelSeconds * 1e6)) µs parallel "
                + "for a MiB, error \(model.error.map(Numerals.percent) ?? "unknown: too few points")"
        }
        let serial = scaling.serialMicrosecondsPerBlock.map {
            "<li>The engine's serial work for a block, measured: \(Numerals.short($0)) µs.</li>"
        }
        let assumptions = scaling.assumptions.map { "<li>\(Markup.escaped($0))</li>" }
        return """
            <p>Model: n threads take s + p / n for each MiB. \(parts.joined(separator: "; ")).</p>
            <h4>What the prediction assumes</h4>
            <ul class="notes">\(serial ?? "")\(assumptions.joined(separator: "\n"))</ul>
            """
    }
}
