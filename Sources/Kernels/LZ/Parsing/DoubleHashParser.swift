/// Two hash tables, one of longer matches and one of shorter: at each position the longer is preferred, and to a shorter one a
/// longer at the next position. Positions are left out as in ``FastParser``.
///
/// Settings read: `minimumMatch`, `hashLogarithm` (14...18, of the shorter; the other has twice the entries, for its matches stay
/// useful longer), `hashedBytes` (of the shorter, 4...7), `acceleration`.
package enum DoubleHashParser {
    /// Bytes that the hash of the longer matches covers.
    private static let longBytes = 8

    /// Bytes of workspace that ``parse(_:_:settings:workspace:sequences:)`` needs, aligned to 4. Nothing in them counts.
    package static func workspaceSize(_ settings: LZSettings) -> Int {
        3 * MemoryLayout<UInt32>.size << min(max(settings.hashLogarithm, 14), 18)
    }

    /// Parses `count` bytes. Preconditions and result are those of ``FastParser/parse(_:_:settings:workspace:sequences:)``.
    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer,
        sequences: UnsafeMutablePointer<LZSequence>, long: LongMatches = LongMatches()
    ) -> Int {
        switch settings.hashLogarithm {
        case ...14: run(Width14.self, input, count, settings, workspace, sequences, long)
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
        let longer = TaggedTable<Width.Wider>(workspace, hashedBytes: longBytes, count: count)
        let shorter = TaggedTable<Width>(workspace + TaggedTable<Width.Wider>.byteCount, hashedBytes: settings.hashedBytes, count: count)
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
                progress.resume(input, &at, &step, firstStep: firstStep) {
                    let word = MatchExtension.word(input, $0)
                    longer.insert(word, $0)
                    shorter.insert(word, $0)
                }
                end = progress.pause(at)
                continue
            }
            let word = MatchExtension.word(input, at)
            let long = longer.exchange(word, at)
            let short = shorter.exchange(word, at)
            // A repeated distance is so cheap that it may begin a byte later.
            var place = at &+ 1
            var earlier = place &- progress.distance
            if UInt32(truncatingIfNeeded: MatchExtension.difference(input, place, earlier)) != 0 {
                place = at
                earlier = long
                if long >= at {
                    if short >= at {
                        at = at &+ step
                        continue
                    }
                    // A longer match a byte later is better.
                    earlier = short
                    let later = longer.exchange(MatchExtension.word(input, at &+ 1), at &+ 1)
                    if later <= at {
                        place = at &+ 1
                        earlier = later
                    }
                }
            }
            let length = MatchExtension.forward(input, place, earlier, count)
            if length < shortest {
                at = at &+ step
                continue
            }
            progress.take(input, place, earlier, length)
            if progress.anchor < limit {
                let inside = MatchExtension.word(input, at &+ 2)
                longer.insert(inside, at &+ 2)
                shorter.insert(inside, at &+ 2)
                longer.insert(MatchExtension.word(input, progress.anchor &- 2), progress.anchor &- 2)
                shorter.insert(MatchExtension.word(input, progress.anchor &- 1), progress.anchor &- 1)
                while progress.anchor < limit, progress.isOtherRepeated(input) {
                    let word = MatchExtension.word(input, progress.anchor)
                    longer.insert(word, progress.anchor)
                    shorter.insert(word, progress.anchor)
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
