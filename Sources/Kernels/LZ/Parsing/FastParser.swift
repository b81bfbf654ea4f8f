/// One hash table: the parser of the fastest levels.
///
/// Two positions are looked up before one is judged, and one of the two is tried with the last distance: when that begins to repeat
/// before, it is found by going back. Where nothing matches for long, positions are left out, more and more of them.
///
/// Settings read: `minimumMatch`, `hashLogarithm` (13...18), `hashedBytes` (4...8), `acceleration` (2 and more leave out positions
/// even where there are matches).
package enum FastParser {
    /// Bytes of workspace that ``parse(_:_:settings:workspace:sequences:)`` needs, aligned to 4. Nothing in them counts.
    package static func workspaceSize(_ settings: LZSettings) -> Int {
        MemoryLayout<UInt32>.size << min(max(settings.hashLogarithm, 13), 18)
    }

    /// Parses `count` bytes.
    ///
    /// Preconditions: `count` is below 2^31 and 128 bytes behind the input are readable, whatever they are; `sequences` has room
    /// for `count / settings.minimumMatch + 1`.
    ///
    /// - Returns: the number of sequences.
    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer,
        sequences: UnsafeMutablePointer<LZSequence>, long: LongMatches = LongMatches()
    ) -> Int {
        switch settings.hashLogarithm {
        case ...13: run(Width13.self, input, count, settings, workspace, sequences, long)
        case 14: run(Width14.self, input, count, settings, workspace, sequences, long)
        case 15: run(Width15.self, input, count, settings, workspace, sequences, long)
        case 16: run(Width16.self, input, count, settings, workspace, sequences, long)
        case 17: run(Width17.self, input, count, settings, workspace, sequences, long)
        default: run(Width18.self, input, count, settings, workspace, sequences, long)
        }
    }

    private static func run<Width: TableWidth>(
        _ width: Width.Type, _ input: UnsafePointer<UInt8>, _ count: Int, _ settings: LZSettings,
        _ workspace: UnsafeMutableRawPointer, _ sequences: UnsafeMutablePointer<LZSequence>, _ long: LongMatches
    ) -> Int {
        let table = TaggedTable<Width>(workspace, hashedBytes: settings.hashedBytes, count: count)
        let shortest = max(4, settings.minimumMatch)
        let firstStep = max(1, settings.acceleration)
        var progress = ParseProgress(sequences, count: count, shortest: shortest, long)
        let limit = progress.limit
        var at = ParseProgress.start
        var step = firstStep
        var end = progress.pause(at)
        while true {
            if at >= end {
                if at >= limit { break }
                progress.resume(input, &at, &step, firstStep: firstStep) { table.insert(MatchExtension.word(input, $0), $0) }
                end = progress.pause(at)
                continue
            }
            // Two positions at a time, and one of them for a repeated distance: when that begins before, it is found going back.
            let second = at &+ step
            let candidate = table.exchange(MatchExtension.word(input, at), at)
            let secondCandidate = table.exchange(MatchExtension.word(input, second), second)
            var place = second
            var earlier = second &- progress.distance
            if UInt32(truncatingIfNeeded: MatchExtension.difference(input, place, earlier)) != 0 {
                place = at
                earlier = candidate
                if candidate >= at {
                    place = second
                    earlier = secondCandidate
                    if secondCandidate >= second {
                        at = second &+ step
                        continue
                    }
                }
            }
            let length = MatchExtension.forward(input, place, earlier, count)
            if length < shortest {
                at = second &+ step
                continue
            }
            progress.take(input, place, earlier, length)
            if progress.anchor < limit {
                table.insert(MatchExtension.word(input, progress.anchor &- 2), progress.anchor &- 2)
                while progress.anchor < limit, progress.isOtherRepeated(input) {
                    table.insert(MatchExtension.word(input, progress.anchor), progress.anchor)
                    progress.takeOther(input, count)
                }
            }
            at = progress.anchor
            step = firstStep
            end = progress.pause(at)
        }
        return progress.next - sequences
    }
}
