/// Two hash tables, one of longer matches and one of shorter: at each position the longer is preferred.
///
/// Settings read: `minimumMatch`, `hashLogarithm` (14...18, for both tables), `hashedBytes` (of the shorter, 4...7), `lazySteps`
/// (0, or 1 to hold a match back for a longer one in its chunk), `acceleration`.
package enum DoubleHashParser {
    /// Bytes that the hash of the longer matches covers.
    private static let longBytes = 8

    /// Bytes of workspace that ``parse(_:_:settings:workspace:sequences:)`` needs, aligned to 4. Nothing in them counts.
    package static func workspaceSize(_ settings: LZSettings) -> Int {
        ChunkParser.workspaceSize + 2 * MemoryLayout<UInt32>.size << min(max(settings.hashLogarithm, 14), 18)
    }

    /// Parses `count` bytes. Preconditions and result are those of ``FastParser/parse(_:_:settings:workspace:sequences:)``.
    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer,
        sequences: UnsafeMutablePointer<LZSequence>
    ) -> Int {
        switch settings.hashLogarithm {
        case ...14: run(Width14.self, input, count, settings, workspace, sequences)
        case 15: run(Width15.self, input, count, settings, workspace, sequences)
        case 16: run(Width16.self, input, count, settings, workspace, sequences)
        case 17: run(Width17.self, input, count, settings, workspace, sequences)
        default: run(Width18.self, input, count, settings, workspace, sequences)
        }
    }

    private static func run<Width: TableWidth>(
        _ width: Width.Type, _ input: UnsafePointer<UInt8>, _ count: Int, _ settings: LZSettings,
        _ workspace: UnsafeMutableRawPointer, _ sequences: UnsafeMutablePointer<LZSequence>
    ) -> Int {
        let memory = workspace + ChunkParser.workspaceSize
        let search = TwoTables<Width>(
            longer: TaggedTable(memory, hashedBytes: longBytes, count: count),
            shorter: TaggedTable(memory + TaggedTable<Width>.byteCount, hashedBytes: settings.hashedBytes, count: count))
        return ChunkParser.parse(search, input, count, settings, workspace, sequences)
    }
}

/// A longer match where there is one, else a shorter.
private struct TwoTables<Width: TableWidth>: CandidateSearch {
    let longer: TaggedTable<Width>
    let shorter: TaggedTable<Width>

    @inline(__always)
    var bound: UInt32 { longer.bound }

    @inline(__always)
    func exchange(_ word: UInt64, _ position: UInt32) -> UInt32 {
        let long = longer.exchange(word, position)
        let short = shorter.exchange(word, position)
        return long < bound ? long : short
    }
}
