#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    // 16 new distances at a time: how many bits each takes follows from its class alone, so a prefix sum places them all, and since
    // 16 of them take at most 45 bytes, one permutation of 64 bytes is the gather. Repeats are resolved four tokens at a time: which of
    // three old and four new distances each means, and what the history is then, is one permutation that a table gives.

    /// Distances from classes with 512-bit vectors.
    package enum LZDistancesAVX512 {
        /// See `LZDistances.Expand`.
        @Sendable
        package static func expand(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) throws(LZFault) {
            let new = newCount(input.tokens.at, count)
            if new > input.offsets.left { throw .offsetsCutOff }
            try expandNew(&input, batch, new)
            resolve(&input, batch, count)
        }

        private static func newCount(_ tokens: UnsafeRawPointer, _ count: Int) -> Int {
            var new = 0
            var index = 0
            while index < count {
                let valid = ~UInt64(0) &>> UInt64(truncatingIfNeeded: max(0, 64 &- (count &- index)))
                let vector = tokens.loadUnaligned(fromByteOffset: index, as: __m512i.self)
                let repeats = avx512_greater_bytes(vector, _mm512_set1_epi8(63))
                new = new &+ (valid & ~repeats).nonzeroBitCount
                index = index &+ 64
            }
            return new
        }

        private static func expandNew(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) throws(LZFault) {
            let lowBits = _mm512_set1_epi32(Int32(truncatingIfNeeded: input.lowBits))
            let splits: UInt16 = input.lowBits > 0 ? 0xFFFF : 0
            let highest = Int32(LZLayout.maximumClass &- 1)
            let bitsLeft = 8 &* input.offsetBits.left
            var position = input.bitOffset
            var index = 0
            while index < count {
                let valid = UInt16(truncatingIfNeeded: 0xFFFF &>> max(0, 16 &- (count &- index)))
                let bytes = input.offsets.at.loadUnaligned(fromByteOffset: index, as: __m128i.self)
                // What lies behind the batch becomes class 1, which takes no bits.
                let one = _mm512_set1_epi32(1)
                let classes = _mm512_mask_cvtepu8_epi32(one, valid, bytes)
                if avx512_greater_lanes(_mm512_sub_epi32(classes, one), _mm512_set1_epi32(highest)) != 0 { throw .badClass }
                let extra = _mm512_sub_epi32(_mm512_max_epu32(_mm512_srli_epi32(classes, 3), one), one)
                let top = _mm512_sub_epi32(classes, _mm512_slli_epi32(extra, 3))
                let hasLow = splits & ~avx512_greater_lanes(lowBits, extra)
                let split = _mm512_maskz_mov_epi32(hasLow, lowBits)
                let low = _mm512_mask_expand_epi32(
                    _mm512_setzero_si512(), hasLow, _mm512_cvtepu8_epi32(input.offsetLow.at.loadUnaligned(as: __m128i.self)))
                if avx512_nonzero_lanes(_mm512_srlv_epi32(low, lowBits)) != 0 { throw .offsetLowCutOff }
                let counts = _mm512_sub_epi32(extra, split)
                let ends = prefixSums(counts)
                let places = _mm512_add_epi32(_mm512_sub_epi32(ends, counts), _mm512_set1_epi32(Int32(truncatingIfNeeded: position & 7)))
                let middle = bits(input.offsetBits.at + position &>> 3, places, counts)
                let distances = _mm512_or_si512(
                    _mm512_or_si512(_mm512_sllv_epi32(top, extra), _mm512_sllv_epi32(middle, split)), low)
                UnsafeMutableRawPointer(batch.newDistances + index).storeBytes(of: distances, as: __m512i.self)
                input.offsetLow.at += hasLow.nonzeroBitCount
                position = position &+ Int(avx512_last_lane(ends))
                if input.offsetLow.left < 0 { throw .offsetLowCutOff }
                if position > bitsLeft { throw .offsetBitsCutOff }
                index = index &+ 16
            }
            input.offsets.at += count
            input.offsetBits.at += position &>> 3
            input.bitOffset = position & 7
        }

        /// Lane i: the sum of the lanes 0 ... i.
        @inline(__always)
        private static func prefixSums(_ lanes: __m512i) -> __m512i {
            let zero = _mm512_setzero_si512()
            let two = _mm512_add_epi32(lanes, avx512_lanes_up1(lanes, zero))
            let four = _mm512_add_epi32(two, avx512_lanes_up2(two, zero))
            let eight = _mm512_add_epi32(four, avx512_lanes_up4(four, zero))
            return _mm512_add_epi32(eight, avx512_lanes_up8(eight, zero))
        }

        /// The `counts` bits from `places` on, which lie in the first 64 bytes.
        @inline(__always)
        private static func bits(_ source: UnsafeRawPointer, _ places: __m512i, _ counts: __m512i) -> __m512i {
            let first = _mm512_shuffle_epi8(_mm512_srli_epi32(places, 3), _mm512_set4_epi32(0x0C0C_0C0C, 0x0808_0808, 0x0404_0404, 0))
            let bytes = _mm512_add_epi8(first, _mm512_set1_epi32(0x0302_0100))
            let windows = _mm512_permutexvar_epi8(bytes, source.loadUnaligned(as: __m512i.self))
            let shifted = _mm512_srlv_epi32(windows, _mm512_and_si512(places, _mm512_set1_epi32(7)))
            return _mm512_andnot_si512(_mm512_sllv_epi32(_mm512_set1_epi32(-1), counts), shifted)
        }

        /// Puts new and repeated distances in the order of their tokens.
        private static func resolve(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) {
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
