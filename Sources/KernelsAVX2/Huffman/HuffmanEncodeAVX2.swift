#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// The encoder of the lanes layout with 256-bit vectors: 16 lanes at a time, two vectors a group. Codes are looked up one by one.
    package enum HuffmanEncodeAVX2 {
        /// Places in the workspace: the codes by symbol, the codes of a step (even, then odd lanes), and lanes on their way.
        private static let pushesPlace = 512
        private static let lanesPlace = 1024

        /// See `HuffmanLanes.Encode`.
        @Sendable
        package static func encode(
            _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) {
            let entries = workspace.assumingMemoryBound(to: UInt16.self)
            var symbol = 0
            while symbol < 256 {
                // length << 12 | code
                let entry = code.entries[symbol]
                entries[symbol] = entry &>> 4 | entry &<< 12
                symbol &+= 1
            }
            if groups == 1 { return encodeOne(symbols, steps, entries, lanes, words, workspace) }
            var pair = 0
            while pair < groups {
                let first = 32 &* pair
                encodePair(symbols + first, steps, 32 &* groups, entries, lanes + first, words + pair, workspace)
                pair &+= 2
            }
        }

        private static func encodeOne(
            _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ entries: UnsafePointer<UInt16>, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) {
            var group = Group(lanes, 0, 1, words[0], workspace + lanesPlace)
            let pushes = (workspace + pushesPlace).assumingMemoryBound(to: UInt16.self)
            var step = steps
            while step > 0 {
                step &-= 1
                let source = symbols + 32 &* step
                var lane = 0
                while lane < 32 {
                    pushes[lane] = entries[Int(source[lane])]
                    lane &+= 1
                }
                group.step(workspace + pushesPlace)
            }
            words[0] = group.finish(lanes, 0, 1, workspace + lanesPlace)
        }

        private static func encodePair(
            _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ row: Int, _ entries: UnsafePointer<UInt16>,
            _ lanes: UnsafeMutablePointer<UInt32>, _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>,
            _ workspace: UnsafeMutableRawPointer
        ) {
            var even = Group(lanes, 0, 2, words[0], workspace + lanesPlace)
            var odd = Group(lanes, 1, 2, words[1], workspace + lanesPlace)
            let pushes = (workspace + pushesPlace).assumingMemoryBound(to: UInt16.self)
            var step = steps
            while step > 0 {
                step &-= 1
                let source = symbols + row &* step
                var lane = 0
                while lane < 32 {
                    pushes[lane] = entries[Int(source[2 &* lane])]
                    pushes[32 &+ lane] = entries[Int(source[2 &* lane &+ 1])]
                    lane &+= 1
                }
                even.step(workspace + pushesPlace)
                odd.step(workspace + pushesPlace + 64)
            }
            words[0] = even.finish(lanes, 0, 2, workspace + lanesPlace)
            words[1] = odd.finish(lanes, 1, 2, workspace + lanesPlace)
        }
    }

    extension HuffmanEncodeAVX2 {
        /// The lanes of one group, and where its words begin so far. What lies below a lane's valid bits does not matter.
        fileprivate struct Group {
            private var first: HuffmanHalfGroupAVX2
            private var second: HuffmanHalfGroupAVX2
            private var words: UnsafeMutableRawPointer
            private let shuffles = HuffmanVectorsAVX2.shuffles + 4096

            init(
                _ lanes: UnsafePointer<UInt32>, _ start: Int, _ stride: Int, _ end: UnsafeMutableRawPointer,
                _ workspace: UnsafeMutableRawPointer
            ) {
                first = HuffmanHalfGroupAVX2(lanes, start, stride, workspace)
                second = HuffmanHalfGroupAVX2(lanes, start &+ 16 &* stride, stride, workspace)
                words = end
            }

            /// Puts one code on each lane; `pushes` are 32 of length << 12 | code.
            @inline(__always)
            mutating func step(_ pushes: UnsafeRawPointer) {
                let low = Self.push(&first, pushes.loadUnaligned(as: __m256i.self))
                let high = Self.push(&second, pushes.loadUnaligned(fromByteOffset: 32, as: __m256i.self))
                // Lanes 0...7, 16...23, 8...15, 24...31.
                let leaving = UInt32(bitPattern: _mm256_movemask_epi8(_mm256_packs_epi16(low.leaving, high.leaving)))
                put(avx2_high_half(high.word), leaving &>> 24)
                put(_mm256_castsi256_si128(high.word), leaving &>> 8 & 0xFF)
                put(avx2_high_half(low.word), leaving &>> 16 & 0xFF)
                put(_mm256_castsi256_si128(low.word), leaving & 0xFF)
            }

            /// Puts the words of the lanes in `mask` before those that are there; overwrites up to 16 bytes below them.
            @inline(__always)
            private mutating func put(_ lanes: __m128i, _ mask: UInt32) {
                let places = shuffles.loadUnaligned(fromByteOffset: 16 &* Int(mask), as: __m128i.self)
                (words - 16).storeBytes(of: _mm_shuffle_epi8(lanes, places), as: __m128i.self)
                words -= 2 &* mask.nonzeroBitCount
            }

            /// - Returns: each lane's last 16 bits as they were, and all ones in the lanes from which they leave.
            @inline(__always)
            private static func push(_ half: inout HuffmanHalfGroupAVX2, _ push: __m256i) -> (word: __m256i, leaving: __m256i) {
                let length = _mm256_srli_epi16(push, 12)
                let up = HuffmanVectorsAVX2.powers(half.extra)
                let word = _mm256_or_si256(_mm256_mullo_epi16(half.high, up), _mm256_mulhi_epu16(half.low, up))
                let sum = _mm256_add_epi16(half.extra, length)
                // x >> length is the high half of x << (16 - length).
                let down = HuffmanVectorsAVX2.powers(_mm256_sub_epi16(_mm256_set1_epi16(16), length))
                half.low = _mm256_or_si256(_mm256_mulhi_epu16(half.low, down), _mm256_mullo_epi16(half.high, down))
                half.high = _mm256_or_si256(_mm256_mulhi_epu16(half.high, down), _mm256_mullo_epi16(push, down))
                half.extra = _mm256_and_si256(sum, _mm256_set1_epi16(15))
                return (word, _mm256_cmpgt_epi16(sum, _mm256_set1_epi16(15)))
            }

            /// Puts the lanes back. Returns where the words begin.
            func finish(
                _ lanes: UnsafeMutablePointer<UInt32>, _ start: Int, _ stride: Int, _ workspace: UnsafeMutableRawPointer
            ) -> UnsafeMutableRawPointer {
                first.finish(lanes, start, stride, workspace)
                second.finish(lanes, start &+ 16 &* stride, stride, workspace)
                return words
            }
        }
    }
#endif
