#if arch(x86_64)
    internal import CIntrinsics
#endif

/// Finds the instructions that ``CallTargets`` converts, 64 bytes at a time.
package enum CallOpcodes {
    /// Bytes of a word of 64 and of the longest instruction that begins in it. A mask reads no more.
    package static let wordSpan = 64 + CallTargets.longestX86 - 1

    /// Bit k: an x86-64 instruction that is looked for may begin at byte k. What the operand of another one covers is not known here.
    @inline(__always)
    package static func x86(_ code: UnsafeRawPointer) -> UInt64 {
        #if arch(x86_64)
            let low = sixteen(code) | sixteen(code + 16) &<< 16
            let high = sixteen(code + 32) | sixteen(code + 48) &<< 16
            return UInt64(UInt32(bitPattern: low)) | UInt64(UInt32(bitPattern: high)) &<< 32
        #else
            return portableX86(code)
        #endif
    }

    #if arch(x86_64)
        /// SSE2 is part of every x86-64.
        @inline(__always)
        private static func sixteen(_ code: UnsafeRawPointer) -> Int32 {
            let first = code.loadUnaligned(as: __m128i.self)
            let second = code.loadUnaligned(fromByteOffset: 1, as: __m128i.self)
            func both(_ bytes: __m128i, _ mask: UInt8, _ wanted: UInt8) -> __m128i {
                let masked = _mm_and_si128(bytes, _mm_set1_epi8(Int8(bitPattern: mask)))
                return _mm_cmpeq_epi8(masked, _mm_set1_epi8(Int8(bitPattern: wanted)))
            }
            let moves = _mm_and_si128(both(first, 0xF9, 0x89), both(second, 0xC7, 0x05))
            let real = _mm_andnot_si128(_mm_cmpeq_epi8(first, _mm_set1_epi8(Int8(bitPattern: 0x8F))), moves)
            return _mm_movemask_epi8(_mm_or_si128(real, _mm_cmpeq_epi8(first, _mm_set1_epi8(Int8(bitPattern: 0xE8)))))
        }
    #endif

    /// Of opcodes at the bits of two masks, those that no instruction before them covers.
    package static func uncovered(_ calls: UInt64, _ moves: UInt64) -> UInt64 {
        var rest = calls | moves
        var first: UInt64 = 0
        while rest != 0 {
            let lowest = rest & (0 &- rest)
            first |= lowest
            let behind = lowest &<< (calls & lowest == 0 ? 6 : 5)
            rest &= ~(behind &- lowest)
        }
        return first
    }

    /// The same as ``x86`` without vectors.
    package static func portableX86(_ code: UnsafeRawPointer) -> UInt64 {
        var mask: UInt64 = 0
        var offset = 64
        while offset > 0 {
            offset &-= 8
            mask = mask &<< 8 | eight(code + offset)
        }
        return mask
    }

    /// Eight bytes in one register: a byte that is what is looked for has its top bit set, and a product gathers the eight top bits.
    @inline(__always)
    private static func eight(_ code: UnsafeRawPointer) -> UInt64 {
        let first = UInt64(littleEndian: code.loadUnaligned(as: UInt64.self))
        let second = UInt64(littleEndian: code.loadUnaligned(fromByteOffset: 1, as: UInt64.self))
        let calls = zeroBytes(first ^ 0xE8E8_E8E8_E8E8_E8E8)
        let moves = (first & 0xF9F9_F9F9_F9F9_F9F9) ^ 0x8989_8989_8989_8989
        let operands = (second & 0xC7C7_C7C7_C7C7_C7C7) ^ 0x0505_0505_0505_0505
        let others = zeroBytes(first ^ 0x8F8F_8F8F_8F8F_8F8F)
        let found = calls | zeroBytes(moves | operands) & ~others
        return ((found &>> 7) &* 0x0102_0408_1020_4080) &>> 56
    }

    /// Bit 8 k + 7: byte k is zero.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~((word & low) &+ low | word | low)
    }
}
