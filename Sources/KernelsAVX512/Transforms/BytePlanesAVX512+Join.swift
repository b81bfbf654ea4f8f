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
                var pieces = _mm512_castsi128_si512(plane0.loadUnaligned(fromByteOffset: at, as: __m128i.self))
                pieces = _mm512_mask_broadcast_i32x4(pieces, 0x00F0, plane1.loadUnaligned(fromByteOffset: at, as: __m128i.self))
                pieces = _mm512_mask_broadcast_i32x4(pieces, 0x0F00, plane2.loadUnaligned(fromByteOffset: at, as: __m128i.self))
                pieces = _mm512_mask_broadcast_i32x4(pieces, 0xF000, plane3.loadUnaligned(fromByteOffset: at, as: __m128i.self))
                let joined = _mm512_rorv_epi32(_mm512_permutexvar_epi8(places, pieces), turn)
                elements.storeBytes(of: joined, toByteOffset: 4 &* at, as: __m512i.self)
                at &+= 16
            }
        }

        private static func joinQuadWords(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
        ) {
            let turn = _mm512_set1_epi64(Int64(rotation))
            let places = BytePlacesAVX512.turned(3)
            let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
            let (plane4, plane5, plane6, plane7) = (planes[4], planes[5], planes[6], planes[7])
            func piece(_ plane: UnsafeRawPointer, _ at: Int) -> __m128i {
                _mm_cvtsi64_si128(plane.loadUnaligned(fromByteOffset: at, as: Int64.self))
            }
            var at = 0
            while at < count {
                var pieces = _mm512_castsi128_si512(piece(plane0, at))
                pieces = _mm512_mask_broadcastq_epi64(pieces, 0x02, piece(plane1, at))
                pieces = _mm512_mask_broadcastq_epi64(pieces, 0x04, piece(plane2, at))
                pieces = _mm512_mask_broadcastq_epi64(pieces, 0x08, piece(plane3, at))
                pieces = _mm512_mask_broadcastq_epi64(pieces, 0x10, piece(plane4, at))
                pieces = _mm512_mask_broadcastq_epi64(pieces, 0x20, piece(plane5, at))
                pieces = _mm512_mask_broadcastq_epi64(pieces, 0x40, piece(plane6, at))
                pieces = _mm512_mask_broadcastq_epi64(pieces, 0x80, piece(plane7, at))
                let joined = _mm512_rorv_epi64(_mm512_permutexvar_epi8(places, pieces), turn)
                elements.storeBytes(of: joined, toByteOffset: 8 &* at, as: __m512i.self)
                at &+= 8
            }
        }
    }
#endif
