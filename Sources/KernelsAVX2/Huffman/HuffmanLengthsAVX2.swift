#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// Code lengths by the bits that begin with the code.
    ///
    /// A length is one more than the number of limits that the bits reach. Limits of lengths up to 4 depend on the first 4 bits alone,
    /// which find their number in a table; those up to 8 on the first byte, compared for 32 lanes at once.
    struct HuffmanLengthsAVX2 {
        /// Bytes of memory for the tables.
        static let size = 288

        /// Seven vectors: the limits of the lengths 5 to 8 in bytes, and of 9 to 11 in 16 bits, less one, less half of the range.
        private let limits: UnsafeRawPointer
        /// By the first four bits: one more than the number of limits up to 4, and of limits that are 0, that are reached.
        private let starts: __m256i
        /// By length: the low byte of rank less code.
        let offsets: __m256i

        init(_ code: HuffmanCode, _ memory: UnsafeMutableRawPointer) {
            var base = 1
            var length = 5
            while length < 12 {
                let limit = Int(code.limits[length])
                // Less one has no room for a limit of 0: it counts as reached here, and never where the vectors compare.
                base &+= limit == 0 ? 1 : 0
                let last = limit == 0 ? 65_535 : limit &- 1
                let vector =
                    length <= 8
                    ? _mm256_set1_epi8(Int8(truncatingIfNeeded: last &>> 8 ^ 0x80))
                    : _mm256_set1_epi16(Int16(truncatingIfNeeded: last ^ 0x8000))
                (memory + 32 &* (length &- 5)).storeBytes(of: vector, as: __m256i.self)
                length &+= 1
            }
            let bytes = (memory + 224).assumingMemoryBound(to: UInt8.self)
            var index = 0
            while index < 16 {
                var start = base
                length = 1
                while length < 5 {
                    start &+= index &<< 12 >= Int(code.limits[length]) ? 1 : 0
                    length &+= 1
                }
                bytes[index] = UInt8(truncatingIfNeeded: start)
                bytes[16 &+ index] = UInt8(truncatingIfNeeded: code.offsets[index])
                index &+= 1
            }
            limits = UnsafeRawPointer(memory)
            starts = _mm256_broadcastsi128_si256(memory.loadUnaligned(fromByteOffset: 224, as: __m128i.self))
            offsets = _mm256_broadcastsi128_si256(memory.loadUnaligned(fromByteOffset: 240, as: __m128i.self))
        }

        /// The lengths of the codes that 32 lanes begin with, as `_mm256_packus_epi16` orders the lanes of both vectors.
        @inline(__always)
        func lengths(_ first: __m256i, _ second: __m256i) -> __m256i {
            let bytes = _mm256_packus_epi16(_mm256_srli_epi16(first, 8), _mm256_srli_epi16(second, 8))
            var lengths = _mm256_shuffle_epi8(starts, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(15)))
            let signed = _mm256_xor_si256(bytes, _mm256_set1_epi8(-128))
            let long = _mm256_packs_epi16(above8(first), above8(second))
            // A limit that is reached is -1.
            let sum1 = _mm256_add_epi8(_mm256_cmpgt_epi8(signed, limit(5)), _mm256_cmpgt_epi8(signed, limit(6)))
            let sum2 = _mm256_add_epi8(_mm256_cmpgt_epi8(signed, limit(7)), _mm256_cmpgt_epi8(signed, limit(8)))
            lengths = _mm256_sub_epi8(lengths, _mm256_add_epi8(sum1, sum2))
            return _mm256_sub_epi8(lengths, long)
        }

        /// How many limits of lengths above 8 the lanes reach, negative.
        @inline(__always)
        private func above8(_ high: __m256i) -> __m256i {
            let signed = _mm256_xor_si256(high, _mm256_set1_epi16(Int16.min))
            let sum = _mm256_add_epi16(_mm256_cmpgt_epi16(signed, limit(9)), _mm256_cmpgt_epi16(signed, limit(10)))
            return _mm256_add_epi16(sum, _mm256_cmpgt_epi16(signed, limit(11)))
        }

        @inline(__always)
        private func limit(_ length: Int) -> __m256i { limits.loadUnaligned(fromByteOffset: 32 &* (length &- 5), as: __m256i.self) }
    }
#endif
