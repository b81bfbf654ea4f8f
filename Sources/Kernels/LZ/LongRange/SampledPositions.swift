#if arch(x86_64)
    internal import CIntrinsics
#endif

/// Chooses one position of so many by the six bytes that stand there, and by nothing else: equal texts have equal choices.
///
/// The sum of three products of two bytes each, modulo 2^16, is above a threshold. Sixteen positions take about twenty instructions.
package enum SampledPositions {
    /// Positions that are looked at together.
    package static let group = 64
    /// Text with a period of a few bytes can have as many as it likes, and work depends on them: of a group's only the first so many
    /// count. With one in 32 that leaves out one of 27.
    package static let most = 4
    /// Sums above this, as signed numbers: one in 32, and one in 128.
    package static let usual: Int16 = 30_719
    package static let sparse: Int16 = 32_255

    // Odd, and without a pattern: multiples of 2^16 over the golden ratio and the square roots of 2 and 3.
    private static let factors: (Int16, Int16, Int16) = (-25_033, 27_145, -17_569)

    /// Positions from `start` on, in ascending order, until there is no room for a group's or `limit` is reached.
    ///
    /// Preconditions: `capacity` is ``most`` or more; ``group`` and 24 bytes from `limit` on can be read.
    ///
    /// - Returns: their number, and where the next search begins.
    @inline(never)
    package static func gather(
        _ input: UnsafePointer<UInt8>, _ start: Int, _ limit: Int, above threshold: Int16,
        into positions: UnsafeMutablePointer<UInt32>, capacity: Int
    ) -> (count: Int, next: Int) {
        var at = start
        var count = 0
        while at < limit, count &+ most <= capacity {
            var mask = UInt64(chosen(input, at, above: threshold)) | UInt64(chosen(input, at &+ 16, above: threshold)) &<< 16
            mask |= UInt64(chosen(input, at &+ 32, above: threshold)) &<< 32
            mask |= UInt64(chosen(input, at &+ 48, above: threshold)) &<< 48
            if at &+ group > limit { mask &= (1 &<< UInt64(truncatingIfNeeded: limit &- at)) &- 1 }
            // How many there are is hard to predict: all four are written, whether they are there or not.
            var index = 0
            while index < most {
                positions[count] = UInt32(truncatingIfNeeded: at &+ mask.trailingZeroBitCount)
                count = count &+ (mask != 0 ? 1 : 0)
                mask &= mask &- 1
                index = index &+ 1
            }
            at = at &+ group
        }
        return (count, min(at, limit))
    }

    /// Bit i, of 16: position `at + i` is chosen.
    @inline(__always)
    package static func chosen(_ input: UnsafePointer<UInt8>, _ at: Int, above threshold: Int16) -> UInt32 {
        #if arch(x86_64)
            let even = _mm_cmpgt_epi16(sums(input, at), _mm_set1_epi16(threshold))
            let odd = _mm_cmpgt_epi16(sums(input, at &+ 1), _mm_set1_epi16(threshold))
            // Even positions in the low bytes of lanes, odd ones in the high bytes.
            let low = _mm_and_si128(even, _mm_set1_epi16(0xFF))
            return UInt32(truncatingIfNeeded: _mm_movemask_epi8(_mm_or_si128(low, _mm_andnot_si128(_mm_set1_epi16(0xFF), odd))))
        #else
            return chosenOneByOne(input, at, above: threshold)
        #endif
    }

    /// The same without vectors.
    package static func chosenOneByOne(_ input: UnsafePointer<UInt8>, _ at: Int, above threshold: Int16) -> UInt32 {
        var mask: UInt32 = 0
        var index = 0
        while index < 16 {
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
