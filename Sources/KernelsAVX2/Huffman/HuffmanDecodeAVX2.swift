#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    /// The decoder of the lanes layout with 256-bit vectors: 16 lanes at a time, two vectors a group.
    ///
    /// What fits a byte is done for a group's 32 lanes at once: lengths, counts, ranks. Shifts are multiplications with powers of two;
    /// words reach their lanes by byte shuffles. A batch of steps leaves ranks where its symbols belong; then they are translated.
    /// Two groups go side by side, because a step waits some 45 cycles for the one before.
    package enum HuffmanDecodeAVX2 {
        /// Symbols of a batch.
        private static let batchSize = 4096
        /// Places in the workspace: tables, the groups' lanes.
        private static let ranksPlace = HuffmanLengthsAVX2.size
        private static let lanesPlace = ranksPlace + HuffmanRanksAVX2.size

        /// See `HuffmanLanes.Decode`.
        @Sendable
        package static func decode(
            _ symbols: UnsafeMutablePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode,
            _ lanes: UnsafeMutablePointer<UInt32>, _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool {
            let lengths = HuffmanLengthsAVX2(code, workspace)
            let ranks = HuffmanRanksAVX2(code, workspace + ranksPlace)
            let row = HuffmanLanes.perGroup &* groups
            let memory = workspace + lanesPlace
            var group = 0
            while group < groups {
                let (first, stride) = HuffmanLanes.lanes(of: group, groups: groups)
                HuffmanPullsAVX2.load(lanes + first, stride, words[group], into: memory + HuffmanPullsAVX2.size &* group)
                group &+= 1
            }
            var step = 0
            while step < steps {
                let count = min(steps &- step, batchSize / row)
                let target = UnsafeMutableRawPointer(symbols) + step &* row
                var hasWords = true
                if groups == 1 {
                    hasWords = pullOne(memory, target, count, lengths)
                } else {
                    group = 0
                    while group < groups {
                        hasWords = pullPair(memory + HuffmanPullsAVX2.size &* group, target + 32 &* group, count, row, lengths) && hasWords
                        group &+= 2
                    }
                }
                if !hasWords { return false }
                ranks.translate(target, count &* row)
                step &+= count
            }
            var isExact = true
            group = 0
            while group < groups {
                let (first, stride) = HuffmanLanes.lanes(of: group, groups: groups)
                isExact = HuffmanPullsAVX2.store(memory + HuffmanPullsAVX2.size &* group, into: lanes + first, stride) && isExact
                group &+= 1
            }
            return isExact
        }

        /// Writes the ranks of `count` steps of the only group. Returns false when there were too few words.
        private static func pullOne(
            _ lanes: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int, _ lengths: HuffmanLengthsAVX2
        ) -> Bool {
            var group = HuffmanPullsAVX2(lanes, HuffmanShufflesAVX2.tables)
            var step = 0
            while step < count, group.hasWords {
                (target + 32 &* step).storeBytes(of: group.pull(lengths), as: __m256i.self)
                step &+= 1
            }
            group.save(lanes)
            return group.hasWords
        }

        /// Writes the ranks of `count` steps of two groups that share 64 lanes. Returns false when there were too few words.
        private static func pullPair(
            _ lanes: UnsafeMutableRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int, _ row: Int, _ lengths: HuffmanLengthsAVX2
        ) -> Bool {
            let shuffles = HuffmanShufflesAVX2.tables
            var even = HuffmanPullsAVX2(lanes, shuffles)
            var odd = HuffmanPullsAVX2(lanes + HuffmanPullsAVX2.size, shuffles)
            var place = target
            let end = target + count &* row
            while place < end, even.hasWords, odd.hasWords {
                let evenRanks = even.pull(lengths)
                let oddRanks = odd.pull(lengths)
                let low = _mm256_unpacklo_epi8(evenRanks, oddRanks)
                let high = _mm256_unpackhi_epi8(evenRanks, oddRanks)
                place.storeBytes(of: _mm256_castsi256_si128(low), as: __m128i.self)
                (place + 16).storeBytes(of: _mm256_castsi256_si128(high), as: __m128i.self)
                (place + 32).storeBytes(of: avx2_high_half(low), as: __m128i.self)
                (place + 48).storeBytes(of: avx2_high_half(high), as: __m128i.self)
                place += row
            }
            even.save(lanes)
            odd.save(lanes + HuffmanPullsAVX2.size)
            return even.hasWords && odd.hasWords
        }
    }
#endif
