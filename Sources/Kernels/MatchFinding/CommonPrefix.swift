/// The portable comparison of two byte strings: how long a match is, how long a run is, whether a buffer is constant.
package enum CommonPrefix {
    /// The number of leading bytes, at most `limit`, that are equal in `a` and `b`. The two may overlap: with `b = a + 1` the
    /// result is the length of the run at `a`, minus one.
    ///
    /// Preconditions: `limit >= 0`, `limit` bytes readable at both. Reads nothing beyond them.
    package static func length(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ limit: Int) -> Int {
        var at = 0
        // Most prefixes are short: they end here.
        if limit >= 8 {
            let bits = difference(a, b, 0)
            if bits != 0 { return bits.trailingZeroBitCount / 8 }
            at = 8
        }
        // Four words a turn, so that the loop's own instructions do not decide the speed.
        while limit &- at >= 32 {
            let first = difference(a, b, at) | difference(a, b, at &+ 8)
            let second = difference(a, b, at &+ 16) | difference(a, b, at &+ 24)
            if first | second != 0 { break }
            at = at &+ 32
        }
        while limit &- at >= 8 {
            let bits = difference(a, b, at)
            if bits != 0 { return at &+ bits.trailingZeroBitCount / 8 }
            at = at &+ 8
        }
        while at < limit, a.load(fromByteOffset: at, as: UInt8.self) == b.load(fromByteOffset: at, as: UInt8.self) { at = at &+ 1 }
        return at
    }

    @inline(__always)
    private static func difference(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ at: Int) -> UInt64 {
        UInt64(littleEndian: a.loadUnaligned(fromByteOffset: at, as: UInt64.self) ^ b.loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
}
