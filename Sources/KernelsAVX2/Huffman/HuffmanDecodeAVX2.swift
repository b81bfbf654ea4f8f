#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// The decoder of the lanes layout with 256-bit vectors: 16 lanes at a time, two vectors a group.
    ///
    /// A code's length is one more than the number of limits that the lane's bits reach; shifts are multiplications with powers of
    /// two; words reach their lanes by byte shuffles. Ranks become symbols one by one.
    package enum HuffmanDecodeAVX2 {
        /// Places in the workspace: limits, ranks of a step, and 96 bytes for lanes on their way.
        private static let ranksPlace = 512
        private static let lanesPlace = 1024

        /// See `HuffmanLanes.Decode`.
        @Sendable
        package static func decode(
            _ symbols: UnsafeMutablePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode,
            _ lanes: UnsafeMutablePointer<UInt32>, _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            let tables = Tables(code, workspace)
            if groups == 1 { return decodeOne(symbols, steps, tables, lanes, words[0], workspace) }
            var isExact = true
            var pair = 0
            while pair < groups {
                let first = 32 &* pair
                let target = symbols + first
                isExact = decodePair(target, steps, 32 &* groups, tables, lanes + first, words + pair, workspace) && isExact
                pair &+= 2
            }
            return isExact
        }

        private static func decodeOne(
            _ symbols: UnsafeMutablePointer<UInt8>, _ steps: Int, _ tables: Tables, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeRawBufferPointer, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            var group = Group(lanes, 0, 1, words, workspace + lanesPlace)
            let ranks = workspace + ranksPlace
            var step = 0
            while step < steps {
                let found = group.step(tables)
                ranks.storeBytes(of: found.first, as: __m256i.self)
                (ranks + 32).storeBytes(of: found.second, as: __m256i.self)
                let target = symbols + 32 &* step
                var lane = 0
                while lane < 32 {
                    target[lane] = tables.ranked[Int(ranks.load(fromByteOffset: 2 &* lane, as: UInt8.self))]
                    lane &+= 1
                }
                step &+= 1
            }
            return group.finish(lanes, 0, 1, workspace + lanesPlace)
        }

        private static func decodePair(
            _ symbols: UnsafeMutablePointer<UInt8>, _ steps: Int, _ row: Int, _ tables: Tables, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            var even = Group(lanes, 0, 2, words[0], workspace + lanesPlace)
            var odd = Group(lanes, 1, 2, words[1], workspace + lanesPlace)
            let ranks = workspace + ranksPlace
            var step = 0
            while step < steps {
                let low = even.step(tables)
                let high = odd.step(tables)
                ranks.storeBytes(of: join(low.first, high.first), as: __m256i.self)
                (ranks + 32).storeBytes(of: join(low.second, high.second), as: __m256i.self)
                let target = symbols + row &* step
                var lane = 0
                while lane < 64 {
                    translate(ranks.load(fromByteOffset: lane, as: UInt64.self), tables.ranked, target + lane)
                    lane &+= 8
                }
                step &+= 1
            }
            let isEvenExact = even.finish(lanes, 0, 2, workspace + lanesPlace)
            return odd.finish(lanes, 1, 2, workspace + lanesPlace) && isEvenExact
        }

        /// Ranks of two groups as bytes in the order of the lanes.
        @inline(__always)
        private static func join(_ even: __m256i, _ odd: __m256i) -> __m256i {
            _mm256_or_si256(_mm256_and_si256(even, _mm256_set1_epi16(0xFF)), _mm256_slli_epi16(odd, 8))
        }

        /// Writes the symbols of eight ranks.
        @inline(__always)
        private static func translate(_ ranks: UInt64, _ ranked: UnsafePointer<UInt8>, _ target: UnsafeMutablePointer<UInt8>) {
            target[0] = ranked[Int(ranks & 0xFF)]
            target[1] = ranked[Int(ranks &>> 8 & 0xFF)]
            target[2] = ranked[Int(ranks &>> 16 & 0xFF)]
            target[3] = ranked[Int(ranks &>> 24 & 0xFF)]
            target[4] = ranked[Int(ranks &>> 32 & 0xFF)]
            target[5] = ranked[Int(ranks &>> 40 & 0xFF)]
            target[6] = ranked[Int(ranks &>> 48 & 0xFF)]
            target[7] = ranked[Int(ranks &>> 56)]
        }
    }

    extension HuffmanDecodeAVX2 {
        /// What all lanes look up.
        fileprivate struct Tables {
            let ranked: UnsafePointer<UInt8>
            /// Eleven vectors: half the limit of the lengths 1 to 11, less one.
            let limits: UnsafeRawPointer
            /// By length: the low byte of rank less code.
            let offsets: __m256i
            let shuffles = HuffmanVectorsAVX2.shuffles

            /// Uses 384 bytes of the workspace.
            init(_ code: HuffmanCode, _ workspace: UnsafeMutableRawPointer) {
                ranked = UnsafePointer(code.ranked)
                limits = UnsafeRawPointer(workspace)
                var length = 1
                while length < 12 {
                    let limit = Int16(truncatingIfNeeded: Int(code.limits[length]) &>> 1 &- 1)
                    (workspace + 32 &* (length &- 1)).storeBytes(of: _mm256_set1_epi16(limit), as: __m256i.self)
                    length &+= 1
                }
                let bytes = (workspace + 352).assumingMemoryBound(to: UInt8.self)
                var index = 0
                while index < 32 {
                    bytes[index] = UInt8(truncatingIfNeeded: code.offsets[index & 15])
                    index &+= 1
                }
                offsets = workspace.loadUnaligned(fromByteOffset: 352, as: __m256i.self)
            }

            @inline(__always)
            private func reaches(_ bits: __m256i, _ length: Int) -> __m256i {
                _mm256_cmpgt_epi16(bits, limits.loadUnaligned(fromByteOffset: 32 &* (length &- 1), as: __m256i.self))
            }

            /// The lengths of the codes that the lanes begin with: each limit reached counts as -1.
            @inline(__always)
            func lengths(_ high: __m256i) -> __m256i {
                let bits = _mm256_srli_epi16(high, 1)
                let sum1 = _mm256_add_epi16(_mm256_add_epi16(reaches(bits, 1), reaches(bits, 2)), reaches(bits, 3))
                let sum2 = _mm256_add_epi16(_mm256_add_epi16(reaches(bits, 4), reaches(bits, 5)), reaches(bits, 6))
                let sum3 = _mm256_add_epi16(_mm256_add_epi16(reaches(bits, 7), reaches(bits, 8)), reaches(bits, 9))
                let sum4 = _mm256_add_epi16(reaches(bits, 10), reaches(bits, 11))
                let sum = _mm256_add_epi16(_mm256_add_epi16(sum1, sum2), _mm256_add_epi16(sum3, sum4))
                return _mm256_sub_epi16(_mm256_set1_epi16(1), sum)
            }
        }

        /// The lanes of one group and its words.
        fileprivate struct Group {
            private var first: HuffmanHalfGroupAVX2
            private var second: HuffmanHalfGroupAVX2
            private var next: UnsafeRawPointer
            private let end: UnsafeRawPointer

            init(
                _ lanes: UnsafePointer<UInt32>, _ start: Int, _ stride: Int, _ words: UnsafeRawBufferPointer,
                _ workspace: UnsafeMutableRawPointer
            ) {
                first = HuffmanHalfGroupAVX2(lanes, start, stride, workspace)
                second = HuffmanHalfGroupAVX2(lanes, start &+ 16 &* stride, stride, workspace)
                next = words.baseAddress.unsafelyUnwrapped
                end = next + words.count
            }

            /// Takes one code off each lane. Returns the ranks of their symbols in the low bytes.
            @inline(__always)
            mutating func step(_ tables: Tables) -> (first: __m256i, second: __m256i) {
                let firstRanks = Self.consume(&first, tables)
                let secondRanks = Self.consume(&second, tables)
                // The signs of lanes 0...7, 16...23, 8...15, 24...31.
                let short = UInt32(bitPattern: _mm256_movemask_epi8(_mm256_packs_epi16(first.extra, second.extra)))
                let words1 = next + 2 &* (short & 0xFF).nonzeroBitCount
                let words2 = words1 + 2 &* (short & 0xFF_0000).nonzeroBitCount
                let words3 = words2 + 2 &* (short & 0xFF00).nonzeroBitCount
                let low = _mm256_set_m128i(words(words1, short &>> 16 & 0xFF, tables), words(next, short & 0xFF, tables))
                let high = _mm256_set_m128i(words(words3, short &>> 24, tables), words(words2, short &>> 8 & 0xFF, tables))
                Self.refill(&first, low)
                Self.refill(&second, high)
                next = words3 + 2 &* (short &>> 24).nonzeroBitCount
                // Behind the end it stays there, so that too few words are noticed, and nothing far away is read.
                next = next > end ? end + 2 : next
                return (firstRanks, secondRanks)
            }

            /// The words at `source` in the lanes of `mask`.
            @inline(__always)
            private func words(_ source: UnsafeRawPointer, _ mask: UInt32, _ tables: Tables) -> __m128i {
                let places = tables.shuffles.loadUnaligned(fromByteOffset: 16 &* Int(mask), as: __m128i.self)
                return _mm_shuffle_epi8(source.loadUnaligned(as: __m128i.self), places)
            }

            /// Leaves `extra` negative in lanes that have to take a word.
            @inline(__always)
            private static func consume(_ half: inout HuffmanHalfGroupAVX2, _ tables: Tables) -> __m256i {
                let length = tables.lengths(half.high)
                let power = HuffmanVectorsAVX2.powers(length)
                let ranks = _mm256_add_epi8(_mm256_mulhi_epu16(half.high, power), _mm256_shuffle_epi8(tables.offsets, length))
                half.high = _mm256_or_si256(_mm256_mullo_epi16(half.high, power), _mm256_mulhi_epu16(half.low, power))
                half.low = _mm256_mullo_epi16(half.low, power)
                half.extra = _mm256_sub_epi16(half.extra, length)
                return ranks
            }

            /// Puts words below the valid bits; lanes that take none have a zero.
            @inline(__always)
            private static func refill(_ half: inout HuffmanHalfGroupAVX2, _ words: __m256i) {
                // A short lane has 16 + extra valid bits, so its word moves up by -extra, 1...12.
                let power = HuffmanVectorsAVX2.powers(_mm256_sub_epi16(_mm256_setzero_si256(), half.extra))
                half.high = _mm256_or_si256(half.high, _mm256_mulhi_epu16(words, power))
                half.low = _mm256_or_si256(half.low, _mm256_mullo_epi16(words, power))
                half.extra = _mm256_and_si256(half.extra, _mm256_set1_epi16(15))
            }

            /// Puts the lanes back. Returns whether the words are used up.
            func finish(
                _ lanes: UnsafeMutablePointer<UInt32>, _ start: Int, _ stride: Int, _ workspace: UnsafeMutableRawPointer
            ) -> Bool {
                first.finish(lanes, start, stride, workspace)
                second.finish(lanes, start &+ 16 &* stride, stride, workspace)
                return next == end
            }
        }
    }
#endif
