/// Where a ``ChunkParser`` has its candidates from.
package protocol CandidateSearch {
    /// What ``exchange(_:_:)`` returns is a position only below this.
    var bound: UInt32 { get }

    /// Notes that the eight bytes `word` are at `position`.
    ///
    /// - Returns: a place that probably has the same first bytes, or ``bound`` or more. It need not lie before `position`.
    func exchange(_ word: UInt64, _ position: UInt32) -> UInt32
}

/// The parse that the fast levels have in common.
///
/// It takes turns. First all of a chunk's positions are looked up, with no branch and no result that the next position waits
/// for: the processor has the loads of many positions under way at once. Then a mask of the positions with candidates is
/// walked, match by match. Positions inside of matches are looked up for nothing but to be found later, which pays: it makes
/// a small table as good as a larger one that holds the first positions of matches only.
///
/// Where nothing matches for long, positions are left out, more and more of them.
package enum ChunkParser {
    /// Positions of a chunk: one bit each in a word.
    private static let chunk = 32
    /// Bytes of workspace for a chunk's candidates.
    package static let workspaceSize = chunk * MemoryLayout<UInt32>.size
    /// Shorter matches are not found, nor wanted.
    private static let shortest = 4
    /// No chunk begins within so many bytes of the end, so that every position that is looked up has its eight bytes, and
    /// sixteen for the comparison with the last distance.
    private static let margin = 64
    /// After so many literals, as a power of two, one more position is left out between any two.
    private static let patience = 8
    /// The most positions from one that is looked up to the next, where nothing matches. More would be faster yet on noise,
    /// but blind to what follows it.
    private static let longestStep = 16

    /// What has been parsed.
    private struct Progress {
        /// The next position to look at.
        var at: Int
        /// The first byte that no sequence covers.
        var anchor: Int
        /// The last distance.
        var distance: Int
        var next: UnsafeMutablePointer<LZSequence>

        /// Ends a sequence with the match of `length` bytes at `place`, and of those in front of it that match too.
        @inline(__always)
        mutating func take(_ input: UnsafePointer<UInt8>, _ place: Int, _ earlier: Int, _ length: Int) {
            let back = MatchExtension.backward(input, place, earlier, min(place &- anchor, earlier))
            distance = place &- earlier
            next.pointee = LZSequence(
                literalCount: UInt32(truncatingIfNeeded: place &- back &- anchor),
                matchCount: UInt32(truncatingIfNeeded: length &+ back), distance: UInt32(truncatingIfNeeded: distance))
            next += 1
            at = place &+ length
            anchor = at
        }
    }

    /// Parses with the candidates of `search`, which is empty. As the parsers' `parse`; the workspace has ``workspaceSize`` bytes.
    @inline(__always)
    package static func parse<Search: CandidateSearch>(
        _ search: Search, _ input: UnsafePointer<UInt8>, _ count: Int, _ settings: LZSettings,
        _ workspace: UnsafeMutableRawPointer, _ sequences: UnsafeMutablePointer<LZSequence>
    ) -> Int {
        let candidates = workspace.bindMemory(to: UInt32.self, capacity: chunk)
        let shortest = max(Self.shortest, settings.minimumMatch)
        let firstStep = max(1, settings.acceleration)
        let isLazy = settings.lazySteps > 0
        let limit = count &- margin
        var progress = Progress(at: 1, anchor: 0, distance: 1, next: sequences)
        while progress.at < limit {
            let step = firstStep &+ min((progress.at &- progress.anchor) &>> patience, longestStep &- 1)
            if step == 1 {
                let found = lookUp(search, input, progress.at, candidates)
                walk(found, candidates, input, count, shortest, isLazy, &progress)
            } else {
                skim(search, input, count, shortest, step, limit, &progress)
            }
        }
        return progress.next - sequences
    }

    /// Looks up the positions from `base` on.
    ///
    /// - Returns: the first position's bit is the highest. It is set where `candidates` has a place.
    @inline(__always)
    private static func lookUp<Search: CandidateSearch>(
        _ search: Search, _ input: UnsafePointer<UInt8>, _ base: Int, _ candidates: UnsafeMutablePointer<UInt32>
    ) -> UInt32 {
        var found: UInt32 = 0
        var index = 0
        while index < chunk {
            found = lookUpOne(search, input + base, base, index, candidates, found)
            found = lookUpOne(search, input + base, base, index &+ 1, candidates, found)
            found = lookUpOne(search, input + base, base, index &+ 2, candidates, found)
            found = lookUpOne(search, input + base, base, index &+ 3, candidates, found)
            index = index &+ 4
        }
        return found
    }

    @inline(__always)
    private static func lookUpOne<Search: CandidateSearch>(
        _ search: Search, _ bytes: UnsafePointer<UInt8>, _ base: Int, _ index: Int, _ candidates: UnsafeMutablePointer<UInt32>,
        _ found: UInt32
    ) -> UInt32 {
        let candidate = search.exchange(MatchExtension.word(bytes, index), UInt32(truncatingIfNeeded: base &+ index))
        candidates[index] = candidate
        return found &+ found &+ (candidate < search.bound ? 1 : 0)
    }

    /// Takes the matches that begin in the chunk at `progress.at`, and goes behind it.
    @inline(__always)
    private static func walk(
        _ found: UInt32, _ candidates: UnsafeMutablePointer<UInt32>, _ input: UnsafePointer<UInt8>, _ count: Int,
        _ shortest: Int, _ isLazy: Bool, _ progress: inout Progress
    ) {
        let base = progress.at
        let end = base &+ chunk
        while progress.at < end {
            let at = progress.at
            // Bit i: from the position i behind this one on, four bytes repeat the last distance.
            var repeats = MatchExtension.equalBytes(input, at, at &- progress.distance)
            repeats &= repeats &>> 1
            repeats &= repeats &>> 2
            let remaining = found &<< UInt32(truncatingIfNeeded: at &- base)
            if remaining | repeats == 0 { break }
            let first = remaining.leadingZeroBitCount
            let repeated = (UInt64(repeats) | 1 &<< 63).trailingZeroBitCount
            // A repeated distance is so cheap that it may begin a byte later.
            let isRepeat = repeated <= first &+ 1
            var place = at &+ (isRepeat ? repeated : first)
            var earlier = isRepeat ? place &- progress.distance : Int(candidates[place &- base])
            // Positions that were left out once may be looked up again: then the table knows later ones.
            var length = earlier < place ? MatchExtension.forward(input, place, earlier, count) : 0
            if isLazy, place &+ 1 < end {
                let advantage = isRepeat ? 3 : 0
                postpone(found, candidates, input, count, base, advantage, &place, &earlier, &length)
            }
            if length < shortest {
                progress.at = place &+ 1
            } else {
                progress.take(input, place, earlier, length)
            }
        }
        progress.at = max(progress.at, end)
    }

    /// Gives up a match for one that begins later in the chunk, within it, and is longer by more than `advantage` and what the
    /// literals between cost.
    @inline(__always)
    private static func postpone(
        _ found: UInt32, _ candidates: UnsafeMutablePointer<UInt32>, _ input: UnsafePointer<UInt8>, _ count: Int, _ base: Int,
        _ advantage: Int, _ place: inout Int, _ earlier: inout Int, _ length: inout Int
    ) {
        let skipped = (found &<< UInt32(truncatingIfNeeded: place &+ 1 &- base)).leadingZeroBitCount
        let next = place &+ 1 &+ skipped
        if next &- base >= chunk || skipped &+ 1 >= length { return }
        let candidate = Int(candidates[next &- base])
        if candidate >= next || next &- candidate == place &- earlier { return }
        let other = MatchExtension.forward(input, next, candidate, count)
        if other > length &+ advantage &+ (skipped > 0 ? 1 : 0) {
            place = next
            earlier = candidate
            length = other
        }
    }

    /// Looks at one position in `step` until one matches, or literals are enough for a longer step.
    @inline(never)
    private static func skim<Search: CandidateSearch>(
        _ search: Search, _ input: UnsafePointer<UInt8>, _ count: Int, _ shortest: Int, _ step: Int, _ limit: Int,
        _ progress: inout Progress
    ) {
        let end = min(limit, progress.at &+ 16 &* step)
        while progress.at < end {
            let at = progress.at
            let candidate = search.exchange(MatchExtension.word(input, at), UInt32(truncatingIfNeeded: at))
            if candidate < search.bound, candidate < at {
                let length = MatchExtension.forward(input, at, Int(candidate), count)
                if length >= shortest {
                    progress.take(input, at, Int(candidate), length)
                    return
                }
            }
            progress.at = at &+ step
        }
    }
}
