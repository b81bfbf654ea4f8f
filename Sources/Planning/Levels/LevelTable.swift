package import Codecs

/// One level: what it costs and what it tries.
package struct LevelRow: Sendable {
    /// The chunks, unless the user says otherwise.
    package let segmenter: Segmenter
    /// What divides them into blocks; nil leaves each whole.
    package var divider: Divider?
    package private(set) var settings: EncoderSettings
    let tree: DecisionTree
    let trial: Trial?
    /// The pipeline of blocks with matches: an expression, for levels that leave a stream as it is.
    var matches = "lz"
    /// Whether calls in machine code are converted before matches are looked for.
    var convertsCalls = true

    /// Candidates that are encoded for a sample of so many bytes.
    struct Trial: Sendable {
        let sampleSize: Int
        let candidates: [String]
        /// Leaves for the planes of chunks that look like numbers of one width.
        let elementLeaves: [String]
    }
}

extension LevelRow {
    /// The same with a search for long repeats in the whole block, or without.
    func findingLongMatches(_ finds: Bool) -> LevelRow {
        var row = self
        row.settings.lz = settings.lz.findingLongMatches(finds)
        return row
    }

    /// The row's pipeline for `kind`. Every build has it: none of these names is a library's.
    package func pipeline(for kind: ContentKind) -> Pipeline {
        let expression =
            switch kind {
            case .incompressible: "stored"
            case .constant: "constant"
            case .runs: "runlength(\(matches),huffman)"
            case .skewedRuns: "runlength"
            case .skewed, .elements: "huffman"
            case .elementMatches: "planes8(\(matches))"
            case .matches: matches
            }
        return (try? PipelineChoice(parsing: expression).pipeline(settings)) ?? Pipeline(StoredCodec())
    }
}

/// The levels 0...19, from the fastest to the smallest result.
package enum LevelTable {
    package static let levels = 0...19
    package static let defaultLevel = 3

    /// The row of `level`; levels beyond the ends get the nearest.
    package static func row(_ level: Int) -> LevelRow { rows[min(max(level, levels.lowerBound), levels.upperBound)] }
}
