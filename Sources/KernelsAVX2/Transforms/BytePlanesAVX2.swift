#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    // Most shuffles stay within the 128-bit lanes of a vector. So the low lanes take the first 16 elements of a step and the high lanes
    // the other 16, which is free when they are loaded or stored, and each lane transposes its square of bytes alone.

    /// Byte planes with 256-bit vectors, 32 or 64 elements at a time. Touches no slack.
    package enum BytePlanesAVX2 {
        /// See `BytePlanes.Split`.
        @Sendable
        package static func split(
            _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ rotation: Int, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) {
            let whole = count & ~63
            switch (width, rotation) {
            case (2, 0): splitWords(elements, whole, false, planes)
            case (2, _): splitWords(elements, whole, true, planes)
            case (4, 0): splitDoubleWords(elements, whole, false, planes)
            case (4, _): splitDoubleWords(elements, whole, true, planes)
            case (_, 0): splitQuadWords(elements, whole, false, planes)
            default: splitQuadWords(elements, whole, true, planes)
            }
            BytePlanes.split(elements, whole, count, width, rotation, planes)
        }

        @inline(__always)
        private static func splitWords(
            _ elements: UnsafeRawPointer, _ count: Int, _ isRotated: Bool, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) {
            let (low, high) = (planes[0], planes[1])
            func words(_ index: Int, _ at: Int) -> __m256i {
                let vector = halves(elements + 2 &* at + 16 &* index, 32)
                let rotated = _mm256_or_si256(_mm256_slli_epi16(vector, 1), _mm256_srli_epi16(vector, 15))
                return isRotated ? rotated : vector
            }
            var at = 0
            while at < count {
                // Both halves of a cache line one after the other: stores that alternate between planes wait for each other.
                let (a, b, c, d) = (words(0, at), words(1, at), words(0, at &+ 32), words(1, at &+ 32))
                (low + at).storeBytes(of: lowBytes(a, b), as: __m256i.self)
                (low + at + 32).storeBytes(of: lowBytes(c, d), as: __m256i.self)
                (high + at).storeBytes(of: highBytes(a, b), as: __m256i.self)
                (high + at + 32).storeBytes(of: highBytes(c, d), as: __m256i.self)
                at &+= 64
            }
        }

        @inline(__always)
        private static func lowBytes(_ a: __m256i, _ b: __m256i) -> __m256i {
            let mask = _mm256_set1_epi16(0x00FF)
            return _mm256_packus_epi16(_mm256_and_si256(a, mask), _mm256_and_si256(b, mask))
        }

        @inline(__always)
        private static func highBytes(_ a: __m256i, _ b: __m256i) -> __m256i {
            _mm256_packus_epi16(_mm256_srli_epi16(a, 8), _mm256_srli_epi16(b, 8))
        }

        @inline(__always)
        private static func splitDoubleWords(
            _ elements: UnsafeRawPointer, _ count: Int, _ isRotated: Bool, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) {
            let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
            let places = _mm256_broadcastsi128_si256(_mm_set_epi64x(0x0F0B_0703_0E0A_0602, 0x0D09_0501_0C08_0400))
            // By plane, four bytes each.
            func pieces(_ index: Int, _ at: Int) -> __m256i {
                let vector = halves(elements + 4 &* at + 16 &* index, 64)
                let rotated = _mm256_or_si256(_mm256_slli_epi32(vector, 1), _mm256_srli_epi32(vector, 31))
                return _mm256_shuffle_epi8(isRotated ? rotated : vector, places)
            }
            var at = 0
            while at < count {
                let rows = DoubleWordSquareAVX2(pieces(0, at), pieces(1, at), pieces(2, at), pieces(3, at))
                (plane0 + at).storeBytes(of: rows.row0, as: __m256i.self)
                (plane1 + at).storeBytes(of: rows.row1, as: __m256i.self)
                (plane2 + at).storeBytes(of: rows.row2, as: __m256i.self)
                (plane3 + at).storeBytes(of: rows.row3, as: __m256i.self)
                at &+= 32
            }
        }

        @inline(__always)
        private static func splitQuadWords(
            _ elements: UnsafeRawPointer, _ count: Int, _ isRotated: Bool, _ planes: UnsafePointer<UnsafeMutableRawPointer>
        ) {
            let places = _mm256_broadcastsi128_si256(_mm_set_epi64x(0x0F07_0E06_0D05_0C04, 0x0B03_0A02_0901_0800))
            // By plane, two bytes each.
            func pieces(_ index: Int, _ at: Int) -> __m256i {
                let vector = halves(elements + 8 &* at + 16 &* index, 128)
                let rotated = _mm256_or_si256(_mm256_slli_epi64(vector, 1), _mm256_srli_epi64(vector, 63))
                return _mm256_shuffle_epi8(isRotated ? rotated : vector, places)
            }
            var at = 0
            while at < count {
                let (a, b, c, d) = (pieces(0, at), pieces(1, at), pieces(2, at), pieces(3, at))
                let (e, f, g, h) = (pieces(4, at), pieces(5, at), pieces(6, at), pieces(7, at))
                let low = DoubleWordSquareAVX2(
                    _mm256_unpacklo_epi16(a, b), _mm256_unpacklo_epi16(c, d), _mm256_unpacklo_epi16(e, f), _mm256_unpacklo_epi16(g, h))
                (planes[0] + at).storeBytes(of: low.row0, as: __m256i.self)
                (planes[1] + at).storeBytes(of: low.row1, as: __m256i.self)
                (planes[2] + at).storeBytes(of: low.row2, as: __m256i.self)
                (planes[3] + at).storeBytes(of: low.row3, as: __m256i.self)
                let high = DoubleWordSquareAVX2(
                    _mm256_unpackhi_epi16(a, b), _mm256_unpackhi_epi16(c, d), _mm256_unpackhi_epi16(e, f), _mm256_unpackhi_epi16(g, h))
                (planes[4] + at).storeBytes(of: high.row0, as: __m256i.self)
                (planes[5] + at).storeBytes(of: high.row1, as: __m256i.self)
                (planes[6] + at).storeBytes(of: high.row2, as: __m256i.self)
                (planes[7] + at).storeBytes(of: high.row3, as: __m256i.self)
                at &+= 32
            }
        }

        /// The 16 bytes at `bytes`, and those `distance` bytes further on as the high lane.
        @inline(__always)
        private static func halves(_ bytes: UnsafeRawPointer, _ distance: Int) -> __m256i {
            _mm256_set_m128i(bytes.loadUnaligned(fromByteOffset: distance, as: __m128i.self), bytes.loadUnaligned(as: __m128i.self))
        }
    }

    /// Four vectors of four 32-bit lanes in each of two halves, transposed in each half.
    private struct DoubleWordSquareAVX2 {
        let row0, row1, row2, row3: __m256i

        @inline(__always)
        init(_ a: __m256i, _ b: __m256i, _ c: __m256i, _ d: __m256i) {
            let (lowAB, highAB) = (_mm256_unpacklo_epi32(a, b), _mm256_unpackhi_epi32(a, b))
            let (lowCD, highCD) = (_mm256_unpacklo_epi32(c, d), _mm256_unpackhi_epi32(c, d))
            row0 = _mm256_unpacklo_epi64(lowAB, lowCD)
            row1 = _mm256_unpackhi_epi64(lowAB, lowCD)
            row2 = _mm256_unpacklo_epi64(highAB, highCD)
            row3 = _mm256_unpackhi_epi64(highAB, highCD)
        }
    }
#endif
