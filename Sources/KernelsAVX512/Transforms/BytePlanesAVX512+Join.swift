#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    extension BytePlanesAVX512 {
        /// See `BytePlanes.Join`.
        @Sendable
        package static func join(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ width: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
        ) {
            let whole = count & ~63
            switch width {
            case 2: joinWords(planes, whole, rotation, elements)
            case 4: joinDoubleWords(planes, whole, rotation, elements)
            default: joinQuadWords(planes, whole, rotation, elements)
            }
            BytePlanes.join(planes, whole, count, width, rotation, elements)
        }

        private static func joinWords(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
        ) {
            let (lowPlane, highPlane) = (planes[0], planes[1])
            let turn = _mm512_set1_epi16(Int16(truncatingIfNeeded: rotation))
            // Each lane then interleaves 8 bytes of the first half, and 8 of the second.
            let halves = _mm512_set_epi64(7, 3, 6, 2, 5, 1, 4, 0)
            var at = 0
            while at < count {
                let low = _mm512_permutexvar_epi64(halves, lowPlane.loadUnaligned(fromByteOffset: at, as: __m512i.self))
                let high = _mm512_permutexvar_epi64(halves, highPlane.loadUnaligned(fromByteOffset: at, as: __m512i.self))
                let (first, second) = (_mm512_unpacklo_epi8(low, high), _mm512_unpackhi_epi8(low, high))
                let target = elements + 2 &* at
                target.storeBytes(of: _mm512_shrdv_epi16(first, first, turn), as: __m512i.self)
                (target + 64).storeBytes(of: _mm512_shrdv_epi16(second, second, turn), as: __m512i.self)
                at &+= 64
            }
        }

        private static func joinDoubleWords(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
        ) {
            let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
            let turn = _mm512_set1_epi32(Int32(truncatingIfNeeded: rotation))
            let places = BytePlacesAVX512.turned(4)
            var at = 0
            while at < count {
                let pieces = pieces(plane0, plane1, plane2, plane3, at)
                let joined = _mm512_rorv_epi32(_mm512_permutexvar_epi8(places, pieces), turn)
                elements.storeBytes(of: joined, toByteOffset: 4 &* at, as: __m512i.self)
                at &+= 16
            }
        }

        private static func joinQuadWords(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
        ) {
            let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
            let (plane4, plane5, plane6, plane7) = (planes[4], planes[5], planes[6], planes[7])
            let turn = _mm512_set1_epi64(Int64(rotation))
            let places = BytePlacesAVX512.turned(3)
            func store(_ pieces: __m512i, _ at: Int) {
                let joined = _mm512_rorv_epi64(_mm512_permutexvar_epi8(places, pieces), turn)
                elements.storeBytes(of: joined, toByteOffset: 8 &* at, as: __m512i.self)
            }
            var at = 0
            while at < count {
                let even = pieces(plane0, plane2, plane4, plane6, at)
                let odd = pieces(plane1, plane3, plane5, plane7, at)
                store(_mm512_unpacklo_epi64(even, odd), at)
                store(_mm512_unpackhi_epi64(even, odd), at &+ 8)
                at &+= 16
            }
        }

        /// 16 bytes each of four planes.
        @inline(__always)
        private static func pieces(
            _ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ c: UnsafeRawPointer, _ d: UnsafeRawPointer, _ at: Int
        ) -> __m512i {
            var pieces = _mm512_castsi128_si512(a.loadUnaligned(fromByteOffset: at, as: __m128i.self))
            pieces = _mm512_mask_broadcast_i32x4(pieces, 0x00F0, b.loadUnaligned(fromByteOffset: at, as: __m128i.self))
            pieces = _mm512_mask_broadcast_i32x4(pieces, 0x0F00, c.loadUnaligned(fromByteOffset: at, as: __m128i.self))
            return _mm512_mask_broadcast_i32x4(pieces, 0xF000, d.loadUnaligned(fromByteOffset: at, as: __m128i.self))
        }
    }
#endif
