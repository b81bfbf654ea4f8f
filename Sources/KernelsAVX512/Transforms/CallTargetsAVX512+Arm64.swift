#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    extension CallTargetsAVX512 {
        /// See `CallTargets.Convert`: distances of 64-bit Arm to places.
        @Sendable
        package static func placesArm64(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
            convertArm64(source, count, target, 1)
        }

        /// The inverse of ``placesArm64``.
        @Sendable
        package static func distancesArm64(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
            convertArm64(source, count, target, .max)
        }

        /// - Parameter sign: 1 to add places, -1 modulo 2^32 to take them away.
        @inline(__always)
        private static func convertArm64(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ sign: UInt32) {
            var places = _mm512_mullo_epi32(_mm512_set_epi32(15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0), all(sign))
            let step = all(sign &* 16)
            var at = 0
            while at < count {
                let page = all(sign &* UInt32(truncatingIfNeeded: at &>> 12))
                let end = min(count, at &+ 4096)
                while at &+ 64 <= end {
                    let code = (source + at).loadUnaligned(as: __m512i.self)
                    (target + at).storeBytes(of: converted(code, places, page), as: __m512i.self)
                    places = _mm512_add_epi32(places, step)
                    at &+= 64
                }
                if at == end { continue }
                // Of an instruction that is not whole, the highest byte is read as zero: it is none that is looked for.
                let rest = UInt64.max &>> UInt64(64 &- (end &- at))
                let code = _mm512_maskz_loadu_epi8(rest, source + at)
                _mm512_mask_storeu_epi8(target + at, rest, converted(code, places, page))
                return
            }
        }

        /// Sixteen instructions with their operands converted.
        @inline(__always)
        private static func converted(_ code: __m512i, _ places: __m512i, _ page: __m512i) -> __m512i {
            let calls = avx512_equal_lanes(_mm512_and_si512(code, all(0xFC00_0000)), all(0x9400_0000))
            let called = avx512_replace_bits(code, calls, all(0x03FF_FFFF), _mm512_add_epi32(code, places))
            // Each of the operand's bits 16 to 18 is equal to the one below.
            let changes = _mm512_and_si512(_mm512_slli_epi32(code, 1), all(0x00E0_0000))
            let tested = _mm512_and_si512(_mm512_xor_si512(code, changes), all(0x9FE0_0000))
            let addresses = avx512_equal_lanes(tested, all(0x9000_0000))
            let distance = avx512_select(all(3), _mm512_srli_epi32(code, 29), _mm512_srli_epi32(code, 3))
            // Behind bit 17, what the distance holds does not matter.
            let sum = _mm512_add_epi32(distance, page)
            let low = avx512_replace_bits(called, addresses, all(0x6000_0000), _mm512_slli_epi32(sum, 29))
            let high = _mm512_srai_epi32(_mm512_slli_epi32(sum, 14), 11)
            return avx512_replace_bits(low, addresses, all(0x00FF_FFE0), high)
        }

        @inline(__always)
        private static func all(_ lane: UInt32) -> __m512i { _mm512_set1_epi32(Int32(bitPattern: lane)) }
    }
#endif
