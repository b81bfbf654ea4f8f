package import Codecs
package import Kernels

/// How a level finds matches.
package struct LZRow: Sendable {
    package let parser: LZParser
    package private(set) var settings: LZSettings

    /// The same with a search for long repeats in the whole block, where the parser's own tables forget them.
    func findingLongMatches(_ finds: Bool) -> LZRow {
        var row = self
        row.settings.findsLongMatches = finds && parser.takesLongMatches
        return row
    }

    /// One hash table: `bytes` are what its hash covers. About one position in `acceleration` is looked up.
    static func fast(tableLogarithm: Int, bytes: Int, shortest: Int, acceleration: Int = 1) -> LZRow {
        LZRow(.fast) {
            $0.minimumMatch = shortest
            $0.acceleration = acceleration
            $0.hashLogarithm = tableLogarithm
            $0.hashedBytes = bytes
        }
    }

    /// Two hash tables, the longer's hash covers eight bytes.
    static func double(tableLogarithm: Int, bytes: Int, shortest: Int) -> LZRow {
        LZRow(.doubleHash) {
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
        LZRow(.lazy) {
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

    private init(_ parser: LZParser, _ change: (inout LZSettings) -> Void) {
        self.parser = parser
        var settings = LZSettings()
        change(&settings)
        self.settings = settings
    }
}
