internal import CIntrinsics

/// How far two places in one input agree, forwards and backwards.
package enum MatchExtension {
    /// The number of bytes from `at` on that equal those from `earlier` on, none of them at or beyond `end`.
    ///
    /// Preconditions: `earlier < at <= end`, 64 bytes readable behind `end`. Their values do not count.
    @inline(__always)
    package static func forward(_ input: UnsafePointer<UInt8>, _ at: Int, _ earlier: Int, _ end: Int) -> Int {
        // Most matches are shorter than 32 bytes: they take no branch that depends on their length.
        let equal = equalBytes(input, at, earlier) | equalBytes(input, at &+ 16, earlier &+ 16) &<< 16
        let length = (~equal).trailingZeroBitCount
        if length < 32 { return min(length, end &- at) }
        return long(input, at, earlier, end)
    }

    /// ``forward(_:_:_:_:)`` for places whose first 32 bytes are equal.
    @inline(never)
    private static func long(_ input: UnsafePointer<UInt8>, _ at: Int, _ earlier: Int, _ end: Int) -> Int {
        // Sixty-four at a time, for how many times a loop would turn is hard to predict.
        let distance = at &- earlier
        var here = at &+ 32
        while here < end {
            let there = here &- distance
            let near = equalBytes(input, here, there) | equalBytes(input, here &+ 16, there &+ 16) &<< 16
            let far = equalBytes(input, here &+ 32, there &+ 32) | equalBytes(input, here &+ 48, there &+ 48) &<< 16
            let different = ~(UInt64(near) | UInt64(far) &<< 32)
            if different != 0 { return min(here &+ different.trailingZeroBitCount, end) &- at }
            here = here &+ 64
        }
        return end &- at
    }

    /// The number of bytes in front of `at` that equal those in front of `earlier`, at most `limit`.
    ///
    /// Preconditions: `limit <= earlier < at`.
    @inline(__always)
    package static func backward(_ input: UnsafePointer<UInt8>, _ at: Int, _ earlier: Int, _ limit: Int) -> Int {
        if earlier >= 8 {
            let bytes = difference(input, at &- 8, earlier &- 8).leadingZeroBitCount &>> 3
            if bytes < 8 || limit <= 8 { return min(bytes, limit) }
        }
        return longBackward(input, at, earlier, limit)
    }

    @inline(never)
    private static func longBackward(_ input: UnsafePointer<UInt8>, _ at: Int, _ earlier: Int, _ limit: Int) -> Int {
        var length = 0
        while length < limit, input[at &- length &- 1] == input[earlier &- length &- 1] { length = length &+ 1 }
        return length
    }

    /// Bit i, of 16: the bytes i behind the two places are equal. The other bits are zero.
    @inline(__always)
    package static func equalBytes(_ input: UnsafePointer<UInt8>, _ at: Int, _ earlier: Int) -> UInt32 {
        #if arch(x86_64)
            let a = UnsafeRawPointer(input).loadUnaligned(fromByteOffset: at, as: __m128i.self)
            let b = UnsafeRawPointer(input).loadUnaligned(fromByteOffset: earlier, as: __m128i.self)
            return UInt32(truncatingIfNeeded: _mm_movemask_epi8(_mm_cmpeq_epi8(a, b)))
        #else
            return zeroBytes(difference(input, at, earlier)) | zeroBytes(difference(input, at &+ 8, earlier &+ 8)) &<< 8
        #endif
    }

    /// Bit i: byte i is zero.
    @inline(__always)
    package static func zeroBytes(_ word: UInt64) -> UInt32 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        let zeros = ~(((word & low) &+ low) | word | low) &>> 7
        return UInt32(truncatingIfNeeded: (zeros &* 0x0102_0408_1020_4080) &>> 56)
    }

    /// Zero where the eight bytes at the two places are equal; the lowest byte is the first.
    @inline(__always)
    package static func difference(_ input: UnsafePointer<UInt8>, _ at: Int, _ earlier: Int) -> UInt64 {
        word(input, at) ^ word(input, earlier)
    }

    /// The eight bytes at `at`, the first one lowest.
    @inline(__always)
    package static func word(_ input: UnsafePointer<UInt8>, _ at: Int) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(input).loadUnaligned(fromByteOffset: at, as: UInt64.self))
    }
}
