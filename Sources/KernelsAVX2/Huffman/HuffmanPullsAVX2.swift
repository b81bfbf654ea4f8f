#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// The lanes of one group while codes are pulled off them, and the words that are left.
    struct HuffmanPullsAVX2 {
        /// Bytes of a group's lanes in memory.
        static let size = 192

        /// Lanes 0...7 and 16...23, left-aligned: `high` is always full.
        private var first: Half
        /// Lanes 8...15 and 24...31: packing both halves to bytes puts all lanes in order.
        private var second: Half
        /// By lane, how many bits of `low` are valid; zeros follow them.
        private var extra: __m256i
        private var next: UnsafeRawPointer
        private let end: UnsafeRawPointer
        private let shuffles: UnsafeRawPointer

        private struct Half {
            var high: __m256i
            var low: __m256i
        }

        /// `shuffles` are those of ``HuffmanShufflesAVX2``, taken outside of loops: each use of a lazy global may call its initialiser.
        @inline(__always)
        init(_ memory: UnsafeRawPointer, _ shuffles: UnsafeRawPointer) {
            self.shuffles = shuffles
            first = Half(high: memory.loadUnaligned(as: __m256i.self), low: memory.loadUnaligned(fromByteOffset: 64, as: __m256i.self))
            second = Half(
                high: memory.loadUnaligned(fromByteOffset: 32, as: __m256i.self),
                low: memory.loadUnaligned(fromByteOffset: 96, as: __m256i.self))
            extra = memory.loadUnaligned(fromByteOffset: 128, as: __m256i.self)
            next = memory.load(fromByteOffset: 160, as: UnsafeRawPointer.self)
            end = memory.load(fromByteOffset: 168, as: UnsafeRawPointer.self)
        }

        @inline(__always)
        func save(_ memory: UnsafeMutableRawPointer) {
            memory.storeBytes(of: first.high, as: __m256i.self)
            (memory + 32).storeBytes(of: second.high, as: __m256i.self)
            (memory + 64).storeBytes(of: first.low, as: __m256i.self)
            (memory + 96).storeBytes(of: second.low, as: __m256i.self)
            (memory + 128).storeBytes(of: extra, as: __m256i.self)
            memory.storeBytes(of: next, toByteOffset: 160, as: UnsafeRawPointer.self)
        }

        /// Whether no step has taken words from behind the end. The next one takes 64 bytes at most.
        @inline(__always)
        var hasWords: Bool { next <= end }

        /// Takes one code off each lane. Returns the ranks of their symbols, one byte for each lane.
        @inline(__always)
        mutating func pull(_ tables: HuffmanLengthsAVX2) -> __m256i {
            let lengths = tables.lengths(first.high, second.high)
            let places = _mm256_xor_si256(lengths, _mm256_set1_epi8(8))
            let firstCodes = Self.consume(&first, _mm256_unpacklo_epi8(lengths, places))
            let secondCodes = Self.consume(&second, _mm256_unpackhi_epi8(lengths, places))
            refill(_mm256_sub_epi8(extra, lengths))
            let low = _mm256_set1_epi16(0xFF)
            let codes = _mm256_packus_epi16(_mm256_and_si256(firstCodes, low), _mm256_and_si256(secondCodes, low))
            return _mm256_add_epi8(codes, _mm256_shuffle_epi8(tables.offsets, lengths))
        }

        /// Shifts by the lengths of which `places` holds n and n ^ 8. Returns what was shifted out.
        @inline(__always)
        private static func consume(_ half: inout Half, _ places: __m256i) -> __m256i {
            // 2^n for n < 16: the low byte by n, the high byte by n ^ 8.
            let powers = _mm256_set_epi64x(0, Int64(bitPattern: 0x8040_2010_0804_0201), 0, Int64(bitPattern: 0x8040_2010_0804_0201))
            let power = _mm256_shuffle_epi8(powers, places)
            let codes = _mm256_mulhi_epu16(half.high, power)
            half.high = _mm256_or_si256(_mm256_mullo_epi16(half.high, power), _mm256_mulhi_epu16(half.low, power))
            half.low = _mm256_mullo_epi16(half.low, power)
            return codes
        }

        /// Gives a word to each lane in which `left`, the valid bits of `low`, is negative.
        @inline(__always)
        private mutating func refill(_ left: __m256i) {
            // The lanes in order. Shifts that make a mask of 8 lanes times 16.
            let short = UInt(UInt32(bitPattern: _mm256_movemask_epi8(left)))
            var taken = 0
            let words0 = words(short &<< 4 & 0xFF0, &taken)
            let words1 = words(short &>> 4 & 0xFF0, &taken)
            let words2 = words(short &>> 12 & 0xFF0, &taken)
            let words3 = words(short &>> 20 & 0xFF0, &taken)
            next += 2 &* taken
            extra = _mm256_and_si256(left, _mm256_set1_epi8(15))
            let places = _mm256_xor_si256(extra, _mm256_set1_epi8(8))
            Self.put(_mm256_set_m128i(words2, words0), &first, _mm256_unpacklo_epi8(extra, places))
            Self.put(_mm256_set_m128i(words3, words1), &second, _mm256_unpackhi_epi8(extra, places))
        }

        /// The next words, in the lanes of the mask.
        @inline(__always)
        private func words(_ maskTimes16: UInt, _ taken: inout Int) -> __m128i {
            let places = shuffles.loadUnaligned(fromByteOffset: Int(bitPattern: maskTimes16), as: __m128i.self)
            let source = next.loadUnaligned(fromByteOffset: 2 &* taken, as: __m128i.self)
            taken &+= maskTimes16.nonzeroBitCount
            return _mm_shuffle_epi8(source, places)
        }

        /// Puts words below the valid bits; lanes that take none have a zero. A lane that takes one has `extra` valid bits afterwards,
        /// and none in `low` before, so that its word moves up by 16 - `extra`, 1...12; `places` holds n = `extra` and n ^ 8.
        @inline(__always)
        private static func put(_ words: __m256i, _ half: inout Half, _ places: __m256i) {
            // 2^(16 - n) for n > 0: the low byte by n, the high byte by n ^ 8.
            let above = Int64(bitPattern: 0x0204_0810_2040_8000)
            let power = _mm256_shuffle_epi8(_mm256_set_epi64x(above, 1, above, 1), places)
            half.high = _mm256_or_si256(half.high, _mm256_mulhi_epu16(words, power))
            half.low = _mm256_or_si256(half.low, _mm256_mullo_epi16(words, power))
        }
    }

    extension HuffmanPullsAVX2 {
        /// Writes a group's lanes, given in their outside form and `stride` apart, and its words to `memory`.
        static func load(
            _ lanes: UnsafePointer<UInt32>, _ stride: Int, _ words: UnsafeRawBufferPointer, into memory: UnsafeMutableRawPointer
        ) {
            let halves = memory.assumingMemoryBound(to: UInt16.self)
            let extra = (memory + 128).assumingMemoryBound(to: UInt8.self)
            var lane = 0
            while lane < 32 {
                let bits = lanes[lane &* stride]
                let free = UInt32(truncatingIfNeeded: bits.leadingZeroBitCount)
                let aligned = (bits &<< free) &<< 1
                halves[place(lane)] = UInt16(truncatingIfNeeded: aligned &>> 16)
                halves[32 &+ place(lane)] = UInt16(truncatingIfNeeded: aligned)
                extra[lane] = UInt8(truncatingIfNeeded: 15 &- free)
                lane &+= 1
            }
            let next = words.baseAddress.unsafelyUnwrapped
            memory.storeBytes(of: next, toByteOffset: 160, as: UnsafeRawPointer.self)
            memory.storeBytes(of: next + words.count, toByteOffset: 168, as: UnsafeRawPointer.self)
        }

        /// The reverse of ``load(_:_:_:into:)``. Returns whether the words are used up.
        static func store(_ memory: UnsafeRawPointer, into lanes: UnsafeMutablePointer<UInt32>, _ stride: Int) -> Bool {
            let halves = memory.assumingMemoryBound(to: UInt16.self)
            let extra = (memory + 128).assumingMemoryBound(to: UInt8.self)
            var lane = 0
            while lane < 32 {
                let aligned = UInt64(halves[place(lane)]) &<< 16 | UInt64(halves[32 &+ place(lane)]) | 1 &<< 32
                lanes[lane &* stride] = UInt32(truncatingIfNeeded: aligned &>> (16 &- UInt64(extra[lane])))
                lane &+= 1
            }
            let next = memory.load(fromByteOffset: 160, as: UnsafeRawPointer.self)
            return next == memory.load(fromByteOffset: 168, as: UnsafeRawPointer.self)
        }

        /// Where the two vectors, one behind the other, have a lane.
        @inline(__always)
        private static func place(_ lane: Int) -> Int { lane & 7 | (lane & 16) &>> 1 | (lane & 8) &<< 1 }
    }
#endif
