#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    // Eight new distances at a time: how many bits each takes follows from its class alone, so a prefix sum places them all.

    /// Distances from classes with 256-bit vectors.
    package enum LZDistancesAVX2 {
        /// See `LZDistances.Expand`.
        @Sendable
        package static func expand(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) throws(LZFault) {
            let new = newCount(input.tokens.at, count)
            if new > input.offsets.left { throw .offsetsCutOff }
            try expandNew(&input, batch, new)
        }

        private static func newCount(_ tokens: UnsafeRawPointer, _ count: Int) -> Int {
            var new = 0
            var index = 0
            while index < count {
                let valid = ~UInt32(0) &>> UInt32(truncatingIfNeeded: max(0, 32 &- (count &- index)))
                let vector = tokens.loadUnaligned(fromByteOffset: index, as: __m256i.self)
                let fields = _mm256_and_si256(vector, _mm256_set1_epi8(-64))
                let isNew = _mm256_movemask_epi8(_mm256_cmpeq_epi8(fields, _mm256_setzero_si256()))
                new = new &+ (valid & UInt32(bitPattern: isNew)).nonzeroBitCount
                index = index &+ 32
            }
            return new
        }

        private static func expandNew(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) throws(LZFault) {
            let table = LZTables.expansions
            let target = UnsafeMutableRawPointer(batch.newDistances)
            let bitStart = input.offsetBits.at
            let offsets = input.offsets.at
            let lowBits = _mm256_set1_epi32(Int32(truncatingIfNeeded: input.lowBits))
            let splits = input.lowBits > 0 ? _mm256_set1_epi32(-1) : _mm256_setzero_si256()
            let bitsLeft = 8 &* input.offsetBits.left
            let one = _mm256_set1_epi32(1)
            let largest = _mm256_set1_epi32(Int32(LZLayout.maximumClass))
            let lanes = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7)
            var position = input.bitOffset
            var index = 0
            while index < count {
                let valid = _mm256_cmpgt_epi32(_mm256_set1_epi32(Int32(truncatingIfNeeded: count &- index)), lanes)
                let bytes = _mm_cvtsi64_si128(offsets.loadUnaligned(fromByteOffset: index, as: Int64.self))
                // What lies behind the batch becomes class 1, which takes no bits.
                let classes = _mm256_blendv_epi8(one, _mm256_cvtepu8_epi32(bytes), valid)
                let isBad = _mm256_or_si256(_mm256_cmpgt_epi32(classes, largest), _mm256_cmpgt_epi32(one, classes))
                if _mm256_movemask_epi8(isBad) != 0 { throw .badClass }
                let extra = _mm256_sub_epi32(_mm256_max_epi32(_mm256_srli_epi32(classes, 3), one), one)
                let top = _mm256_sub_epi32(classes, _mm256_slli_epi32(extra, 3))
                let hasLow = _mm256_andnot_si256(_mm256_cmpgt_epi32(lowBits, extra), splits)
                let lowMask = Int(avx2_lane_signs(hasLow))
                let packed = _mm_cvtsi64_si128(input.offsetLow.at.loadUnaligned(as: Int64.self))
                let places = _mm_cvtsi64_si128(table.loadUnaligned(fromByteOffset: 8 &* lowMask, as: Int64.self))
                let low = _mm256_cvtepu8_epi32(_mm_shuffle_epi8(packed, places))
                let split = _mm256_and_si256(hasLow, lowBits)
                let counts = _mm256_sub_epi32(extra, split)
                let ends = prefixSums(counts)
                let starts = _mm256_add_epi32(
                    _mm256_sub_epi32(ends, counts), _mm256_set1_epi32(Int32(truncatingIfNeeded: position & 7)))
                let windows = avx2_gather(bitStart + position &>> 3, _mm256_srli_epi32(starts, 3))
                let shifted = _mm256_srlv_epi32(windows, _mm256_and_si256(starts, _mm256_set1_epi32(7)))
                let middle = _mm256_andnot_si256(_mm256_sllv_epi32(_mm256_set1_epi32(-1), counts), shifted)
                let distances = _mm256_or_si256(
                    _mm256_or_si256(_mm256_sllv_epi32(top, extra), _mm256_sllv_epi32(middle, split)), low)
                (target + 4 &* index).storeBytes(of: distances, as: __m256i.self)
                input.offsetLow.at += lowMask.nonzeroBitCount
                position = position &+ Int(avx2_last_lane(ends))
                let isTooLarge = _mm256_cmpgt_epi32(_mm256_srlv_epi32(low, lowBits), _mm256_setzero_si256())
                if _mm256_movemask_epi8(isTooLarge) != 0 || input.offsetLow.at > input.offsetLow.end { throw .offsetLowCutOff }
                if position > bitsLeft { throw .offsetBitsCutOff }
                index = index &+ 8
            }
            input.offsets.at += count
            input.offsetBits.at += position &>> 3
            input.bitOffset = position & 7
        }

        /// Lane i: the sum of the lanes 0 ... i.
        @inline(__always)
        private static func prefixSums(_ lanes: __m256i) -> __m256i {
            let two = _mm256_add_epi32(lanes, avx2_lanes_up1(lanes))
            let four = _mm256_add_epi32(two, avx2_lanes_up2(two))
            // The sum of the lower half goes to all lanes of the upper one.
            return _mm256_add_epi32(four, avx2_low_half_sum(four))
        }

        /// See `LZDistances.Resolve`. Four tokens at a time: which of three old and four new distances each means, and what the history is
        /// then, is one permutation that a table gives.
        @Sendable
        package static func resolve(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) {
            let table = LZTables.repeats
            let tokens = input.tokens.at
            // Three lanes are for the history; the 12 bytes before the new distances belong to the batch too.
            var new = UnsafeRawPointer(batch.newDistances) - 12
            let distances = UnsafeMutableRawPointer(batch.distances)
            var lanes = _mm256_setr_epi32(
                Int32(bitPattern: input.history.first), Int32(bitPattern: input.history.second),
                Int32(bitPattern: input.history.third), 0, 0, 0, 0, 0)
            var index = 0
            while index &+ 4 <= count {
                let fields = (tokens.loadUnaligned(fromByteOffset: index, as: UInt32.self) &>> 6) & 0x0303_0303
                let row = table + Int((fields &* 0x0104_1040) &>> 24) &* 8
                let places = _mm256_cvtepu8_epi32(_mm_cvtsi64_si128(row.loadUnaligned(as: Int64.self)))
                let source = avx2_replace_three_lanes(new.loadUnaligned(as: __m256i.self), lanes)
                lanes = _mm256_permutevar8x32_epi32(source, places)
                (distances + 4 &* index).storeBytes(of: avx2_high_half(lanes), as: __m128i.self)
                new += Int(row.load(fromByteOffset: 3, as: UInt8.self)) &>> 1
                index = index &+ 4
            }
            let last = _mm256_castsi256_si128(lanes)
            input.history = LZHistory(
                first: UInt32(bitPattern: avx2_lane0(last)), second: UInt32(bitPattern: avx2_lane1(last)),
                third: UInt32(bitPattern: avx2_lane2(last)))
            LZDistances.resolve(&input, batch, index, count, new: (new + 12).assumingMemoryBound(to: UInt32.self))
        }
    }
#endif
