#if arch(x86_64)
    internal import CIntrinsics

    /// 64 bytes as lanes of `width` bytes, which is a constant where these are called.
    enum ElementLanesAVX512 {
        @inline(__always)
        static func add(_ a: __m512i, _ b: __m512i, _ width: Int) -> __m512i {
            switch width {
            case 1: _mm512_add_epi8(a, b)
            case 2: _mm512_add_epi16(a, b)
            case 4: _mm512_add_epi32(a, b)
            default: _mm512_add_epi64(a, b)
            }
        }

        @inline(__always)
        static func subtract(_ a: __m512i, _ b: __m512i, _ width: Int) -> __m512i {
            switch width {
            case 1: _mm512_sub_epi8(a, b)
            case 2: _mm512_sub_epi16(a, b)
            case 4: _mm512_sub_epi32(a, b)
            default: _mm512_sub_epi64(a, b)
            }
        }

        /// Twice the lane, inverted where it is negative.
        @inline(__always)
        static func zigzag(_ a: __m512i, _ width: Int) -> __m512i {
            let sign =
                switch width {
                case 1: _mm512_movm_epi8(_mm512_movepi8_mask(a))
                case 2: _mm512_srai_epi16(a, 15)
                case 4: _mm512_srai_epi32(a, 31)
                default: _mm512_srai_epi64(a, 63)
                }
            return _mm512_xor_si512(add(a, a, width), sign)
        }

        /// Half the lane, inverted where it is odd.
        @inline(__always)
        static func undoZigzag(_ a: __m512i, _ width: Int) -> __m512i {
            let zero = _mm512_setzero_si512()
            switch width {
            case 1:
                let half = _mm512_and_si512(_mm512_srli_epi16(a, 1), _mm512_set1_epi8(0x7F))
                return _mm512_xor_si512(half, subtract(zero, _mm512_and_si512(a, _mm512_set1_epi8(1)), width))
            case 2:
                let odd = _mm512_and_si512(a, _mm512_set1_epi16(1))
                return _mm512_xor_si512(_mm512_srli_epi16(a, 1), subtract(zero, odd, width))
            case 4:
                let odd = _mm512_and_si512(a, _mm512_set1_epi32(1))
                return _mm512_xor_si512(_mm512_srli_epi32(a, 1), subtract(zero, odd, width))
            default:
                let odd = _mm512_and_si512(a, _mm512_set1_epi64(1))
                return _mm512_xor_si512(_mm512_srli_epi64(a, 1), subtract(zero, odd, width))
            }
        }

        /// The highest lane of each eight bytes in all their lanes.
        @inline(__always)
        static func tops(_ a: __m512i, _ width: Int) -> __m512i {
            let places =
                switch width {
                case 1: _mm_set_epi64x(0x0F0F_0F0F_0F0F_0F0F, 0x0707_0707_0707_0707)
                case 2: _mm_set_epi64x(0x0F0E_0F0E_0F0E_0F0E, 0x0706_0706_0706_0706)
                case 4: _mm_set_epi64x(0x0F0E_0D0C_0F0E_0D0C, 0x0706_0504_0706_0504)
                default: _mm_set_epi64x(0x0F0E_0D0C_0B0A_0908, 0x0706_0504_0302_0100)
                }
            return width == 8 ? a : _mm512_shuffle_epi8(a, _mm512_broadcast_i32x4(places))
        }
    }
#endif
