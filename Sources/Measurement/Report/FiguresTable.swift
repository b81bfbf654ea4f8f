/// Every row's figures. Readable as it is; with script its columns sort.
struct FiguresTable {
    let comparison: Comparison
    let legend: Legend

    /// A figure as text for people and as a number to sort by; nil sorts behind all others.
    typealias Cell = (text: String, value: Double?)

    struct Column {
        let title: String
        /// Said on hovering.
        let meaning: String
        /// What the first press of the heading sorts by.
        let isLargestFirst: Bool
        let cell: (Comparison.Row) -> Cell
    }

    func drawn() -> String {
        guard !comparison.rows.isEmpty else { return "<p>No contender gave any figures.</p>\n" }
        let columns = [("Size", Self.sizes), ("Compress", Self.steps(\.compression)), ("Decompress", Self.steps(\.decompression))]
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="Figures of every row">
            <table class="figures sortable">
            <thead>
            \(groups(columns))
            \(headings(columns.flatMap(\.1)))
            </thead>
            <tbody>
            \(comparison.rows.map { row($0, columns) }.joined(separator: "\n"))
            </tbody>
            </table>
            </div>
            \(commands())
            """
    }

    private func groups(_ columns: [(String, [Column])]) -> String {
        let heads = columns.map { "<th class=\"group\" colspan=\"\($0.1.count)\" scope=\"colgroup\">\($0.0)</th>" }
        return "<tr><td colspan=\"2\"></td>\(heads.joined())</tr>"
    }

    private func headings(_ columns: [Column]) -> String {
        let heads = columns.enumerated().map { index, column in
            """
            <th scope="col" data-column="\(index + 2)" data-first="\(column.isLargestFirst ? "descending" : "ascending")" \
            title="\(column.meaning)">\(column.title)</th>
            """
        }
        return """
            <tr><th scope="col" data-column="0" data-first="ascending">contender</th>\
            <th scope="col" data-column="1" data-first="descending" title="Threads of the contender">threads</th>\(heads.joined())</tr>
            """
    }

    private func row(_ row: Comparison.Row, _ columns: [(String, [Column])]) -> String {
        let isBaseline = row.name == comparison.baseline
        let cells = columns.map { group, columns in
            columns.enumerated().map { index, column in
                let isFront =
                    index == 0
                    && (group == "Compress" && row.isOnCompressionFront || group == "Decompress" && row.isOnDecompressionFront)
                return cell(column.cell(row), classes: (index == 0 ? ["first"] : []) + (isFront ? ["best"] : []))
            }.joined()
        }
        return """
            <tr\(isBaseline ? " class=\"baseline\"" : "")><th scope="row">\(legend.mark(row).inline)\(Markup.name(row.name))\
            \(isBaseline ? " <span class=\"badge\">baseline</span>" : "")</th>\
            \(cell(("\(row.threads)", Double(row.threads)), classes: []))\(cells.joined())</tr>
            """
    }

    private func cell(_ cell: Cell, classes: [String]) -> String {
        let value = cell.value.flatMap { $0.isFinite ? "\($0)" : nil } ?? ""
        let kind = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
        let mark = classes.contains("best") ? "<span class=\"diamond\" role=\"img\" aria-label=\"on the Pareto front\">◆</span> " : ""
        return "<td\(kind) data-value=\"\(value)\">\(mark)\(cell.text)</td>"
    }

    /// The command lines as they ran: long, and of interest to who repeats them.
    private func commands() -> String {
        let lines = comparison.rows.compactMap { row in
            row.command.map { "<tr><th scope=\"row\">\(Markup.name(row.name))</th><td><code>\(Markup.escaped($0))</code></td></tr>" }
        }
        guard !lines.isEmpty else { return "" }
        return """
            <details><summary>Command lines as measured</summary>
            <div class="scroll"><table class="plain commands">\(lines.joined(separator: "\n"))</table></div>
            </details>

            """
    }
}

extension FiguresTable {
    private static var sizes: [Column] {
        [
            Column(title: "R", meaning: "Compressed over original size", isLargestFirst: false) {
                (Numerals.fixed($0.remainder, 4), $0.remainder)
            },
            Column(title: "D", meaning: "1 - R: what compression saves", isLargestFirst: true) {
                (Numerals.fixed($0.saving, 4), $0.saving)
            },
            Column(title: "ratio", meaning: "Original over compressed size", isLargestFirst: true) { (Numerals.short($0.ratio), $0.ratio) },
            Column(title: "bytes", meaning: "Compressed size", isLargestFirst: false) {
                (Numerals.fixed(Double($0.packedSize), 0), Double($0.packedSize))
            },
        ]
    }

    private static func steps(_ step: KeyPath<Comparison.Row, Comparison.Step>) -> [Column] {
        [
            Column(title: "MB/s", meaning: "Original megabytes (10^6) a second, the median of the runs", isLargestFirst: true) {
                figure($0[keyPath: step].speed($0.rawSize), Numerals.megabytes)
            },
            Column(title: "spread", meaning: "Slowest run over fastest: how far to trust the median", isLargestFirst: false) {
                figure($0[keyPath: step].seconds.spread) { Numerals.fixed($0, 2) }
            },
            Column(
                title: "× base", meaning: "Speed over the baseline's, the median over all pairs of their runs",
                isLargestFirst: true
            ) {
                figure($0[keyPath: step].speedOverBaseline) { "\(Numerals.fixed($0, $0 < 9.995 ? 2 : 1))" }
            },
            Column(title: "CPU s", meaning: "Processor seconds of all threads, user and system", isLargestFirst: false) {
                figure($0[keyPath: step].processorSeconds.median, Numerals.short)
            },
            Column(
                title: "× less", meaning: "The baseline's processor seconds over these, the median over the same pairs",
                isLargestFirst: true
            ) {
                figure($0[keyPath: step].thriftOverBaseline) { "\(Numerals.fixed($0, $0 < 9.995 ? 2 : 1))" }
            },
            Column(title: "MiB", meaning: "Highest resident memory of any run", isLargestFirst: false) {
                figure($0[keyPath: step].peakMemory.map(Double.init)) { Numerals.short($0 / 1_048_576) }
            },
        ]
    }

    private static func figure(_ value: Double?, _ text: (Double) -> String) -> Cell {
        (value.map(text) ?? Numerals.none, value)
    }
}
