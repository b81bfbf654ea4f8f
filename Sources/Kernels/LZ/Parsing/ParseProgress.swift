/// What a parser has done: kept in registers by loops that all of it is inlined into.
struct ParseProgress {
    /// Where parsers begin: whatever is found to be repeated then has eight bytes in front of it.
    static let start = 9
    /// No position is looked up so few bytes before the end, so that all have their eight bytes, and sixteen for comparisons.
    static let margin = 64
    /// After so many literals positions that are looked up are one farther apart.
    private static let patience = 256
    /// More would be faster yet on noise, but blind to what follows it.
    private static let longestStep = 16

    /// The first byte that no sequence covers.
    private(set) var anchor = 0
    /// The last distance, and the one before it.
    private(set) var distance = 1
    private(set) var otherDistance = 4
    private(set) var next: UnsafeMutablePointer<LZSequence>
    /// Positions are looked up in front of this one only.
    let limit: Int
    private var long: LongMatches

    /// The bytes of a word that the shortest match has.
    private let shortestMask: UInt64

    /// - Parameter shortest: 4...8 bytes.
    @inline(__always)
    init(_ sequences: UnsafeMutablePointer<LZSequence>, count: Int, shortest: Int, _ long: LongMatches) {
        next = sequences
        limit = count &- Self.margin
        self.long = long
        shortestMask = ~0 &>> UInt64(truncatingIfNeeded: 64 &- 8 &* shortest)
    }

    /// Of a long match's positions only those in the last so many bytes go into tables, one in so many.
    private static let insertedTail = 512
    private static let insertedStep = 4

    /// Where a parser at `at` looks up from its loop: to search less densely, to take a long match, or to end.
    @inline(__always)
    func pause(_ at: Int) -> Int { min(limit, at &+ Self.patience, long.start) }

    /// Goes on from a pause in front of ``limit``: behind the long match that was reached, else with positions farther apart.
    ///
    /// - Parameter insert: adds a position to the parser's tables.
    @inline(__always)
    mutating func resume(
        _ input: UnsafePointer<UInt8>, _ at: inout Int, _ step: inout Int, firstStep: Int, insert: (_ position: Int) -> Void
    ) {
        if at < long.start {
            step = min(step &+ 1, Self.longestStep)
            return
        }
        takeLong(input, at)
        let end = min(anchor, limit)
        var inside = max(at, end &- Self.insertedTail)
        while inside < end {
            insert(inside)
            inside = inside &+ Self.insertedStep
        }
        at = max(at, anchor)
        step = firstStep
    }

    /// Ends a sequence with what is left of the long match that was reached, if that is enough.
    private mutating func takeLong(_ input: UnsafePointer<UInt8>, _ at: Int) {
        let match = long.rest(from: at)
        if match.length > 0 { take(input, at, at &- Int(match.distance), Int(match.length)) }
    }

    /// Ends a sequence with the match of `length` bytes at `place`, and of those in front of it that match too.
    @inline(__always)
    mutating func take(_ input: UnsafePointer<UInt8>, _ place: Int, _ earlier: Int, _ length: Int) {
        let back = MatchExtension.backward(input, place, earlier, min(place &- anchor, earlier))
        if place &- earlier != distance { otherDistance = distance }
        distance = place &- earlier
        append(place &- back &- anchor, length &+ back)
        anchor = place &+ length
    }

    /// True when a match with the distance before the last one's is right behind the last match.
    @inline(__always)
    func isOtherRepeated(_ input: UnsafePointer<UInt8>) -> Bool {
        MatchExtension.difference(input, anchor, anchor &- otherDistance) & shortestMask == 0
    }

    /// Ends a sequence without literals.
    @inline(__always)
    mutating func takeOther(_ input: UnsafePointer<UInt8>, _ count: Int) {
        let length = MatchExtension.forward(input, anchor, anchor &- otherDistance, count)
        (distance, otherDistance) = (otherDistance, distance)
        append(0, length)
        anchor = anchor &+ length
    }

    @inline(__always)
    private mutating func append(_ literalCount: Int, _ matchCount: Int) {
        next.pointee = LZSequence(
            literalCount: UInt32(truncatingIfNeeded: literalCount), matchCount: UInt32(truncatingIfNeeded: matchCount),
            distance: UInt32(truncatingIfNeeded: distance))
        next += 1
    }
}
