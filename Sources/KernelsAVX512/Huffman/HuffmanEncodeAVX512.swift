#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// The encoder of the lanes layout with 512-bit vectors: one step encodes 32 symbols of a group.
    ///
    /// A group's lanes are two vectors of 16-bit halves, left-aligned: T = 16 + `extra` bits are valid, what lies below them does not
    /// matter. When extra + length reaches 16 the lane's last 16 valid bits leave as a word; since they are only read, taking
    /// 16 off `extra` is all that this changes. Then the code is shifted in from above.
    ///
    /// What a symbol pushes comes from tables in registers. They are as small as the symbols in use allow: looking up 64 bytes in
    /// 256 entries takes eight places of the two vector ports of an Intel core, in 128 three, in 64 one.
    package enum HuffmanEncodeAVX512 {
        /// See `HuffmanLanes.Encode`.
        @Sendable
        package static func encode(
            _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) {
            let tables = Tables(code, workspace)
            let source = UnsafeRawPointer(symbols)
            switch groups {
            case 1: encodeOne(source, steps, tables, lanes, words, workspace)
            case 2: encodeTwo(source, steps, tables, lanes, words, workspace)
            default:
                // The number of parts is a constant in each of the three copies of the loop.
                switch tables.parts {
                case 1: encodeFour(source, steps, tables, 1, lanes, words, workspace)
                case 2: encodeFour(source, steps, tables, 2, lanes, words, workspace)
                default: encodeFour(source, steps, tables, 4, lanes, words, workspace)
                }
            }
        }

        private static func encodeOne(
            _ symbols: UnsafeRawPointer, _ steps: Int, _ tables: Tables, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) {
            var group = Group(lanes, 0, 1, words[0], workspace)
            var step = steps
            while step > 0 {
                step &-= 1
                let bytes = _mm512_cvtepu8_epi16(symbols.loadUnaligned(fromByteOffset: 32 &* step, as: __m256i.self))
                group.step(tables.pushes(bytes, tables.parts).even)
            }
            words[0] = group.finish(lanes, 0, 1, workspace)
        }

        private static func encodeTwo(
            _ symbols: UnsafeRawPointer, _ steps: Int, _ tables: Tables, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) {
            var even = Group(lanes, 0, 2, words[0], workspace)
            var odd = Group(lanes, 1, 2, words[1], workspace)
            var step = steps
            while step > 0 {
                step &-= 1
                let pushes = tables.pushes(symbols.loadUnaligned(fromByteOffset: 64 &* step, as: __m512i.self), tables.parts)
                even.step(pushes.even)
                odd.step(pushes.odd)
            }
            words[0] = even.finish(lanes, 0, 2, workspace)
            words[1] = odd.finish(lanes, 1, 2, workspace)
        }

        @inline(__always)
        private static func encodeFour(
            _ symbols: UnsafeRawPointer, _ steps: Int, _ tables: Tables, _ parts: Int, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) {
            var group0 = Group(lanes, 0, 2, words[0], workspace)
            var group1 = Group(lanes, 1, 2, words[1], workspace)
            var group2 = Group(lanes, 64, 2, words[2], workspace)
            var group3 = Group(lanes, 65, 2, words[3], workspace)
            var step = steps
            while step > 0 {
                step &-= 1
                let low = tables.pushes(symbols.loadUnaligned(fromByteOffset: 128 &* step, as: __m512i.self), parts)
                let high = tables.pushes(symbols.loadUnaligned(fromByteOffset: 128 &* step &+ 64, as: __m512i.self), parts)
                group0.step(low.even)
                group1.step(low.odd)
                group2.step(high.even)
                group3.step(high.odd)
            }
            words[0] = group0.finish(lanes, 0, 2, workspace)
            words[1] = group1.finish(lanes, 1, 2, workspace)
            words[2] = group2.finish(lanes, 64, 2, workspace)
            words[3] = group3.finish(lanes, 65, 2, workspace)
        }
    }

    extension HuffmanEncodeAVX512 {
        /// By symbol from the first one in use on: length << 12 | code, as two tables of bytes in four parts.
        fileprivate struct Tables {
            let low0: __m512i
            let low1: __m512i
            let low2: __m512i
            let low3: __m512i
            let high0: __m512i
            let high1: __m512i
            let high2: __m512i
            let high3: __m512i
            let lowBytes = _mm512_set1_epi16(0xFF)
            /// The first symbol with a code; 0 when the parts are four.
            let base: __m512i
            /// Parts of 64 symbols in use: 1, 2 or 4.
            let parts: Int

            /// Uses 512 bytes of the workspace.
            init(_ code: HuffmanCode, _ workspace: UnsafeMutableRawPointer) {
                var first = 0
                while first < 255, code.lengths[first] == 0 { first &+= 1 }
                var last = 255
                while last > first, code.lengths[last] == 0 { last &-= 1 }
                parts = last &- first < 64 ? 1 : last &- first < 128 ? 2 : 4
                if parts == 4 { first = 0 }
                base = _mm512_set1_epi8(Int8(truncatingIfNeeded: first))
                // Up to 127 entries behind those in use are read as anything: they end within the code's memory.
                let entries = UnsafeRawPointer(code.entries + first)
                var at = 0
                while at < 64 &* parts {
                    let entry = entries.loadUnaligned(fromByteOffset: 2 &* at, as: __m512i.self)
                    let high = _mm512_or_si512(_mm512_srli_epi16(entry, 12), _mm512_slli_epi16(entry, 4))
                    workspace.storeBytes(of: _mm512_cvtepi16_epi8(_mm512_srli_epi16(entry, 4)), toByteOffset: at, as: __m256i.self)
                    workspace.storeBytes(of: _mm512_cvtepi16_epi8(high), toByteOffset: 256 &+ at, as: __m256i.self)
                    at &+= 32
                }
                low0 = workspace.loadUnaligned(as: __m512i.self)
                low1 = workspace.loadUnaligned(fromByteOffset: 64, as: __m512i.self)
                low2 = workspace.loadUnaligned(fromByteOffset: 128, as: __m512i.self)
                low3 = workspace.loadUnaligned(fromByteOffset: 192, as: __m512i.self)
                high0 = workspace.loadUnaligned(fromByteOffset: 256, as: __m512i.self)
                high1 = workspace.loadUnaligned(fromByteOffset: 320, as: __m512i.self)
                high2 = workspace.loadUnaligned(fromByteOffset: 384, as: __m512i.self)
                high3 = workspace.loadUnaligned(fromByteOffset: 448, as: __m512i.self)
            }

            /// length << 12 | code of each byte, those at even and those at odd places.
            @inline(__always)
            func pushes(_ symbols: __m512i, _ parts: Int) -> (even: __m512i, odd: __m512i) {
                let low: __m512i
                let high: __m512i
                switch parts {
                case 1:
                    let places = _mm512_sub_epi8(symbols, base)
                    low = _mm512_permutexvar_epi8(places, low0)
                    high = _mm512_permutexvar_epi8(places, high0)
                case 2:
                    let places = _mm512_sub_epi8(symbols, base)
                    low = _mm512_permutex2var_epi8(low0, places, low1)
                    high = _mm512_permutex2var_epi8(high0, places, high1)
                default:
                    let upper = _mm512_movepi8_mask(symbols)
                    low = _mm512_mask_blend_epi8(
                        upper, _mm512_permutex2var_epi8(low0, symbols, low1), _mm512_permutex2var_epi8(low2, symbols, low3))
                    high = _mm512_mask_blend_epi8(
                        upper, _mm512_permutex2var_epi8(high0, symbols, high1), _mm512_permutex2var_epi8(high2, symbols, high3))
                }
                let even = avx512_select(lowBytes, low, _mm512_slli_epi16(high, 8))
                let odd = avx512_select(lowBytes, _mm512_srli_epi16(low, 8), high)
                return (even, odd)
            }
        }

        /// The lanes of one group, and where its words begin so far.
        fileprivate struct Group {
            private var states: HuffmanLanesAVX512
            private var words: UnsafeMutableRawPointer

            init(
                _ lanes: UnsafePointer<UInt32>, _ first: Int, _ stride: Int, _ end: UnsafeMutableRawPointer,
                _ workspace: UnsafeMutableRawPointer
            ) {
                states = HuffmanLanesAVX512(lanes, first, stride, workspace + 512)
                words = end
            }

            /// Puts one code on each lane.
            @inline(__always)
            mutating func step(_ push: __m512i) {
                let length = _mm512_srli_epi16(push, 12)
                let sum = _mm512_add_epi16(states.extra, length)
                let leaving = _mm512_test_epi16_mask(sum, _mm512_set1_epi16(16))
                let word = _mm512_shldv_epi16(states.high, states.low, states.extra)
                let count = leaving.nonzeroBitCount
                words -= 2 &* count
                // To a register first: compressing straight to memory is microcoded on Zen 4 and 5.
                _mm512_mask_storeu_epi16(
                    words, _bzhi_u32(UInt32.max, UInt32(truncatingIfNeeded: count)), _mm512_mask_compress_epi16(word, leaving, word))
                states.low = _mm512_shrdv_epi16(states.low, states.high, length)
                states.high = _mm512_shrdv_epi16(states.high, push, length)
                states.extra = _mm512_and_si512(sum, _mm512_set1_epi16(15))
            }

            /// Puts the lanes back. Returns where the words begin.
            func finish(
                _ lanes: UnsafeMutablePointer<UInt32>, _ first: Int, _ stride: Int, _ workspace: UnsafeMutableRawPointer
            ) -> UnsafeMutableRawPointer {
                states.store(lanes, first, stride, workspace + 512)
                return words
            }
        }
    }
#endif
