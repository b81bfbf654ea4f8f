#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    extension CallTargetsAVX2 {
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
            let step = all(sign &* 8)
            var places = _mm256_mullo_epi32(_mm256_set_epi32(7, 6, 5, 4, 3, 2, 1, 0), all(sign))
            let whole = count & ~31
            var at = 0
            while at < whole {
                let page = all(sign &* UInt32(truncatingIfNeeded: at &>> 12) &- 4)
                let end = min(whole, at &+ 4096)
                repeat {
                    let code = (source + at).loadUnaligned(as: __m256i.self)
                    (target + at).storeBytes(of: converted(code, places, page), as: __m256i.self)
                    places = _mm256_add_epi32(places, step)
                    at &+= 32
                } while at < end
            }
            CallTargets.convertRestArm64(source, count, target, whole, sign)
        }

        /// Eight instructions with their operands converted. Shifts stand for masks where that saves a register.
        ///
        /// - Parameter page: What is added to the distance of an ADRP, less four: its lowest bits come with bit 31 above them, which is set.
        @inline(__always)
        private static func converted(_ code: __m256i, _ places: __m256i, _ page: __m256i) -> __m256i {
            let calls = _mm256_cmpeq_epi32(_mm256_srli_epi32(code, 26), all(0x25))
            let called = _mm256_xor_si256(code, _mm256_add_epi32(code, places))
            let changes = _mm256_and_si256(called, _mm256_srli_epi32(calls, 6))
            // Each of the operand's bits 16 to 18 is equal to the one below.
            let signs = _mm256_and_si256(_mm256_add_epi32(code, code), all(0x00E0_0000))
            let tested = _mm256_and_si256(_mm256_xor_si256(code, signs), all(0x9FE0_0000))
            let addresses = _mm256_cmpeq_epi32(tested, all(0x9000_0000))
            let low = _mm256_add_epi32(_mm256_srli_epi32(code, 29), page)
            let sum = _mm256_add_epi32(_mm256_slli_epi32(_mm256_srli_epi32(code, 5), 2), low)
            // Behind bit 17, what the sum holds does not matter.
            let high = _mm256_srai_epi32(_mm256_slli_epi32(sum, 14), 11)
            let highChanges = _mm256_and_si256(_mm256_xor_si256(code, high), all(0x00FF_FFE0))
            let lowChanges = _mm256_and_si256(_mm256_xor_si256(code, _mm256_slli_epi32(sum, 29)), all(0x6000_0000))
            let addressed = _mm256_and_si256(addresses, _mm256_or_si256(highChanges, lowChanges))
            return _mm256_xor_si256(code, _mm256_or_si256(changes, addressed))
        }

        @inline(__always)
        private static func all(_ lane: UInt32) -> __m256i { _mm256_set1_epi32(Int32(bitPattern: lane)) }
    }
#endif
