#if arch(x86_64)
    internal import CIntrinsics
#endif

/// Chooses about one position in 32 by the six bytes that stand there, and by nothing else: equal texts have equal choices.
///
/// The sum of three products of two bytes each, modulo 2^16, is above a threshold. Sixteen positions take twenty instructions.
package enum SampledPositions {
    /// Positions that are looked at together, and bytes that are read from the first of them on.
    static let group = 16
    static let reach = 24
    /// A sum above this, as a signed number: one in 32.
    private static let threshold: Int16 = 30719
    /// Text with a period of a few bytes can have so many as it likes. Of more than this in a group only the first counts, for work
    /// would depend on them.
    private static let most = 4

    // Odd, and without a pattern: multiples of 2^16 over the golden ratio and the square roots of 2 and 3.
    private static let factors: (Int16, Int16, Int16) = (-25_033, 27_145, -17_569)

    /// Positions from `start` on, in ascending order, until `capacity` or `limit` is reached.
    ///
    /// Preconditions: `capacity` is 16 or more; ``reach`` bytes from `limit` on can be read.
    ///
    /// - Returns: their number, and where the next search begins.
    @inline(never)
    package static func gather(
        _ input: UnsafePointer<UInt8>, _ start: Int, _ limit: Int, into positions: UnsafeMutablePointer<UInt32>, capacity: Int
    ) -> (count: Int, next: Int) {
        var at = start
        var count = 0
        let full = capacity &- group
        while at < limit, count <= full {
            var mask = chosen(input, at)
            if mask != 0 {
                if at &+ group > limit { mask &= (1 &<< UInt32(truncatingIfNeeded: limit &- at)) &- 1 }
                if mask.nonzeroBitCount > most { mask &= 0 &- mask }
                while mask != 0 {
                    positions[count] = UInt32(truncatingIfNeeded: at &+ mask.trailingZeroBitCount)
                    count = count &+ 1
                    mask &= mask &- 1
                }
            }
            at = at &+ group
        }
        return (count, min(at, limit))
    }

    /// Bit i, of 16: position `at + i` is chosen.
    @inline(__always)
    package static func chosen(_ input: UnsafePointer<UInt8>, _ at: Int) -> UInt32 {
        #if arch(x86_64)
            let even = _mm_cmpgt_epi16(sums(input, at), _mm_set1_epi16(threshold))
            let odd = _mm_cmpgt_epi16(sums(input, at &+ 1), _mm_set1_epi16(threshold))
            // Even positions in the low bytes of lanes, odd ones in the high bytes.
            let low = _mm_and_si128(even, _mm_set1_epi16(0xFF))
            return UInt32(truncatingIfNeeded: _mm_movemask_epi8(_mm_or_si128(low, _mm_andnot_si128(_mm_set1_epi16(0xFF), odd))))
        #else
            return chosenOneByOne(input, at)
        #endif
    }

    /// The same without vectors.
    package static func chosenOneByOne(_ input: UnsafePointer<UInt8>, _ at: Int) -> UInt32 {
        var mask: UInt32 = 0
        var index = 0
        while index < group {
            let sum =
                pair(input, at &+ index) &* factors.0 &+ pair(input, at &+ index &+ 2) &* factors.1
                &+ pair(input, at &+ index &+ 4) &* factors.2
            mask |= (sum > threshold ? 1 : 0) &<< UInt32(truncatingIfNeeded: index)
            index = index &+ 1
        }
        return mask
    }

    @inline(__always)
    private static func pair(_ input: UnsafePointer<UInt8>, _ at: Int) -> Int16 {
        Int16(littleEndian: UnsafeRawPointer(input).loadUnaligned(fromByteOffset: at, as: Int16.self))
    }

    #if arch(x86_64)
        /// The sums of eight positions, each two bytes behind the one before.
        @inline(__always)
        private static func sums(_ input: UnsafePointer<UInt8>, _ at: Int) -> __m128i {
            let bytes = UnsafeRawPointer(input) + at
            let first = _mm_mullo_epi16(bytes.loadUnaligned(as: __m128i.self), _mm_set1_epi16(factors.0))
            let second = _mm_mullo_epi16(bytes.loadUnaligned(fromByteOffset: 2, as: __m128i.self), _mm_set1_epi16(factors.1))
            let third = _mm_mullo_epi16(bytes.loadUnaligned(fromByteOffset: 4, as: __m128i.self), _mm_set1_epi16(factors.2))
            return _mm_add_epi16(_mm_add_epi16(first, second), third)
        }
    #endif
}
