/// A repeat of many bytes, wherever in the block its source is: `length` bytes from `start` on are those `distance` bytes before.
package struct LongMatch: Equatable, Sendable {
    package var start: UInt32
    package var length: UInt32
    package var distance: UInt32

    @inline(__always)
    package init(start: UInt32, length: UInt32, distance: UInt32) {
        self.start = start
        self.length = length
        self.distance = distance
    }

    @inline(__always)
    var end: Int { Int(start) &+ Int(length) }
}

/// Long matches in the order of their places, none overlapping another, as a parser meets them: it goes its way up to ``start``, and
/// takes there what ``rest(from:)`` gives.
package struct LongMatches {
    /// Bytes that one has at the least.
    package static let shortest = 64

    /// How many a block of `count` bytes can have at the most.
    package static func capacity(_ count: Int) -> Int { count / shortest + 1 }

    private var next: UnsafePointer<LongMatch>?
    private var left: Int
    /// Where the next one begins; beyond all positions when there is none.
    private(set) var start: Int

    /// What is left of a long match is not worth a far distance when it is shorter, for a parser finds such matches itself.
    private static let leastRest = 24

    package init(_ matches: UnsafePointer<LongMatch>? = nil, count: Int = 0) {
        next = matches
        left = count
        start = .max
        if count > 0, let matches { start = Int(matches.pointee.start) }
    }

    /// Takes the match that a parser at `at` has reached: what the parser's own matches have left of it, of length 0 when that is too
    /// little. Precondition: ``start`` is at or before `at`.
    @inline(never)
    mutating func rest(from at: Int) -> LZMatch {
        guard left > 0, let match = next?.pointee else { return LZMatch(length: 0, distance: 1) }
        left = left &- 1
        next = next! + 1
        start = left > 0 ? Int(next!.pointee.start) : .max
        let rest = match.end &- at
        return LZMatch(length: UInt32(truncatingIfNeeded: rest < Self.leastRest ? 0 : rest), distance: match.distance)
    }
}
