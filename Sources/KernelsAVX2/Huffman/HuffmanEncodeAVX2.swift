#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// The encoder of the lanes layout with 256-bit vectors: 16 lanes at a time, two vectors a group.
    ///
    /// Codes are looked up one by one, for a batch of steps at a time: a vector load that followed its small stores at once would
    /// wait until they have all left the store buffer. Then each group takes its batch alone. Its steps hardly wait for each other,
    /// and the state of one group is all that 16 registers hold.
    package enum HuffmanEncodeAVX2 {
        /// Symbols of a batch.
        private static let batchSize = 2048
        /// Places in the workspace: four lookup tables, the entries of a batch, the groups' lanes.
        private static let batchPlace = 4 * HuffmanEntriesAVX2.tableSize
        private static let lanesPlace = batchPlace + 2 * batchSize

        /// See `HuffmanLanes.Encode`.
        @Sendable
        package static func encode(
            _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) {
            let entries = HuffmanEntriesAVX2(code, workspace)
            let batch = workspace + batchPlace
            let row = HuffmanLanes.perGroup &* groups
            var group = 0
            while group < groups {
                let (first, stride) = HuffmanLanes.lanes(of: group, groups: groups)
                HuffmanPushesAVX2.load(lanes + first, stride, into: workspace + lanesPlace + HuffmanPushesAVX2.size &* group)
                group &+= 1
            }
            var left = steps
            while left > 0 {
                let count = min(left, batchSize / row)
                left &-= count
                let source = UnsafeRawPointer(symbols + left &* row)
                if groups == 1 {
                    entries.look(up: source, count &* row, into: batch)
                } else {
                    entries.lookInPairs(up: source, count &* row, into: batch)
                }
                group = 0
                while group < groups {
                    // A group's 32 entries of a step are 64 bytes.
                    var pushes = HuffmanPushesAVX2(workspace + lanesPlace + HuffmanPushesAVX2.size &* group)
                    words[group] = pushes.push(batch + 64 &* group, count, 2 &* row, before: words[group])
                    pushes.save(workspace + lanesPlace + HuffmanPushesAVX2.size &* group)
                    group &+= 1
                }
            }
            group = 0
            while group < groups {
                let (first, stride) = HuffmanLanes.lanes(of: group, groups: groups)
                HuffmanPushesAVX2.store(workspace + lanesPlace + HuffmanPushesAVX2.size &* group, into: lanes + first, stride)
                group &+= 1
            }
        }
    }

    /// Entries of a code by symbol, in four tables of 64 bits each: the entry in bits 0, 16, 32 and 48. Four symbols' entries or-ed
    /// are four lanes, for one store.
    struct HuffmanEntriesAVX2 {
        static let tableSize = 256 * 8
        private let tables: UnsafeRawPointer

        /// Uses four times ``tableSize`` bytes of the workspace.
        init(_ code: HuffmanCode, _ workspace: UnsafeMutableRawPointer) {
            tables = UnsafeRawPointer(workspace)
            var symbol = 0
            while symbol < 256 {
                let entries = _mm256_cvtepu16_epi64(_mm_loadl_epi64(UnsafeRawPointer(code.entries + symbol).assumingMemoryBound(to: __m128i.self)))
                let target = workspace + 8 &* symbol
                target.storeBytes(of: entries, as: __m256i.self)
                (target + Self.tableSize).storeBytes(of: _mm256_slli_epi64(entries, 16), as: __m256i.self)
                (target + 2 &* Self.tableSize).storeBytes(of: _mm256_slli_epi64(entries, 32), as: __m256i.self)
                (target + 3 &* Self.tableSize).storeBytes(of: _mm256_slli_epi64(entries, 48), as: __m256i.self)
                symbol &+= 4
            }
        }

        /// Writes the entries of `count` symbols, a multiple of 8, in their order.
        func look(up symbols: UnsafeRawPointer, _ count: Int, into target: UnsafeMutableRawPointer) {
            var at = 0
            while at < count {
                let (first, second) = (pair(symbols, at), pair(symbols, at &+ 2))
                let entries = low(first, 0) | high(first, 1) | low(second, 2) | high(second, 3)
                (target + 2 &* at).storeBytes(of: entries, as: UInt64.self)
                at &+= 4
            }
        }

        /// Writes the entries of `count` symbols, a multiple of 64: of each 64 first the even ones, then the odd ones.
        func lookInPairs(up symbols: UnsafeRawPointer, _ count: Int, into target: UnsafeMutableRawPointer) {
            var at = 0
            while at < count {
                let places = target + 2 &* at
                let source = symbols + at
                var inner = 0
                while inner < 64 {
                    let (first, second) = (pair(source, inner), pair(source, inner &+ 2))
                    let (third, fourth) = (pair(source, inner &+ 4), pair(source, inner &+ 6))
                    let even = low(first, 0) | low(second, 1) | low(third, 2) | low(fourth, 3)
                    let odd = high(first, 0) | high(second, 1) | high(third, 2) | high(fourth, 3)
                    (places + inner).storeBytes(of: even, as: UInt64.self)
                    (places + 64 + inner).storeBytes(of: odd, as: UInt64.self)
                    inner &+= 8
                }
                at &+= 64
            }
        }

        /// Two symbols by one load: with one load each the loads would be what bounds the loop, with more at once the shifts.
        @inline(__always)
        private func pair(_ symbols: UnsafeRawPointer, _ at: Int) -> UInt16 {
            UInt16(littleEndian: symbols.loadUnaligned(fromByteOffset: at, as: UInt16.self))
        }

        /// The entry of the first of two symbols, in lane `lane` of four.
        @inline(__always)
        private func low(_ pair: UInt16, _ lane: Int) -> UInt64 {
            tables.load(fromByteOffset: Self.tableSize &* lane &+ 8 &* Int(pair & 0xFF), as: UInt64.self)
        }

        /// The entry of the second of two symbols, in lane `lane` of four.
        @inline(__always)
        private func high(_ pair: UInt16, _ lane: Int) -> UInt64 {
            tables.load(fromByteOffset: Self.tableSize &* lane &+ 8 &* Int(pair &>> 8), as: UInt64.self)
        }
    }

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
            let shuffles = HuffmanVectorsAVX2.shuffles + 4096
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
