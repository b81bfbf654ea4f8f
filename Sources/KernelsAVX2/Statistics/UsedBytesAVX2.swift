#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// Which byte values occur, with 256-bit vectors: every byte is looked up in a bitmap of the values known so far by shuffles
    /// on its nibbles, and only a value that is not there costs a branch.
    package enum UsedBytesAVX2 {
        /// See `UsedBytes.Mark`.
        @Sendable
        package static func mark(_ bytes: UnsafeRawPointer, _ count: Int, _ used: UnsafeMutablePointer<UInt8>) {
            var known = Known(UsedBytes.nibbleBitmap(used))
            var at = 0
            while at &+ 64 <= count {
                let low = known.unknown(bytes.loadUnaligned(fromByteOffset: at, as: __m256i.self))
                let high = known.unknown(bytes.loadUnaligned(fromByteOffset: at &+ 32, as: __m256i.self))
                let either = _mm256_or_si256(low, high)
                if _mm256_testz_si256(either, either) == 0 {
                    let mask = mask(low) | mask(high) &<< 32
                    known = Known(UsedBytes.add(bytes + at, mask, known.bitmap, used))
                }
                at &+= 64
            }
            UsedBytes.mark(bytes + at, count &- at, used)
        }

        @inline(__always)
        private static func mask(_ bytes: __m256i) -> UInt64 { UInt64(UInt32(bitPattern: _mm256_movemask_epi8(bytes))) }

        private struct Known {
            let bitmap: NibbleBitmap
            /// By low nibble: a bit for each high nibble, 0 to 7 and 8 to 15.
            private let low: __m256i
            private let high: __m256i
            private let bits = _mm256_set1_epi64x(Int64(bitPattern: 0x8040_2010_0804_0201))

            @inline(__always)
            init(_ bitmap: NibbleBitmap) {
                self.bitmap = bitmap
                low = _mm256_set_epi64x(
                    Int64(bitPattern: bitmap.low1), Int64(bitPattern: bitmap.low0), Int64(bitPattern: bitmap.low1),
                    Int64(bitPattern: bitmap.low0))
                high = _mm256_set_epi64x(
                    Int64(bitPattern: bitmap.high1), Int64(bitPattern: bitmap.high0), Int64(bitPattern: bitmap.high1),
                    Int64(bitPattern: bitmap.high0))
            }

            /// All ones where a byte's value is not known.
            @inline(__always)
            func unknown(_ values: __m256i) -> __m256i {
                // A shuffle gives 0 where the index has its high bit set, so that each half of the values meets its own rows.
                let rows = _mm256_or_si256(
                    _mm256_shuffle_epi8(low, values), _mm256_shuffle_epi8(high, _mm256_xor_si256(values, _mm256_set1_epi8(-128))))
                let highNibbles = _mm256_and_si256(_mm256_srli_epi16(values, 4), _mm256_set1_epi8(15))
                return _mm256_cmpeq_epi8(_mm256_and_si256(rows, _mm256_shuffle_epi8(bits, highNibbles)), _mm256_setzero_si256())
            }
        }
    }
#endif
