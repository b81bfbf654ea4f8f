#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    // 16 new distances at a time: how many bits each takes follows from its class alone, so a prefix sum places them all, and since
    // 16 of them take at most 51 bytes, one permutation of 64 bytes is the gather.

    /// Distances from classes with 512-bit vectors.
    package enum LZDistancesAVX512 {
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
                if input.offsetLow.at > input.offsetLow.end { throw .offsetLowCutOff }
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
    }
#endif
