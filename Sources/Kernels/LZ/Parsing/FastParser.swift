/// One hash table: the parser of the fastest levels.
///
/// Settings read: `minimumMatch`, `hashLogarithm` (13...18), `hashedBytes` (4...8), `lazySteps` (0, or 1 to hold a match back
/// for a longer one in its chunk), `acceleration` (2 and more leave out positions even where there are matches).
package enum FastParser {
    /// Bytes of workspace that ``parse(_:_:settings:workspace:sequences:)`` needs, aligned to 4. Nothing in them counts.
    package static func workspaceSize(_ settings: LZSettings) -> Int {
        ChunkParser.workspaceSize + MemoryLayout<UInt32>.size << min(max(settings.hashLogarithm, 13), 18)
    }

    /// Parses `count` bytes.
    ///
    /// Preconditions: `count` is below 2^31 and 128 bytes behind the input are readable, whatever they are; `sequences` has room
    /// for `count / settings.minimumMatch + 1`.
    ///
    /// - Returns: the number of sequences.
    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer,
        sequences: UnsafeMutablePointer<LZSequence>
    ) -> Int {
        switch settings.hashLogarithm {
        case ...13: run(Width13.self, input, count, settings, workspace, sequences)
        case 14: run(Width14.self, input, count, settings, workspace, sequences)
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
        let table = TaggedTable<Width>(memory, hashedBytes: settings.hashedBytes, count: count)
        return ChunkParser.parse(table, input, count, settings, workspace, sequences)
    }
}

extension TaggedTable: CandidateSearch {}
