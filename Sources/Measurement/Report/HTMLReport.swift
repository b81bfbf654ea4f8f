/// Comparisons as one HTML document that needs nothing else: no network, no fonts, no files. Charts are inline SVG, colours follow the
/// reader's light or dark theme, and the table's columns sort where script may run.
package enum HTMLReport {
    /// - Parameter files: The measured files in the order given, by the names that people know them by. Names may hold anything.
    package static func document(_ files: [(name: String, comparison: Comparison)]) -> String {
        let legend = Legend(files.map(\.comparison))
        let parts = files.enumerated().map { index, file in
            ComparisonPart(name: file.name, comparison: file.comparison, legend: legend).drawn(id: "file-\(index + 1)")
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>bale bench: \(Markup.escaped(files.map(\.name).joined(separator: ", ")))</title>
            <style>
            \(ReportStyle.sheet)
            </style>
            </head>
            <body>
            <main>
            <header class="page">
            <h1>bale bench</h1>
            <p>Compressors side by side, measured on this machine. MB/s are 10⁶ original bytes a second; R = compressed / original size; \
            D = 1 − R.</p>
            \(contents(files))
            </header>
            \(parts.joined())
            </main>
            <script>\(ReportScript.text)</script>
            </body>
            </html>

            """
    }

    /// Nothing may be fetched, sent or embedded, and no script runs but ours: markup that slipped in by a name could do nothing.
    private static let policy = """
        default-src 'none'; style-src 'unsafe-inline'; script-src '\(ReportScript.hash)'; base-uri 'none'; form-action 'none'
        """

    /// Several files: where each is and what to choose for it.
    private static func contents(_ files: [(name: String, comparison: Comparison)]) -> String {
        guard files.count > 1 else { return "" }
        let items = files.enumerated().map { index, file in
            let choice = file.comparison.advice.first?.choice.map { ", best: <strong>\(Markup.name($0.row))</strong>" } ?? ""
            return """
                <li><a href="#file-\(index + 1)">\(Markup.name(file.name))</a>, \(Numerals.size(file.comparison.fileSize))\(choice)</li>
                """
        }
        return "<nav aria-label=\"Files\"><ol>\(items.joined())</ol></nav>"
    }
}
