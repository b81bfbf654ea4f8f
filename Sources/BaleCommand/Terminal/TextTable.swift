/// Columns of text with a head line, for `list`, `inspect`, `bench` and `pipelines`.
struct TextTable {
    enum Alignment {
        case left
        case right
    }

    private let alignments: [Alignment]
    private var rows: [[String]]

    /// - Parameter columns: title and alignment of each column.
    init(_ columns: [(title: String, alignment: Alignment)]) {
        alignments = columns.map(\.alignment)
        rows = [columns.map(\.title)]
    }

    /// Adds one row; it has as many cells as there are columns.
    mutating func append(_ cells: [String]) {
        rows.append(cells)
    }

    /// Whether there is nothing but the head line.
    var isEmpty: Bool { rows.count == 1 }

    /// The lines, each ended by a newline, without blanks at line ends.
    var text: String {
        let widths = alignments.indices.map { column in rows.map { Self.width($0[column]) }.max() ?? 0 }
        var text = ""
        for row in rows {
            var line = ""
            for (column, cell) in row.enumerated() {
                let padding = String(repeating: " ", count: widths[column] - Self.width(cell))
                line += (column > 0 ? "  " : "") + (alignments[column] == .right ? padding + cell : cell + padding)
            }
            while line.utf8.last == UInt8(ascii: " ") { line.removeLast() }
            text += line + "\n"
        }
        return text
    }

    /// Columns a cell takes, close enough: characters, which is right for all but wide scripts.
    private static func width(_ cell: String) -> Int { cell.count }
}
