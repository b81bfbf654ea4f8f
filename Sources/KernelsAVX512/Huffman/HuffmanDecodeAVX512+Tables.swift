#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    extension HuffmanDecodeAVX512 {
        /// What all lanes look up. The binary search runs over the 16 lengths up to the longest in use, of which those below 1 are
        /// never found: so each of its limits is below 2^16.
        ///
        /// A length, and a lane's `extra` bits, is kept in both bytes of a 16-bit lane, plus 64 in the low and plus 96 in the high one. Modulo 64, these are
        /// the places of the low and the high byte of its entry in a table of bytes: a lookup of bytes takes one instruction
        /// where one of words takes two. Shifts count modulo 16.
        struct Tables {
            /// The search's start: the longest length less 15, and 8 more.
            let start0: __m512i
            let start8: __m512i
            /// The limits that decide whether to add 8, and then 4.
            let limit8: __m512i
            let limit4: __m512i
            let limit12: __m512i
            /// By the length so far: the limits that decide whether to add 2, and then 1.
            let limits2: __m512i
            let limits1: __m512i
            /// By length: rank less code, modulo 256.
            let offsets: __m512i
            /// By rank, 64 each.
            let symbols0: __m512i
            let symbols1: __m512i
            let symbols2: __m512i
            let symbols3: __m512i
            let one = _mm512_set1_epi16(0x0101)
            let two = _mm512_set1_epi16(0x0202)
            let four = _mm512_set1_epi16(0x0404)
            let fifteen = _mm512_set1_epi16(0x0F0F)
            let zero = _mm512_set1_epi16(0x6040)
            /// Tables of 64 symbols in use: 1, 2 or 4.
            let parts: Int

            /// Uses 192 bytes of the workspace.
            init(_ code: HuffmanCode, _ workspace: UnsafeMutableRawPointer) {
                let entries = workspace.assumingMemoryBound(to: UInt8.self)
                func set(_ table: Int, _ length: Int, _ entry: UInt16) {
                    entries[table &+ length & 63] = UInt8(truncatingIfNeeded: entry)
                    entries[table &+ (length &+ 32) & 63] = UInt8(truncatingIfNeeded: entry &>> 8)
                }
                var longest = CodeLengths.maximum
                while code.limits[longest &- 1] == 65_536 { longest &-= 1 }
                let start = longest &- 15
                func limit(_ length: Int) -> UInt16 { length < 2 ? 0 : UInt16(truncatingIfNeeded: code.limits[length &- 1]) }
                var index = 0
                var ranks = 0
                while index < 16 {
                    set(0, start &+ index, limit(start &+ (index & 12) &+ 2))
                    set(64, start &+ index, limit(start &+ (index & 14) &+ 1))
                    set(128, index, code.offsets[index] & 0xFF)
                    ranks &+= Int(code.counts[index])
                    index &+= 1
                }
                limits2 = workspace.loadUnaligned(as: __m512i.self)
                limits1 = workspace.loadUnaligned(fromByteOffset: 64, as: __m512i.self)
                offsets = workspace.loadUnaligned(fromByteOffset: 128, as: __m512i.self)
                start0 = _mm512_set1_epi16(Int16(truncatingIfNeeded: 0x6040 &+ 0x0101 &* start))
                start8 = _mm512_set1_epi16(Int16(truncatingIfNeeded: 0x6040 &+ 0x0101 &* (start &+ 8)))
                limit8 = _mm512_set1_epi16(Int16(bitPattern: limit(start &+ 8)))
                limit4 = _mm512_set1_epi16(Int16(bitPattern: limit(start &+ 4)))
                limit12 = _mm512_set1_epi16(Int16(bitPattern: limit(start &+ 12)))
                let ranked = UnsafeRawPointer(code.ranked)
                symbols0 = ranked.loadUnaligned(as: __m512i.self)
                symbols1 = ranked.loadUnaligned(fromByteOffset: 64, as: __m512i.self)
                symbols2 = ranked.loadUnaligned(fromByteOffset: 128, as: __m512i.self)
                symbols3 = ranked.loadUnaligned(fromByteOffset: 192, as: __m512i.self)
                parts = ranks <= 64 ? 1 : ranks <= 128 ? 2 : 4
            }

            /// The lengths of the codes that `bits` begin with.
            @inline(__always)
            func lengths(_ bits: __m512i) -> __m512i {
                let by8 = avx512_words_at_least(bits, limit8)
                let length8 = _mm512_mask_blend_epi16(by8, start0, start8)
                let by4 = avx512_words_at_least(bits, _mm512_mask_blend_epi16(by8, limit4, limit12))
                let length4 = _mm512_mask_add_epi16(length8, by4, length8, four)
                let by2 = avx512_words_at_least(bits, _mm512_permutexvar_epi8(length4, limits2))
                let length2 = _mm512_mask_add_epi16(length4, by2, length4, two)
                let by1 = avx512_words_at_least(bits, _mm512_permutexvar_epi8(length2, limits1))
                return _mm512_mask_add_epi16(length2, by1, length2, one)
            }

            /// Symbols by rank, byte by byte.
            @inline(__always)
            func symbols(_ ranks: __m512i) -> __m512i {
                if parts == 1 { return _mm512_permutexvar_epi8(ranks, symbols0) }
                let low = _mm512_permutex2var_epi8(symbols0, ranks, symbols1)
                if parts == 2 { return low }
                return _mm512_mask_blend_epi8(_mm512_movepi8_mask(ranks), low, _mm512_permutex2var_epi8(symbols2, ranks, symbols3))
            }
        }
    }
#endif
