#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    extension BytePlanesAVX2 {
        /// See `BytePlanes.Join`.
        @Sendable
        package static func join(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ width: Int, _ rotation: Int, _ elements: UnsafeMutableRawPointer
        ) {
            let whole = count & ~31
            switch (width, rotation) {
            case (2, 0): joinWords(planes, whole, false, elements)
            case (2, _): joinWords(planes, whole, true, elements)
            case (4, 0): joinDoubleWords(planes, whole, false, elements)
            case (4, _): joinDoubleWords(planes, whole, true, elements)
            case (_, 0): joinQuadWords(planes, whole, false, elements)
            default: joinQuadWords(planes, whole, true, elements)
            }
            BytePlanes.join(planes, whole, count, width, rotation, elements)
        }

        @inline(__always)
        private static func joinWords(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ isRotated: Bool, _ elements: UnsafeMutableRawPointer
        ) {
            let (lowPlane, highPlane) = (planes[0], planes[1])
            func store(_ vector: __m256i, _ at: Int) {
                let rotated = _mm256_or_si256(_mm256_srli_epi16(vector, 1), _mm256_slli_epi16(vector, 15))
                storeHalves(isRotated ? rotated : vector, elements + 2 &* at, 32)
            }
            var at = 0
            while at < count {
                let low = lowPlane.loadUnaligned(fromByteOffset: at, as: __m256i.self)
                let high = highPlane.loadUnaligned(fromByteOffset: at, as: __m256i.self)
                store(_mm256_unpacklo_epi8(low, high), at)
                store(_mm256_unpackhi_epi8(low, high), at &+ 8)
                at &+= 32
            }
        }

        @inline(__always)
        private static func joinDoubleWords(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ isRotated: Bool, _ elements: UnsafeMutableRawPointer
        ) {
            let (plane0, plane1, plane2, plane3) = (planes[0], planes[1], planes[2], planes[3])
            func store(_ vector: __m256i, _ at: Int) {
                let rotated = _mm256_or_si256(_mm256_srli_epi32(vector, 1), _mm256_slli_epi32(vector, 31))
                storeHalves(isRotated ? rotated : vector, elements + 4 &* at, 64)
            }
            var at = 0
            while at < count {
                let low = BytePairsAVX2(plane0, plane1, at)
                let high = BytePairsAVX2(plane2, plane3, at)
                store(_mm256_unpacklo_epi16(low.first, high.first), at)
                store(_mm256_unpackhi_epi16(low.first, high.first), at &+ 4)
                store(_mm256_unpacklo_epi16(low.second, high.second), at &+ 8)
                store(_mm256_unpackhi_epi16(low.second, high.second), at &+ 12)
                at &+= 32
            }
        }

        @inline(__always)
        private static func joinQuadWords(
            _ planes: UnsafePointer<UnsafeRawPointer>, _ count: Int, _ isRotated: Bool, _ elements: UnsafeMutableRawPointer
        ) {
            func store(_ vector: __m256i, _ at: Int) {
                let rotated = _mm256_or_si256(_mm256_srli_epi64(vector, 1), _mm256_slli_epi64(vector, 63))
                storeHalves(isRotated ? rotated : vector, elements + 8 &* at, 128)
            }
            /// Eight elements in each half, as pairs of their bytes.
            func store(_ byte01: __m256i, _ byte23: __m256i, _ byte45: __m256i, _ byte67: __m256i, _ at: Int) {
                let (low0, low4) = (_mm256_unpacklo_epi16(byte01, byte23), _mm256_unpackhi_epi16(byte01, byte23))
                let (high0, high4) = (_mm256_unpacklo_epi16(byte45, byte67), _mm256_unpackhi_epi16(byte45, byte67))
                store(_mm256_unpacklo_epi32(low0, high0), at)
                store(_mm256_unpackhi_epi32(low0, high0), at &+ 2)
                store(_mm256_unpacklo_epi32(low4, high4), at &+ 4)
                store(_mm256_unpackhi_epi32(low4, high4), at &+ 6)
            }
            var at = 0
            while at < count {
                let (byte01, byte23) = (BytePairsAVX2(planes[0], planes[1], at), BytePairsAVX2(planes[2], planes[3], at))
                let (byte45, byte67) = (BytePairsAVX2(planes[4], planes[5], at), BytePairsAVX2(planes[6], planes[7], at))
                store(byte01.first, byte23.first, byte45.first, byte67.first, at)
                store(byte01.second, byte23.second, byte45.second, byte67.second, at &+ 8)
                at &+= 32
            }
        }

        /// Stores the low half at `target`, and the high half `distance` bytes further on.
        @inline(__always)
        private static func storeHalves(_ vector: __m256i, _ target: UnsafeMutableRawPointer, _ distance: Int) {
            target.storeBytes(of: _mm256_castsi256_si128(vector), as: __m128i.self)
            target.storeBytes(of: avx2_high_half(vector), toByteOffset: distance, as: __m128i.self)
        }
    }

    /// The bytes of two planes next to each other: in the low half of the elements 0-7 and 8-15, in the high half 16 more.
    private struct BytePairsAVX2 {
        let first, second: __m256i

        @inline(__always)
        init(_ low: UnsafeRawPointer, _ high: UnsafeRawPointer, _ at: Int) {
            let lowBytes = low.loadUnaligned(fromByteOffset: at, as: __m256i.self)
            let highBytes = high.loadUnaligned(fromByteOffset: at, as: __m256i.self)
            first = _mm256_unpacklo_epi8(lowBytes, highBytes)
            second = _mm256_unpackhi_epi8(lowBytes, highBytes)
        }
    }
#endif
