package import Codecs

/// One level: what it costs and what it tries.
package struct LevelRow: Sendable {
    /// Raw bytes per block unless the user says otherwise.
    package let blockSize: Int
    package let settings: EncoderSettings
    /// Expressions for ``ContentKind/matches`` and ``ContentKind/repetitive``; the other kinds are the same in all rows.
    let matches: String
    let repetitive: String
    let tree: DecisionTree
    let trial: Trial?

    /// Candidates that are encoded for a sample of so many bytes.
    struct Trial: Sendable {
        let sampleSize: Int
        let candidates: [String]
        /// Leaves for the planes of chunks that look like numbers of one width.
        let elementLeaves: [String]
    }
}

extension LevelRow {
    /// The row's pipeline for `kind`, or the nearest that this build has.
    package func pipeline(for kind: ContentKind) -> Pipeline {
        let wanted =
            switch kind {
            case .incompressible: ["stored"]
            case .constant: ["constant"]
            case .runs: ["runlength(\(matches),huffman)", "runlength"]
            case .skewedRuns: ["runlength"]
            case .skewed, .elements: ["huffman"]
            case .elementMatches: ["planes8(\(matches))", matches]
            case .matches: [matches]
            case .repetitive: [repetitive, matches]
            }
        let nearest = ["lz4hc", "deflate", "huffman"]
        for expression in wanted + (kind == .incompressible ? [] : nearest) {
            if let pipeline = try? PipelineChoice(parsing: expression).pipeline(settings) { return pipeline }
        }
        return Pipeline(StoredCodec())
    }
}

/// The levels 0...19, from no compression to the smallest result.
package enum LevelTable {
    package static let levels = 0...19
    package static let defaultLevel = 3

    /// The row of `level`; levels beyond the ends get the nearest.
    package static func row(_ level: Int) -> LevelRow { rows[min(max(level, levels.lowerBound), levels.upperBound)] }
}
