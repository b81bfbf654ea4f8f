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
            let tables = Tables(code, workspace)
            let target = UnsafeMutableRawPointer(symbols)
            switch groups {
            case 1: return decodeOne(target, steps, tables, lanes, words, workspace)
            case 2: return decodeTwo(target, steps, tables, lanes, words, workspace)
            default:
                // The number of parts is a constant in each of the three copies of the loop.
                switch tables.parts {
                case 1: return decodeFour(target, steps, tables, 1, lanes, words, workspace)
                case 2: return decodeFour(target, steps, tables, 2, lanes, words, workspace)
                default: return decodeFour(target, steps, tables, 4, lanes, words, workspace)
                }
            }
        }

        private static func decodeOne(
            _ symbols: UnsafeMutableRawPointer, _ steps: Int, _ tables: Tables, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            var group = Group(lanes, 0, 1, words[0], workspace)
            var step = 0
            while step < steps {
                let ranks = group.step(tables)
                let found = tables.symbols(join(ranks, ranks), tables.parts)
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
                let found = tables.symbols(join(even.step(tables), odd.step(tables)), tables.parts)
                (symbols + 64 &* step).storeBytes(of: found, as: __m512i.self)
                step &+= 1
            }
            let isEvenExact = even.finish(lanes, 0, 2, workspace)
            return odd.finish(lanes, 1, 2, workspace) && isEvenExact
        }

        @inline(__always)
        private static func decodeFour(
            _ symbols: UnsafeMutableRawPointer, _ steps: Int, _ tables: Tables, _ parts: Int, _ lanes: UnsafeMutablePointer<UInt32>,
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
                target.storeBytes(of: tables.symbols(low, parts), as: __m512i.self)
                (target + 64).storeBytes(of: tables.symbols(high, parts), as: __m512i.self)
                step &+= 1
            }
            var isExact = group0.finish(lanes, 0, 2, workspace)
            isExact = group1.finish(lanes, 1, 2, workspace) && isExact
            isExact = group2.finish(lanes, 64, 2, workspace) && isExact
            return group3.finish(lanes, 65, 2, workspace) && isExact
        }

        /// The low bytes of two groups' lanes as 64 bytes in the order of the lanes.
        @inline(__always)
        private static func join(_ even: __m512i, _ odd: __m512i) -> __m512i {
            avx512_select(_mm512_set1_epi16(0xFF), even, _mm512_slli_epi16(odd, 8))
        }
    }

    extension HuffmanDecodeAVX512 {
        /// What all lanes look up. The binary search runs over the 16 lengths up to the longest in use, of which those below 1 are
        /// never found: so each of its limits is below 2^16.
        ///
        /// A length is kept in both bytes of a 16-bit lane, plus 64 in the low and plus 96 in the high one. Modulo 64, these are
        /// the places of the low and the high byte of its entry in a table of bytes: a lookup of bytes takes one instruction
        /// where one of words takes two. Shifts count modulo 16.
        fileprivate struct Tables {
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

            /// Symbols by rank, byte by byte; ranks are below 64 `parts`.
            @inline(__always)
            func symbols(_ ranks: __m512i, _ parts: Int) -> __m512i {
                if parts == 1 { return _mm512_permutexvar_epi8(ranks, symbols0) }
                let low = _mm512_permutex2var_epi8(symbols0, ranks, symbols1)
                if parts == 2 { return low }
                return _mm512_mask_blend_epi8(_mm512_movepi8_mask(ranks), low, _mm512_permutex2var_epi8(symbols2, ranks, symbols3))
            }
        }

        /// The lanes of one group and its words. The next code begins in `first`, 16 - `extra` bits from its top, and goes on in
        /// `second`: T = 16 + `extra` bits are left.
        fileprivate struct Group {
            private var first: __m512i
            private var second: __m512i
            private var extra: __m512i
            private var next: UnsafeRawPointer
            private let end: UnsafeRawPointer

            init(
                _ lanes: UnsafePointer<UInt32>, _ firstLane: Int, _ stride: Int, _ words: UnsafeRawBufferPointer,
                _ workspace: UnsafeMutableRawPointer
            ) {
                let halves = (workspace + 256).assumingMemoryBound(to: UInt16.self)
                var lane = 0
                while lane < 32 {
                    let bits = lanes[firstLane &+ lane &* stride]
                    halves[lane] = UInt16(truncatingIfNeeded: bits &>> 16)
                    halves[32 &+ lane] = UInt16(truncatingIfNeeded: bits)
                    halves[64 &+ lane] = 0x6040 &+ 0x0101 &* UInt16(truncatingIfNeeded: 15 &- bits.leadingZeroBitCount)
                    lane &+= 1
                }
                first = workspace.loadUnaligned(fromByteOffset: 256, as: __m512i.self)
                second = workspace.loadUnaligned(fromByteOffset: 320, as: __m512i.self)
                extra = workspace.loadUnaligned(fromByteOffset: 384, as: __m512i.self)
                next = words.baseAddress.unsafelyUnwrapped
                end = next + words.count
            }

            /// Takes one code off each lane. Returns the ranks of their symbols.
            @inline(__always)
            mutating func step(_ tables: Tables) -> __m512i {
                let bits = _mm512_shrdv_epi16(second, first, extra)
                let length = tables.lengths(bits)
                let left = _mm512_sub_epi8(extra, length)
                let short = _mm512_movepi16_mask(left)
                first = _mm512_mask_mov_epi16(first, short, second)
                second = _mm512_mask_expand_epi16(second, short, next.loadUnaligned(as: __m512i.self))
                extra = avx512_select(tables.fifteen, left, tables.zero)
                next += 2 &* short.nonzeroBitCount
                // Behind the end it stays there, so that too few words are noticed, and nothing far away is read.
                next = next > end ? end + 2 : next
                let code = _mm512_shldv_epi16(_mm512_setzero_si512(), bits, length)
                return _mm512_add_epi16(code, _mm512_permutexvar_epi8(length, tables.offsets))
            }

            /// Puts the lanes back. Returns whether the words are used up.
            func finish(
                _ lanes: UnsafeMutablePointer<UInt32>, _ firstLane: Int, _ stride: Int, _ workspace: UnsafeMutableRawPointer
            ) -> Bool {
                let place = workspace + 256
                let halves = place.assumingMemoryBound(to: UInt16.self)
                place.storeBytes(of: first, as: __m512i.self)
                place.storeBytes(of: second, toByteOffset: 64, as: __m512i.self)
                place.storeBytes(of: extra, toByteOffset: 128, as: __m512i.self)
                var lane = 0
                while lane < 32 {
                    let mark: UInt32 = 1 &<< (16 | UInt32(halves[64 &+ lane] & 15))
                    let bits = UInt32(halves[lane]) &<< 16 | UInt32(halves[32 &+ lane])
                    lanes[firstLane &+ lane &* stride] = bits & (mark &- 1) | mark
                    lane &+= 1
                }
                return next == end
            }
        }
    }
#endif
