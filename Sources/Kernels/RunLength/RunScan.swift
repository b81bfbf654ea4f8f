// Finding runs of equal bytes.
//
// Whether eight bytes are equal is one comparison: a 64-bit word equals itself turned by one byte only then. A run of at
// least `minimum` bytes covers a whole word at one of any positions that lie `minimum - 7` apart, so the scan looks at one
// word in `minimum - 7` bytes and skips the others unseen. A word that hits is a candidate: its run is followed both ways,
// and when it is too short the scan goes on where the next run of `minimum` bytes can end its first word at the earliest.

/// The portable run scan.
package enum RunScan {
    /// The first position `p` in `start ..< end` from which `minimum` equal bytes follow before `end`; `end` when there is none.
    ///
    /// Preconditions: `minimum >= 15`, `0 <= start <= end`, `bytes` readable from `start` to `end`. Reads nothing outside.
    package static func firstRunStart(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, _ minimum: Int) -> Int {
        let stride = minimum &- 7
        var word = start &+ minimum &- 8
        while word &+ 8 <= end {
            let value = load(bytes, word)
            if value == (value &<< 8 | value &>> 56) {
                let found = follow(bytes, word, start, end, minimum)
                if found >= 0 { return found }
                word = ~found &+ minimum &- 8
            } else {
                word = word &+ stride
            }
        }
        return end
    }

    /// Follows the run around the eight equal bytes at `word` both ways, not past `start` and `end`.
    ///
    /// - Returns: where it starts, or, when it has fewer than `minimum` bytes, `~e` with `e` the position after it.
    ///
    /// Preconditions: `start <= word`, `word + 8 <= end`, the eight bytes at `word` are equal. Called by every
    /// instruction set's scan, once for each candidate. With a minimum of 16 both loops over words mostly turn once: how far a
    /// short run goes is counted in bits, because no branch on it could be predicted.
    @inline(never)
    package static func follow(_ bytes: UnsafeRawPointer, _ word: Int, _ start: Int, _ end: Int, _ minimum: Int) -> Int {
        let pattern = load(bytes, word)
        var first = word
        var difference: UInt64 = 0
        while difference == 0, first &- start >= 8 {
            difference = load(bytes, first &- 8) ^ pattern
            first = first &- difference.leadingZeroBitCount / 8
        }
        if difference == 0 { first = followBytesDown(bytes, first, start) }
        var last = word &+ 8
        difference = 0
        while difference == 0, last &- first < minimum, end &- last >= 8 {
            difference = load(bytes, last) ^ pattern
            last = last &+ difference.trailingZeroBitCount / 8
        }
        if difference == 0, last &- first < minimum { last = followBytesUp(bytes, last, end) }
        return last &- first >= minimum ? first : ~last
    }

    /// The start of the run that ends before `first`, where a word would begin before `start`.
    private static func followBytesDown(_ bytes: UnsafeRawPointer, _ first: Int, _ start: Int) -> Int {
        let value = bytes.load(fromByteOffset: first, as: UInt8.self)
        var at = first
        while at > start, bytes.load(fromByteOffset: at &- 1, as: UInt8.self) == value { at = at &- 1 }
        return at
    }

    /// The end of the run before `last`, where a word would end after `end`.
    private static func followBytesUp(_ bytes: UnsafeRawPointer, _ last: Int, _ end: Int) -> Int {
        let value = bytes.load(fromByteOffset: last &- 1, as: UInt8.self)
        var at = last
        while at < end, bytes.load(fromByteOffset: at, as: UInt8.self) == value { at = at &+ 1 }
        return at
    }

    @inline(__always)
    private static func load(_ bytes: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}
