/// One of the parses that a ``LaneParser`` has under way: a part of the input, from its own table.
package struct ParserLane<Search: CandidateSearch> {
    /// Positions that are looked up in one step.
    private static var chunk: Int { 8 }
    /// After so many literals, as a power of two, positions that are looked up are one more apart.
    private static var patience: Int { 7 }
    /// Positions that are looked up are at most so far apart: a repeat within 62 bytes is then always nearer than the end of a chunk.
    private static var longestStride: Int { 7 }
    private static var margin: Int { 96 }

    private let search: Search
    private let candidates: UnsafeMutablePointer<UInt32>
    private let shortest: Int
    private let end: Int
    /// No step begins here or later.
    private let limit: Int
    private var at: Int
    package private(set) var anchor: Int
    private var distance = 1
    package private(set) var next: UnsafeMutablePointer<LZSequence>

    @inline(__always)
    package init(
        _ search: Search, _ start: Int, _ end: Int, _ shortest: Int, _ candidates: UnsafeMutablePointer<UInt32>,
        _ sequences: UnsafeMutablePointer<LZSequence>
    ) {
        self.search = search
        self.candidates = candidates
        self.shortest = shortest
        self.end = end
        limit = end &- Self.margin
        at = start &+ 9
        anchor = start
        next = sequences
        candidates[8] = 8
    }

    @inline(__always)
    package var isUnderWay: Bool { at < limit }

    @inline(__always)
    package mutating func step(_ input: UnsafePointer<UInt8>) {
        let base = at
        let stride = 1 &+ min((base &- anchor) &>> Self.patience, Self.longestStride &- 1)
        var found: UInt32 = 0
        var position = base
        var index = 0
        while index < 8 {
            let candidate = search.exchange(MatchExtension.word(input, position), UInt32(truncatingIfNeeded: position))
            candidates[index] = candidate
            found = found &+ found &+ (candidate < UInt32(truncatingIfNeeded: position) ? 1 : 0)
            position = position &+ stride
            index = index &+ 1
        }
        // Bit i: from the position i behind this one on, four bytes repeat the last distance.
        var repeats = MatchExtension.equalBytes(input, base, base &- distance)
        repeats &= repeats &>> 1
        repeats &= repeats &>> 2
        let first = (found &<< 24 | 1 &<< 23).leadingZeroBitCount
        let firstOffset = first &* stride
        let repeated = (UInt64(repeats) | 1 &<< 63).trailingZeroBitCount
        let isFound = 1 &- first &>> 3
        // A repeated distance is so cheap that it may begin a byte later.
        let isRepeat = (repeated &- firstOffset &- 2) &>> 63
        let place = base &+ (firstOffset ^ ((firstOffset ^ repeated) & isRepeat))
        let candidate = Int(candidates[first])
        let earlier = candidate ^ ((candidate ^ (place &- distance)) & isRepeat)
        let mask = UInt64(MatchExtension.equalBytes(input, place, earlier)) | UInt64(MatchExtension.equalBytes(input, place &+ 16, earlier &+ 16)) &<< 16
        var length = (~mask).trailingZeroBitCount
        let same = MatchExtension.difference(input, place &- 8, earlier &- 8).leadingZeroBitCount &>> 3
        var back = min(same, place &- anchor)
        if length == 32 { length = MatchExtension.forward(input, place, earlier, end) }
        if back == 8 { back = MatchExtension.backward(input, place, earlier, min(place &- anchor, earlier)) }
        let isValid = (shortest &- 1 &- length &- back) &>> 63 & (isRepeat | (0 &- isFound))
        next.pointee = LZSequence(
            literalCount: UInt32(truncatingIfNeeded: place &- back &- anchor),
            matchCount: UInt32(truncatingIfNeeded: length &+ back), distance: UInt32(truncatingIfNeeded: place &- earlier))
        next -= isValid
        distance ^= (distance ^ (place &- earlier)) & isValid
        at = position ^ ((position ^ (place &+ length)) & isValid)
        anchor ^= (anchor ^ at) & isValid
    }
}

/// Two halves of the input, parsed in turns.
package enum LaneParser {
    package static let workspaceSize = 128

    @inline(__always)
    package static func parse<Search: CandidateSearch>(
        _ first: Search, _ second: Search, _ input: UnsafePointer<UInt8>, _ count: Int, _ settings: LZSettings,
        _ workspace: UnsafeMutableRawPointer, _ sequences: UnsafeMutablePointer<LZSequence>
    ) -> Int {
        let candidates = workspace.bindMemory(to: UInt32.self, capacity: 32)
        let middle = count / 2
        let shortest = max(4, settings.minimumMatch)
        let place = sequences + middle / settings.minimumMatch
        var a = ParserLane(first, 0, middle, shortest, candidates, sequences)
        var b = ParserLane(second, middle, count, shortest, candidates + 16, place)
        while a.isUnderWay && b.isUnderWay {
            a.step(input)
            b.step(input)
        }
        while a.isUnderWay { a.step(input) }
        while b.isUnderWay { b.step(input) }
        let count = a.next - sequences
        let more = b.next - place
        if more > 0 { place.pointee.literalCount &+= UInt32(truncatingIfNeeded: middle &- a.anchor) }
        a.next.update(from: place, count: more)
        return count &+ more
    }
}
