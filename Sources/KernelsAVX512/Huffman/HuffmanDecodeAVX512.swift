#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// The decoder of the lanes layout with 512-bit vectors: one step decodes 32 symbols of a group.
    ///
    /// A lane is two words as they came from the stream, and where in them its next code begins. A funnel shift gives the next
    /// 16 bits; a code's length follows from four comparisons of these with the limits of the canonical code, its rank from a
    /// shift and an offset by length, its symbol from a table by rank. A lane that has left its first word behind takes the
    /// second for it, and the group's next word for that.
    ///
    /// A step of one group is a chain of some 45 cycles on Golden Cove, of which four groups overlap. They take 94 places of its
    /// two vector ports, so no fewer than 47 cycles for 128 symbols; 60 were measured. What saves instructions is worth more there
    /// than what shortens the chain.
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
                let ranks = group.step(tables)
                let found = tables.symbols(join(ranks, ranks))
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

        /// The low bytes of two groups' lanes as 64 bytes in the order of the lanes.
        @inline(__always)
        private static func join(_ even: __m512i, _ odd: __m512i) -> __m512i {
            avx512_select(_mm512_set1_epi16(0xFF), even, _mm512_slli_epi16(odd, 8))
        }
    }

    extension HuffmanDecodeAVX512 {
        /// The lanes of one group and its words.
        fileprivate struct Group {
            private var lanes: HuffmanWindowsAVX512
            private var next: UnsafeRawPointer
            private let end: UnsafeRawPointer

            init(
                _ lanes: UnsafePointer<UInt32>, _ first: Int, _ stride: Int, _ words: UnsafeRawBufferPointer,
                _ workspace: UnsafeMutableRawPointer
            ) {
                self.lanes = HuffmanWindowsAVX512(lanes, first, stride, workspace + 256)
                next = words.baseAddress.unsafelyUnwrapped
                end = next + words.count
            }

            /// Takes one code off each lane. Returns their ranks, in the low bytes.
            @inline(__always)
            mutating func step(_ tables: Tables) -> __m512i {
                let bits = lanes.bits
                let length = tables.lengths(bits)
                let left = _mm512_sub_epi8(lanes.extra, length)
                let short = _mm512_movepi16_mask(left)
                lanes.first = _mm512_mask_mov_epi16(lanes.first, short, lanes.second)
                lanes.second = _mm512_mask_expand_epi16(lanes.second, short, next.loadUnaligned(as: __m512i.self))
                lanes.extra = avx512_select(tables.fifteen, left, tables.zero)
                next += 2 &* short.nonzeroBitCount
                // Behind the end it stays there, so that too few words are noticed, and nothing far away is read.
                next = next > end ? end + 2 : next
                let code = _mm512_shldv_epi16(_mm512_setzero_si512(), bits, length)
                return _mm512_add_epi16(code, _mm512_permutexvar_epi8(length, tables.offsets))
            }

            /// Puts the lanes back. Returns whether the words are used up.
            func finish(
                _ lanes: UnsafeMutablePointer<UInt32>, _ first: Int, _ stride: Int, _ workspace: UnsafeMutableRawPointer
            ) -> Bool {
                self.lanes.store(lanes, first, stride, workspace + 256)
                return next == end
            }
        }
    }
#endif
