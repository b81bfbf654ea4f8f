#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// Which byte values occur, with 512-bit vectors: every byte is looked up in a bitmap of the values known so far by shuffles
    /// on its nibbles, and only a value that is not there costs a branch.
    package enum UsedBytesAVX512 {
        /// See `UsedBytes.Mark`.
        @Sendable
        package static func mark(_ bytes: UnsafeRawPointer, _ count: Int, _ used: UnsafeMutablePointer<UInt8>) {
            var known = Known(UsedBytes.nibbleBitmap(used))
            var at = 0
            while at &+ 128 <= count {
                let low = known.unknown(bytes.loadUnaligned(fromByteOffset: at, as: __m512i.self))
                let high = known.unknown(bytes.loadUnaligned(fromByteOffset: at &+ 64, as: __m512i.self))
                if low | high != 0 {
                    known = Known(UsedBytes.add(bytes + at, low, known.bitmap, used))
                    // Most of these are of the values that have just become known.
                    let rest = known.unknown(bytes.loadUnaligned(fromByteOffset: at &+ 64, as: __m512i.self))
                    if rest != 0 { known = Known(UsedBytes.add(bytes + at + 64, rest, known.bitmap, used)) }
                }
                at &+= 128
            }
            UsedBytes.mark(bytes + at, count &- at, used)
        }

        private struct Known {
            let bitmap: NibbleBitmap
            /// By low nibble: a bit for each high nibble, 0 to 7 and 8 to 15.
            private let low: __m512i
            private let high: __m512i
            private let bits = _mm512_set1_epi64(Int64(bitPattern: 0x8040_2010_0804_0201))

            @inline(__always)
            init(_ bitmap: NibbleBitmap) {
                self.bitmap = bitmap
                low = _mm512_broadcast_i32x4(_mm_set_epi64x(Int64(bitPattern: bitmap.low1), Int64(bitPattern: bitmap.low0)))
                high = _mm512_broadcast_i32x4(_mm_set_epi64x(Int64(bitPattern: bitmap.high1), Int64(bitPattern: bitmap.high0)))
            }

            /// Bit i: the value of byte i is not known.
            @inline(__always)
            func unknown(_ values: __m512i) -> UInt64 {
                // A shuffle gives 0 where the index has its high bit set, so that each half of the values meets its own rows.
                let rows = _mm512_or_si512(
                    _mm512_shuffle_epi8(low, values), _mm512_shuffle_epi8(high, _mm512_xor_si512(values, _mm512_set1_epi8(-128))))
                // Of the index vpermb takes six bits, of which the table cares for three: what the shift drags in does not matter.
                return _mm512_testn_epi8_mask(rows, _mm512_permutexvar_epi8(_mm512_srli_epi16(values, 4), bits))
            }
        }
    }
#endif
