#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// The decoder of the lanes layout with 512-bit vectors: one step decodes 32 symbols of a group.
    ///
    /// A group's lanes are two vectors of 16-bit halves: `high` is always full of valid bits, `low` holds `extra` = T - 16 more,
    /// with zeros below. A code's length follows from four comparisons of `high` with the limits of the canonical code, as a
    /// binary search whose sign bits are the bits of the length; its rank from a shift and an offset by length; its symbol
    /// from a table by rank. The steps of one group wait for each other, some 30 cycles each; two or four groups overlap.
    package enum HuffmanDecodeAVX512 {
        /// See `HuffmanLanes.Decode`.
        @Sendable
        package static func decode(
            _ symbols: UnsafeMutablePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode,
            _ lanes: UnsafeMutablePointer<UInt32>, _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            let tables = Tables(code, steps, workspace)
            let target = UnsafeMutableRawPointer(symbols)
            switch groups {
            case 1: return decodeOne(target, steps, tables, lanes, words, workspace)
            case 2: return decodeTwo(target, steps, tables, lanes, words, workspace)
            default: return decodeFour(target, steps, tables, lanes, words, workspace)
            }
        }

        private static func decodeOne(
            _ symbols: UnsafeMutableRawPointer, _ steps: Int, _ tables: Tables, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            var group = Group(lanes, 0, 1, words[0], workspace)
            var step = 0
            while step < steps {
                let found = tables.symbols(group.step(tables))
                (symbols + 32 &* step).storeBytes(of: _mm512_cvtepi16_epi8(found), as: __m256i.self)
                step &+= 1
            }
            return group.finish(lanes, 0, 1, workspace)
        }

        private static func decodeTwo(
            _ symbols: UnsafeMutableRawPointer, _ steps: Int, _ tables: Tables, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            var even = Group(lanes, 0, 2, words[0], workspace)
            var odd = Group(lanes, 1, 2, words[1], workspace)
            var step = 0
            while step < steps {
                let found = tables.symbols(join(even.step(tables), odd.step(tables)))
                (symbols + 64 &* step).storeBytes(of: found, as: __m512i.self)
                step &+= 1
            }
            let isEvenExact = even.finish(lanes, 0, 2, workspace)
            return odd.finish(lanes, 1, 2, workspace) && isEvenExact
        }

        private static func decodeFour(
            _ symbols: UnsafeMutableRawPointer, _ steps: Int, _ tables: Tables, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            var group0 = Group(lanes, 0, 2, words[0], workspace)
            var group1 = Group(lanes, 1, 2, words[1], workspace)
            var group2 = Group(lanes, 64, 2, words[2], workspace)
            var group3 = Group(lanes, 65, 2, words[3], workspace)
            var step = 0
            while step < steps {
                let low = join(group0.step(tables), group1.step(tables))
                let high = join(group2.step(tables), group3.step(tables))
                let target = symbols + 128 &* step
                target.storeBytes(of: tables.symbols(low), as: __m512i.self)
                (target + 64).storeBytes(of: tables.symbols(high), as: __m512i.self)
                step &+= 1
            }
            var isExact = group0.finish(lanes, 0, 2, workspace)
            isExact = group1.finish(lanes, 1, 2, workspace) && isExact
            isExact = group2.finish(lanes, 64, 2, workspace) && isExact
            return group3.finish(lanes, 65, 2, workspace) && isExact
        }

        /// Ranks of two groups as 64 bytes in the order of the lanes.
        @inline(__always)
        private static func join(_ even: __m512i, _ odd: __m512i) -> __m512i { _mm512_or_si512(even, _mm512_slli_epi16(odd, 8)) }
    }

    extension HuffmanDecodeAVX512 {
        /// What all lanes look up. Limits are halved and one less, so that limit - bits is negative, without overflow, exactly when
        /// the bits, halved too, begin with a code longer than the limit's length.
        fileprivate struct Tables {
            let limit7: __m512i
            let limit3: __m512i
            let limit11: __m512i
            /// By 5 bits of which 3 and 2 are the length's: the limit that decides bit 1.
            let limits1: __m512i
            /// By 5 bits of which 3 to 1 are the length's: the limit that decides bit 0.
            let limits0: __m512i
            /// By length: rank less code.
            let offsets: __m512i
            /// By rank, 64 each.
            let symbols0: __m512i
            let symbols1: __m512i
            let symbols2: __m512i
            let symbols3: __m512i
            /// Bits 3; 3 and 2; 3 to 1 of each lane.
            let bit3 = _mm512_set1_epi16(8)
            let bits32 = _mm512_set1_epi16(12)
            let bits321 = _mm512_set1_epi16(14)
            let fifteen = _mm512_set1_epi16(15)
            /// Zeros that the compiler does not know as such: it would make the merging expansion a zeroing one, which waits for the
            /// old value of its target on Zen 4 and 5.
            let zeros: __m512i
            /// Whether ranks stay below 128.
            let isSmall: Bool

            /// Uses 192 bytes of the workspace.
            init(_ code: HuffmanCode, _ steps: Int, _ workspace: UnsafeMutableRawPointer) {
                zeros = _mm512_set1_epi16(Int16(truncatingIfNeeded: steps &>> 62))
                let entries = workspace.assumingMemoryBound(to: UInt16.self)
                func limit(_ length: Int) -> UInt16 { UInt16(truncatingIfNeeded: Int(code.limits[length]) &>> 1 &- 1) }
                var index = 0
                var ranks = 0
                while index < 32 {
                    entries[index] = limit(index & 12 | 1)
                    entries[32 &+ index] = limit(index & 14)
                    entries[64 &+ index] = code.offsets[index & 15]
                    ranks &+= index < 16 ? Int(code.counts[index]) : 0
                    index &+= 1
                }
                limits1 = workspace.loadUnaligned(as: __m512i.self)
                limits0 = workspace.loadUnaligned(fromByteOffset: 64, as: __m512i.self)
                offsets = workspace.loadUnaligned(fromByteOffset: 128, as: __m512i.self)
                limit7 = _mm512_set1_epi16(Int16(bitPattern: limit(7)))
                limit3 = _mm512_set1_epi16(Int16(bitPattern: limit(3)))
                limit11 = _mm512_set1_epi16(Int16(bitPattern: limit(11)))
                let ranked = UnsafeRawPointer(code.ranked)
                symbols0 = ranked.loadUnaligned(as: __m512i.self)
                symbols1 = ranked.loadUnaligned(fromByteOffset: 64, as: __m512i.self)
                symbols2 = ranked.loadUnaligned(fromByteOffset: 128, as: __m512i.self)
                symbols3 = ranked.loadUnaligned(fromByteOffset: 192, as: __m512i.self)
                isSmall = ranks <= 128
            }

            /// The lengths of the codes that the lanes begin with.
            @inline(__always)
            func lengths(_ high: __m512i) -> __m512i {
                let bits = _mm512_srli_epi16(high, 1)
                // Each sign is a bit of the length. Bits of an index that mean nothing are whatever the last sign was.
                let sign3 = _mm512_srai_epi16(_mm512_sub_epi16(limit7, bits), 15)
                let sign2 = _mm512_srai_epi16(_mm512_sub_epi16(avx512_select(sign3, limit11, limit3), bits), 15)
                let index2 = avx512_select(bit3, sign3, sign2)
                let sign1 = _mm512_srai_epi16(_mm512_sub_epi16(_mm512_permutexvar_epi16(index2, limits1), bits), 15)
                let index1 = avx512_select(bits32, index2, sign1)
                let sign0 = _mm512_srli_epi16(_mm512_sub_epi16(_mm512_permutexvar_epi16(index1, limits0), bits), 15)
                return avx512_select(bits321, index1, sign0)
            }

            /// Symbols by rank, byte by byte.
            @inline(__always)
            func symbols(_ ranks: __m512i) -> __m512i {
                let low = _mm512_permutex2var_epi8(symbols0, ranks, symbols1)
                if isSmall { return low }
                return _mm512_mask_blend_epi8(_mm512_movepi8_mask(ranks), low, _mm512_permutex2var_epi8(symbols2, ranks, symbols3))
            }
        }

        /// The lanes of one group and its words.
        fileprivate struct Group {
            private var states: HuffmanLanesAVX512
            private var next: UnsafeRawPointer
            private let end: UnsafeRawPointer

            init(
                _ lanes: UnsafePointer<UInt32>, _ first: Int, _ stride: Int, _ words: UnsafeRawBufferPointer,
                _ workspace: UnsafeMutableRawPointer
            ) {
                states = HuffmanLanesAVX512(lanes, first, stride, workspace + 256)
                next = words.baseAddress.unsafelyUnwrapped
                end = next + words.count
            }

            /// Takes one code off each lane. Returns the ranks of their symbols.
            @inline(__always)
            mutating func step(_ tables: Tables) -> __m512i {
                let length = tables.lengths(states.high)
                let code = _mm512_shldv_epi16(_mm512_setzero_si512(), states.high, length)
                states.high = _mm512_shldv_epi16(states.high, states.low, length)
                states.low = _mm512_sllv_epi16(states.low, length)
                let left = _mm512_sub_epi16(states.extra, length)
                let short = _mm512_movepi16_mask(left)
                let word = _mm512_mask_expand_epi16(tables.zeros, short, next.loadUnaligned(as: __m512i.self))
                states.extra = _mm512_and_si512(left, tables.fifteen)
                // Lanes that take no word have a zero here. A short lane has `extra` valid bits in all, and none in `low`.
                states.high = _mm512_or_si512(states.high, _mm512_srlv_epi16(word, states.extra))
                states.low = _mm512_mask_shrdv_epi16(states.low, short, word, states.extra)
                next += 2 &* short.nonzeroBitCount
                // Behind the end it stays there, so that too few words are noticed, and nothing far away is read.
                next = next > end ? end + 2 : next
                return _mm512_add_epi16(code, _mm512_permutexvar_epi16(length, tables.offsets))
            }

            /// Puts the lanes back. Returns whether the words are used up.
            func finish(
                _ lanes: UnsafeMutablePointer<UInt32>, _ first: Int, _ stride: Int, _ workspace: UnsafeMutableRawPointer
            ) -> Bool {
                states.store(lanes, first, stride, workspace + 256)
                return next == end
            }
        }
    }
#endif
