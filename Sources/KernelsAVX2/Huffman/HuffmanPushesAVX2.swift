#if arch(x86_64)
    internal import CIntrinsics

    /// The lanes of one group while codes are pushed on them: right-aligned, so that the word that leaves is the low half as it is.
    struct HuffmanPushesAVX2 {
        /// Bytes of a group's lanes in memory.
        static let size = 192

        private var first: Half
        private var second: Half

        /// 16 lanes of `high` << 16 | `low`. Of the n = T - 16 bits in `high`, `counts` holds n << 8 | n ^ 8: where 2^n is looked up.
        private struct Half {
            var low: __m256i
            var high: __m256i
            var counts: __m256i
        }

        @inline(__always)
        init(_ memory: UnsafeRawPointer) {
            first = Half(
                low: memory.loadUnaligned(as: __m256i.self), high: memory.loadUnaligned(fromByteOffset: 64, as: __m256i.self),
                counts: memory.loadUnaligned(fromByteOffset: 128, as: __m256i.self))
            second = Half(
                low: memory.loadUnaligned(fromByteOffset: 32, as: __m256i.self),
                high: memory.loadUnaligned(fromByteOffset: 96, as: __m256i.self),
                counts: memory.loadUnaligned(fromByteOffset: 160, as: __m256i.self))
        }

        @inline(__always)
        func save(_ memory: UnsafeMutableRawPointer) {
            memory.storeBytes(of: first.low, as: __m256i.self)
            (memory + 32).storeBytes(of: second.low, as: __m256i.self)
            (memory + 64).storeBytes(of: first.high, as: __m256i.self)
            (memory + 96).storeBytes(of: second.high, as: __m256i.self)
            (memory + 128).storeBytes(of: first.counts, as: __m256i.self)
            (memory + 160).storeBytes(of: second.counts, as: __m256i.self)
        }

        /// Pushes `steps` codes on each lane, the last step's first; `entries` of a step lie `row` bytes after those of the one before.
        /// Writes words before `end`, and up to 16 bytes below them. Returns where they begin.
        @inline(__always)
        mutating func push(
            _ entries: UnsafeRawPointer, _ steps: Int, _ row: Int, before end: UnsafeMutableRawPointer
        ) -> UnsafeMutableRawPointer {
            let shuffles = HuffmanShufflesAVX2.tables + 4096
            // In words from the end: an address that counts them takes no instruction of its own.
            var taken = 0
            var source = entries + steps &* row
            while source > entries {
                source -= row
                let low = Self.push(&first, source.loadUnaligned(as: __m256i.self))
                let high = Self.push(&second, source.loadUnaligned(fromByteOffset: 32, as: __m256i.self))
                // Lanes 0...7, 16...23, 8...15, 24...31; shifts that make a mask times 16.
                let leaving = UInt(UInt32(bitPattern: _mm256_movemask_epi8(_mm256_packs_epi16(low.leaving, high.leaving))))
                Self.put(avx2_high_half(high.word), leaving &>> 20 & 0xFF0, shuffles, end, &taken)
                Self.put(_mm256_castsi256_si128(high.word), leaving &>> 4 & 0xFF0, shuffles, end, &taken)
                Self.put(avx2_high_half(low.word), leaving &>> 12 & 0xFF0, shuffles, end, &taken)
                Self.put(_mm256_castsi256_si128(low.word), leaving &<< 4 & 0xFF0, shuffles, end, &taken)
            }
            return end + 2 &* taken
        }

        /// Puts the words of 8 lanes, those of the mask, before those that are there.
        @inline(__always)
        private static func put(
            _ lanes: __m128i, _ maskTimes16: UInt, _ shuffles: UnsafeRawPointer, _ end: UnsafeMutableRawPointer, _ taken: inout Int
        ) {
            let places = shuffles.loadUnaligned(fromByteOffset: Int(bitPattern: maskTimes16), as: __m128i.self)
            (end + 2 &* taken - 16).storeBytes(of: _mm_shuffle_epi8(lanes, places), as: __m128i.self)
            taken &-= maskTimes16.nonzeroBitCount
        }

        /// - Returns: each lane's low half as it was, and all ones in the lanes from which it leaves.
        @inline(__always)
        private static func push(_ half: inout Half, _ entries: __m256i) -> (word: __m256i, leaving: __m256i) {
            // The length in both bytes, so that it adds to both counts.
            let twice = _mm256_set_epi64x(0x0E0E_0C0C_0A0A_0808, 0x0606_0404_0202_0000, 0x0E0E_0C0C_0A0A_0808, 0x0606_0404_0202_0000)
            let lengths = _mm256_and_si256(_mm256_shuffle_epi8(entries, twice), _mm256_set1_epi8(15))
            let codes = _mm256_srli_epi16(entries, 4)
            let powers = _mm256_shuffle_epi8(_mm256_set_epi64x(-0x7FBF_DFEF_F7FB_FDFF, 0, -0x7FBF_DFEF_F7FB_FDFF, 0), half.counts)
            let sums = _mm256_add_epi8(half.counts, lengths)
            let leaving = _mm256_cmpgt_epi16(sums, _mm256_set1_epi16(0x0FFF))
            // code << n: what is above 16 bits is zero unless a word leaves.
            let above = _mm256_mulhi_epu16(codes, powers)
            let middle = _mm256_or_si256(half.high, _mm256_mullo_epi16(codes, powers))
            let word = half.low
            half.low = _mm256_xor_si256(word, _mm256_and_si256(leaving, _mm256_xor_si256(word, middle)))
            half.high = _mm256_or_si256(above, _mm256_andnot_si256(leaving, middle))
            half.counts = _mm256_and_si256(sums, _mm256_set1_epi8(15))
            return (word, leaving)
        }
    }

    extension HuffmanPushesAVX2 {
        /// Writes a group's lanes, given in their outside form and `stride` apart, to `memory`.
        static func load(_ lanes: UnsafePointer<UInt32>, _ stride: Int, into memory: UnsafeMutableRawPointer) {
            let halves = memory.assumingMemoryBound(to: UInt16.self)
            var lane = 0
            while lane < 32 {
                let bits = lanes[lane &* stride]
                let count = UInt32(truncatingIfNeeded: 31 &- bits.leadingZeroBitCount)
                let valid = bits ^ 1 &<< count
                halves[lane] = UInt16(truncatingIfNeeded: valid)
                halves[32 &+ lane] = UInt16(truncatingIfNeeded: valid &>> 16)
                halves[64 &+ lane] = UInt16(truncatingIfNeeded: (count &- 16) &<< 8 | (count &- 16) ^ 8)
                lane &+= 1
            }
        }

        /// The reverse of ``load(_:_:into:)``.
        static func store(_ memory: UnsafeRawPointer, into lanes: UnsafeMutablePointer<UInt32>, _ stride: Int) {
            let halves = memory.assumingMemoryBound(to: UInt16.self)
            var lane = 0
            while lane < 32 {
                let valid = UInt32(halves[32 &+ lane]) &<< 16 | UInt32(halves[lane])
                lanes[lane &* stride] = valid | 1 &<< (16 &+ UInt32(halves[64 &+ lane] &>> 8))
                lane &+= 1
            }
        }
    }
#endif
