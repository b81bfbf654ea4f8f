#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    // One byte permutation puts the bytes of a vector's elements into plane order, 64 / width of each plane. What remains is to exchange
    // these pieces between as many vectors as an element has bytes; joining reads the pieces from memory into place instead.

    /// Byte planes with 512-bit vectors, 64 elements at a time. Touches no slack.
    package enum BytePlanesAVX512 {
        /// See `BytePlanes.Split`.
        @Sendable
        package static func split(
            _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ rotation: Int, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) {
            let whole = count & ~63
            switch width {
            case 2: splitWords(elements, whole, rotation, planes)
            case 4: splitDoubleWords(elements, whole, rotation, planes)
            default: splitQuadWords(elements, whole, rotation, planes)
            }
            BytePlanes.split(elements, whole, count, width, rotation, planes)
        }

        private static func splitWords(
            _ elements: UnsafeRawPointer, _ count: Int, _ rotation: Int, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) {
            let (low, high) = (planes[0], planes[1])
            let turn = _mm512_set1_epi16(Int16(truncatingIfNeeded: rotation))
            let lowFirst = BytePlacesAVX512.turned(1)
            let highFirst = _mm512_xor_si512(lowFirst, _mm512_set1_epi8(1))
            var at = 0
            while at < count {
                let words = elements + 2 &* at
                let first = words.loadUnaligned(as: __m512i.self)
                let second = words.loadUnaligned(fromByteOffset: 64, as: __m512i.self)
                let a = _mm512_permutexvar_epi8(lowFirst, _mm512_shldv_epi16(first, first, turn))
                let b = _mm512_permutexvar_epi8(highFirst, _mm512_shldv_epi16(second, second, turn))
                (low + at).storeBytes(of: _mm512_mask_blend_epi64(0xF0, a, b), as: __m512i.self)
                (high + at).storeBytes(of: avx512_halves_swapped(_mm512_mask_blend_epi64(0xF0, b, a)), as: __m512i.self)
                at &+= 64
            }
        }

        private static func splitDoubleWords(
            _ elements: UnsafeRawPointer, _ count: Int, _ rotation: Int, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) {
            let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
            let turn = _mm512_set1_epi32(Int32(truncatingIfNeeded: rotation))
            let places = BytePlacesAVX512.turned(2)
            func pieces(_ index: Int, _ at: Int) -> __m512i {
                let vector = elements.loadUnaligned(fromByteOffset: 4 &* at &+ 64 &* index, as: __m512i.self)
                return _mm512_permutexvar_epi8(places, _mm512_rolv_epi32(vector, turn))
            }
            var at = 0
            while at < count {
                let rows = LaneSquareAVX512(pieces(0, at), pieces(1, at), pieces(2, at), pieces(3, at))
                (plane0 + at).storeBytes(of: rows.row0, as: __m512i.self)
                (plane1 + at).storeBytes(of: rows.row1, as: __m512i.self)
                (plane2 + at).storeBytes(of: rows.row2, as: __m512i.self)
                (plane3 + at).storeBytes(of: rows.row3, as: __m512i.self)
                at &+= 64
            }
        }

        private static func splitQuadWords(
            _ elements: UnsafeRawPointer, _ count: Int, _ rotation: Int, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) {
            let turn = _mm512_set1_epi64(Int64(rotation))
            let places = BytePlacesAVX512.turned(3)
            func pieces(_ index: Int, _ at: Int) -> __m512i {
                let vector = elements.loadUnaligned(fromByteOffset: 8 &* at &+ 64 &* index, as: __m512i.self)
                return _mm512_permutexvar_epi8(places, _mm512_rolv_epi64(vector, turn))
            }
            var at = 0
            while at < count {
                let (a, b, c, d) = (pieces(0, at), pieces(1, at), pieces(2, at), pieces(3, at))
                let (e, f, g, h) = (pieces(4, at), pieces(5, at), pieces(6, at), pieces(7, at))
                let even = LaneSquareAVX512(
                    _mm512_unpacklo_epi64(a, b), _mm512_unpacklo_epi64(c, d), _mm512_unpacklo_epi64(e, f), _mm512_unpacklo_epi64(g, h))
                let odd = LaneSquareAVX512(
                    _mm512_unpackhi_epi64(a, b), _mm512_unpackhi_epi64(c, d), _mm512_unpackhi_epi64(e, f), _mm512_unpackhi_epi64(g, h))
                (planes[0] + at).storeBytes(of: even.row0, as: __m512i.self)
                (planes[1] + at).storeBytes(of: odd.row0, as: __m512i.self)
                (planes[2] + at).storeBytes(of: even.row1, as: __m512i.self)
                (planes[3] + at).storeBytes(of: odd.row1, as: __m512i.self)
                (planes[4] + at).storeBytes(of: even.row2, as: __m512i.self)
                (planes[5] + at).storeBytes(of: odd.row2, as: __m512i.self)
                (planes[6] + at).storeBytes(of: even.row3, as: __m512i.self)
                (planes[7] + at).storeBytes(of: odd.row3, as: __m512i.self)
                at &+= 64
            }
        }
    }

    /// Places for byte permutations of a vector.
    enum BytePlacesAVX512 {
        /// Place i is i with its six bits turned to the left by `bits`: with 1, 2 or 3 bits, elements of 2, 4 or 8 bytes to
        /// pieces of planes, with 5, 4 or 3 bits back.
        @inline(__always)
        static func turned(_ bits: UInt32) -> __m512i {
            let identity = _mm512_set_epi64(
                0x3F3E_3D3C_3B3A_3938, 0x3736_3534_3332_3130, 0x2F2E_2D2C_2B2A_2928, 0x2726_2524_2322_2120,
                0x1F1E_1D1C_1B1A_1918, 0x1716_1514_1312_1110, 0x0F0E_0D0C_0B0A_0908, 0x0706_0504_0302_0100)
            let kept = _mm512_and_si512(identity, _mm512_set1_epi8(Int8(truncatingIfNeeded: 63 &>> bits)))
            let top = _mm512_and_si512(_mm512_srli_epi16(identity, 6 &- bits), _mm512_set1_epi8(Int8(truncatingIfNeeded: 1 &<< bits &- 1)))
            return _mm512_or_si512(_mm512_slli_epi16(kept, bits), top)
        }
    }

    /// Four vectors of four 128-bit lanes, transposed.
    private struct LaneSquareAVX512 {
        let row0, row1, row2, row3: __m512i

        @inline(__always)
        init(_ a: __m512i, _ b: __m512i, _ c: __m512i, _ d: __m512i) {
            let (evenAB, oddAB) = (avx512_even_lanes(a, b), avx512_odd_lanes(a, b))
            let (evenCD, oddCD) = (avx512_even_lanes(c, d), avx512_odd_lanes(c, d))
            row0 = avx512_even_lanes(evenAB, evenCD)
            row1 = avx512_even_lanes(oddAB, oddCD)
            row2 = avx512_odd_lanes(evenAB, evenCD)
            row3 = avx512_odd_lanes(oddAB, oddCD)
        }
    }
#endif
