package import Codecs
package import Kernels

/// How a level finds matches.
package struct LZRow: Sendable {
    package let parser: LZParser
    package private(set) var settings: LZSettings
    /// What hashes cover in blocks of ``smallBlockSize`` and less; nil where those are nothing special.
    private let smallBlockHash: Int?

    /// Bytes of a block that fills no table.
    package static let smallBlockSize = 256 << 10

    /// The same for small blocks, which have their matches near: short ones are worth it. Nil where nothing changes.
    ///
    /// Of blocks of 8 to 256 KiB from eight kinds of files this leaves 0.96 to 0.99 at levels 1 to 5 and 7, of tables and JSON among them 0.98 to 1.04. Hashes
    /// of 5 and 4 bytes would leave 0.94 to 0.98, and of those up to 1.06. Blocks of 1 MiB would become 1 to 4 % smaller too, but take 2 to 7 % longer to
    /// read and up to 14 % to write.
    var forSmallBlocks: LZRow? {
        guard let smallBlockHash else { return nil }
        var row = self
        row.settings.minimumMatch = min(settings.minimumMatch, smallBlockHash - 1)
        row.settings.hashedBytes = min(settings.hashedBytes, smallBlockHash)
        return row.settings == settings ? nil : row
    }

    /// `pipeline` with its matches found like this, without parsing its expression again.
    func applied(to pipeline: Pipeline) -> Pipeline {
        guard case .branch(let codec) = pipeline.root else { return pipeline }
        if codec is LZCodec { return Pipeline(LZCodec(settings, parser: parser), pipeline.children) }
        return Pipeline(codec, pipeline.children.map(applied))
    }

    /// The same with a search for long repeats in the whole block, where the parser's own tables forget them.
    func findingLongMatches(_ finds: Bool) -> LZRow {
        var row = self
        row.settings.findsLongMatches = finds && parser.takesLongMatches
        return row
    }

    /// One hash table: `bytes` are what its hash covers. About one position in `acceleration` is looked up.
    static func fast(tableLogarithm: Int, bytes: Int, shortest: Int, acceleration: Int = 1) -> LZRow {
        // Who leaves positions out wants speed.
        LZRow(.fast, smallBlockHash: acceleration > 1 ? nil : 6) {
            $0.minimumMatch = shortest
            $0.acceleration = acceleration
            $0.hashLogarithm = tableLogarithm
            $0.hashedBytes = bytes
        }
    }

    /// Two hash tables, the longer's hash covers eight bytes.
    static func double(tableLogarithm: Int, bytes: Int, shortest: Int) -> LZRow {
        LZRow(.doubleHash, smallBlockHash: 5) {
            $0.minimumMatch = shortest
            $0.hashLogarithm = tableLogarithm
            $0.hashedBytes = bytes
        }
    }

    /// Rows of `depth` candidates; `longLogarithm` is of a second table whose hash covers eight bytes, 0 for none. Where matches can have
    /// three bytes, those are repeats of a distance.
    static func lazy(
        tableLogarithm: Int, bytes: Int, depth: Int, steps: Int, enough: Int, longLogarithm: Int = 0, shortest: Int = 4
    ) -> LZRow {
        LZRow(.lazy, smallBlockHash: 5) {
            $0.minimumMatch = shortest
            $0.hashLogarithm = tableLogarithm
            $0.hashedBytes = bytes
            $0.searchDepth = depth
            $0.lazySteps = steps
            $0.targetLength = enough
            $0.longHashLogarithm = longLogarithm
        }
    }

    /// All matches from binary trees, and the cheapest way through them.
    static func optimal(tableLogarithm: Int, depth: Int, enough: Int) -> LZRow {
        LZRow(.optimal) {
            $0.minimumMatch = 3
            $0.hashLogarithm = tableLogarithm
            $0.searchDepth = depth
            $0.targetLength = enough
        }
    }

    private init(_ parser: LZParser, smallBlockHash: Int? = nil, _ change: (inout LZSettings) -> Void) {
        self.parser = parser
        self.smallBlockHash = smallBlockHash
        var settings = LZSettings()
        change(&settings)
        self.settings = settings
    }
}
