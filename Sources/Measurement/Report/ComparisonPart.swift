/// All of the report that is about one file.
struct ComparisonPart {
    let name: String
    let comparison: Comparison
    let legend: Legend

    /// - Parameter id: The anchor that the table of contents leads to.
    func drawn(id: String) -> String {
        """
        <article id="\(id)">
        <header>
        <h2>\(Markup.name(name))</h2>
        <p class="facts">\(facts)</p>
        </header>
        \(yardsticks())
        \(comparison.advice.map { AdvicePart(advice: $0).drawn() }.joined())\(closerLook())
        \(charts())
        <section>
        <h3>All figures</h3>
        \(FiguresTable(comparison: comparison, legend: legend).drawn())
        </section>
        \(comparison.scaling.map { ThreadScalingPart(scaling: $0).drawn() } ?? "")
        \(comparison.curve.map { ScalingCurvePart(curve: $0).drawn() } ?? "")
        \(absences())
        </article>

        """
    }

    private var facts: String {
        let machine = comparison.machine
        let sample = comparison.sampleSize == comparison.fileSize ? "" : ", measured on a sample of \(Numerals.size(comparison.sampleSize))"
        return [
            Numerals.size(comparison.fileSize) + sample,
            runs,
            Markup.escaped(machine.processor.isEmpty ? "unknown processor" : machine.processor),
            "\(machine.processorCount) processor\(machine.processorCount == 1 ? "" : "s")",
            Markup.escaped(machine.instructionSet) + (machine.isRealTime ? ", real-time class" : ""),
            comparison.baseline.map { "baseline \(Markup.name($0))" } ?? "no baseline",
        ].map { "<span>\($0)</span>" }.joined(separator: " ")
    }

    /// Slow contenders may have had fewer runs than the others.
    private var runs: String {
        let counts = comparison.rows.flatMap { [$0.compression.seconds.count, $0.decompression.seconds.count] }
        let least = min(counts.min() ?? comparison.runs, comparison.runs)
        if least < comparison.runs { return "medians of \(least) to \(comparison.runs) interleaved runs" }
        return least == 1 ? "1 run" : "medians of \(least) interleaved runs"
    }

    private func yardsticks() -> String {
        let yardsticks = comparison.yardsticks
        let entries = [
            entropy("Order-0 entropy", yardsticks.orderZeroEntropy), entropy("Order-1 entropy", yardsticks.orderOneEntropy),
            ("memcpy", Numerals.speed(yardsticks.memoryCopySpeed), "one thread"),
            ("Device writes", yardsticks.deviceWriteSpeed.map(Numerals.speed) ?? Numerals.none, device(yardsticks.deviceWriteSpeed)),
            ("Device reads", yardsticks.deviceReadSpeed.map(Numerals.speed) ?? Numerals.none, device(yardsticks.deviceReadSpeed)),
        ]
        let items = entries.map { "<div><dt>\($0.0)</dt><dd>\($0.1)<small>\($0.2)</small></dd></div>" }
        return "<dl class=\"yardsticks\" aria-label=\"Yardsticks\">\(items.joined())</dl>\n"
    }

    private func entropy(_ name: String, _ bits: Double) -> (String, String, String) {
        (name, "\(Numerals.fixed(bits, 3)) bits/byte", "R = \(Numerals.fixed(bits / 8, 3))")
    }

    private func device(_ speed: Double?) -> String {
        speed == nil ? "not measured" : "where the results were written"
    }

    private func closerLook() -> String {
        guard let look = comparison.closerLook else { return "" }
        let names = look.rows.map { Markup.name($0.name) }.joined(separator: ", ")
        let extent = look.sampleSize == comparison.fileSize ? "all" : Numerals.size(look.sampleSize)
        return "\n<p>Whether \(names) kept a bound was measured with \(extent) of the file.</p>"
    }

    private func charts() -> String {
        let figures = [ScatterChart.Direction.compression, .decompression].compactMap { direction in
            ScatterChart(direction, comparison, legend: legend).drawn().map {
                "<figure class=\"\(direction.rawValue)\"><figcaption>Size against \(direction.rawValue)ion speed</figcaption>\($0)</figure>"
            }
        }
        guard !figures.isEmpty else { return "" }
        return """
            <section class="scatter">
            <h3>Size against speed</h3>
            <p>Down is smaller, right is faster. The solid line is the Pareto front of whole commands, the dashed one that of work in \
            memory: no row measured the same way is both smaller and faster. What lies in the shade is beaten. Thin lines join the levels \
            of a tool; the ring is the baseline.</p>
            \(legend.list(comparison))
            <div class="pair">
            \(figures.joined(separator: "\n"))
            </div>
            </section>
            """
    }

    private func absences() -> String {
        guard !comparison.absences.isEmpty else { return "" }
        let items = comparison.absences.map { absence in
            "<li><strong>\(Markup.name(absence.name))</strong>\(absence.isFailure ? " <span class=\"badge failure\">failed</span>" : ""): "
                + "\(Markup.escaped(absence.reason))</li>"
        }
        return """
            <section class="absences">
            <h3>Without figures</h3>
            <ul class="notes">\(items.joined(separator: "\n"))</ul>
            </section>

            """
    }
}
