internal import CIntrinsics

/// Eight words against one, bytewise: what makes a row cheap to search.
package enum RowCompare {
    /// Bits 4 i to 4 i + 3 of the result, i in 0...7: which of the four bytes of word i are those of `wanted`, lowest byte first.
    ///
    /// SSE2 is part of every x86-64; the result is that of ``portableEqualBytes(_:_:)``.
    @inline(__always)
    package static func equalBytes(_ words: UnsafePointer<UInt32>, _ wanted: UInt32) -> UInt64 {
        #if arch(x86_64)
            let raw = UnsafeRawPointer(words)
            let pattern = _mm_set1_epi32(Int32(bitPattern: wanted))
            let low = _mm_movemask_epi8(_mm_cmpeq_epi8(raw.loadUnaligned(as: __m128i.self), pattern))
            let high = _mm_movemask_epi8(_mm_cmpeq_epi8(raw.loadUnaligned(fromByteOffset: 16, as: __m128i.self), pattern))
            return UInt64(UInt32(bitPattern: low | high &<< 16))
        #else
            return portableEqualBytes(words, wanted)
        #endif
    }

    /// Two words at a time in one register: a byte that differs leaves its top bit set, and a product gathers the eight top bits.
    @inline(__always)
    package static func portableEqualBytes(_ words: UnsafePointer<UInt32>, _ wanted: UInt32) -> UInt64 {
        let pattern = UInt64(wanted) &* 0x1_0000_0001
        var mask: UInt64 = 0
        var pair = 0
        while pair < 4 {
            let two = UInt64(words[2 &* pair]) | UInt64(words[2 &* pair &+ 1]) &<< 32
            let difference = two ^ pattern
            let differing = (difference & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | difference
            let equal = (~differing & 0x8080_8080_8080_8080) &>> 7
            mask |= ((equal &* 0x0102_0408_1020_4080) &>> 56) &<< UInt64(truncatingIfNeeded: 8 &* pair)
            pair = pair &+ 1
        }
        return mask
    }

    /// The four bytes at `at`, as a row holds them.
    @inline(__always)
    static func fourBytes(_ input: UnsafePointer<UInt8>, _ at: Int) -> UInt32 {
        UInt32(littleEndian: UnsafeRawPointer(input).loadUnaligned(fromByteOffset: at, as: UInt32.self))
    }
}
