/// Greedy and lazy parsing over row hashes: the levels between the fast parsers and the optimal one.
///
/// Settings that count: `minimumMatch`; `hashLogarithm` and `hashedBytes` (4...6 serve); `longHashLogarithm`, of a second table over
/// eight bytes, 0 for none; `searchDepth`, the entries of a row (8, 16 or 32); `lazySteps`; `targetLength`; `acceleration`.
package enum LazyParser {
    /// Bytes of the workspace, which is 64-byte aligned.
    package static func workspaceSize(_ settings: LZSettings) -> Int {
        switch settings.searchDepth {
        case ...8: LazyRun<RowOf8, NoMeter>.workspaceSize(settings)
        case ...16: LazyRun<RowOf16, NoMeter>.workspaceSize(settings)
        default: LazyRun<RowOf32, NoMeter>.workspaceSize(settings)
        }
    }

    /// Finds the sequences of `count` bytes, which 16 readable bytes follow whatever they hold.
    ///
    /// - Parameter sequences: Room for `count / settings.minimumMatch + 1`.
    /// - Returns: how many there are.
    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer,
        sequences: UnsafeMutablePointer<LZSequence>, long: LongMatches = LongMatches()
    ) -> Int {
        var meter = NoMeter()
        return switch settings.searchDepth {
        case ...8:
            LazyRun<RowOf8, NoMeter>.parse(input, count, settings, workspace, sequences, long, &meter)
        case ...16:
            LazyRun<RowOf16, NoMeter>.parse(input, count, settings, workspace, sequences, long, &meter)
        default:
            LazyRun<RowOf32, NoMeter>.parse(input, count, settings, workspace, sequences, long, &meter)
        }
    }
}
