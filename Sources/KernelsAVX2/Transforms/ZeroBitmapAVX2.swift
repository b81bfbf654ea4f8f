#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    // There are no compressing or expanding moves here: a table tells for each byte of the bitmap which of eight elements go where, as
    // places for a shuffle. The instructions that deposit and extract bits would make the table needless, but take hundreds of cycles
    // on Zen 1 and 2.

    /// Zero bitmaps with 256-bit vectors, eight elements at a time.
    package enum ZeroBitmapAVX2 {
        /// See `ZeroBitmap.Pack`.
        @Sendable
        package static func pack(
            _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ bitmap: UnsafeMutableRawPointer, _ values: UnsafeMutableRawPointer
        ) -> Int {
            switch width {
            case 1: packEights(elements, count, 1, bitmap, values)
            case 2: packEights(elements, count, 2, bitmap, values)
            case 4: packEights(elements, count, 4, bitmap, values)
            default: packEights(elements, count, 8, bitmap, values)
            }
        }

        @inline(__always)
        private static func packEights(
            _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ bitmap: UnsafeMutableRawPointer, _ values: UnsafeMutableRawPointer
        ) -> Int {
            let compressing = EightPlacesAVX2(EightPlacesAVX2.tables + EightPlacesAVX2.tableSize)
            var kept = 0
            var at = 0
            while at < count {
                let source = elements + at &* width
                var mask = nonzeroMask(source, width)
                if at &+ 8 > count { mask &= ~(UInt32.max &<< UInt32(truncatingIfNeeded: count &- at)) }
                bitmap.storeBytes(of: UInt8(truncatingIfNeeded: mask), toByteOffset: at &>> 3, as: UInt8.self)
                let target = values + kept &* width
                switch width {
                case 1: target.storeBytes(of: compressing.bytes(source, mask), as: Int64.self)
                case 2: target.storeBytes(of: compressing.words(source, mask), as: __m128i.self)
                case 4: target.storeBytes(of: compressing.doubleWords(source, mask), as: __m256i.self)
                default:
                    let low = (mask & 15).nonzeroBitCount
                    target.storeBytes(of: compressing.quadWords(source, mask & 15), as: __m256i.self)
                    (target + 8 &* low).storeBytes(of: compressing.quadWords(source + 32, mask &>> 4), as: __m256i.self)
                }
                kept &+= mask.nonzeroBitCount
                at &+= 8
            }
            return kept
        }

        /// Bit i: element i is not zero.
        @inline(__always)
        private static func nonzeroMask(_ elements: UnsafeRawPointer, _ width: Int) -> UInt32 {
            let zero = _mm256_setzero_si256()
            switch width {
            case 1:
                let bytes = _mm_cvtsi64_si128(elements.loadUnaligned(as: Int64.self))
                return ~UInt32(bitPattern: _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_setzero_si128()))) & 0xFF
            case 2:
                let isZero = _mm_cmpeq_epi16(elements.loadUnaligned(as: __m128i.self), _mm_setzero_si128())
                return ~UInt32(bitPattern: _mm_movemask_epi8(_mm_packs_epi16(isZero, isZero))) & 0xFF
            case 4:
                let isZero = _mm256_cmpeq_epi32(elements.loadUnaligned(as: __m256i.self), zero)
                return ~UInt32(bitPattern: _mm256_movemask_ps(_mm256_castsi256_ps(isZero))) & 0xFF
            default:
                let low = _mm256_cmpeq_epi64(elements.loadUnaligned(as: __m256i.self), zero)
                let high = _mm256_cmpeq_epi64(elements.loadUnaligned(fromByteOffset: 32, as: __m256i.self), zero)
                let lowBits = _mm256_movemask_pd(_mm256_castsi256_pd(low))
                return ~UInt32(bitPattern: lowBits | _mm256_movemask_pd(_mm256_castsi256_pd(high)) &<< 4) & 0xFF
            }
        }

        /// See `ZeroBitmap.Count`: the loop is the portable one, with this instruction set's count of ones.
        @Sendable
        package static func ones(_ bitmap: UnsafeRawPointer, _ count: Int) -> Int {
            var total = 0
            var at = 0
            while at &+ 64 <= count {
                total &+= bitmap.loadUnaligned(fromByteOffset: at &>> 3, as: UInt64.self).nonzeroBitCount
                at &+= 64
            }
            return total &+ ZeroBitmap.ones(bitmap + at &>> 3, count &- at)
        }
    }

    extension ZeroBitmapAVX2 {
        /// See `ZeroBitmap.Unpack`.
        @Sendable
        package static func unpack(
            _ bitmap: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, _ width: Int, _ elements: UnsafeMutableRawPointer
        ) {
            switch width {
            case 1: unpackEights(bitmap, values, count, 1, elements)
            case 2: unpackEights(bitmap, values, count, 2, elements)
            case 4: unpackEights(bitmap, values, count, 4, elements)
            default: unpackEights(bitmap, values, count, 8, elements)
            }
        }

        @inline(__always)
        private static func unpackEights(
            _ bitmap: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, _ width: Int, _ elements: UnsafeMutableRawPointer
        ) {
            let expanding = EightPlacesAVX2(EightPlacesAVX2.tables)
            var used = 0
            var at = 0
            while at < count {
                let mask = UInt32(bitmap.load(fromByteOffset: at &>> 3, as: UInt8.self))
                let source = values + used &* width
                let target = elements + at &* width
                switch width {
                case 1: target.storeBytes(of: expanding.bytes(source, mask), as: Int64.self)
                case 2: target.storeBytes(of: expanding.words(source, mask), as: __m128i.self)
                case 4: target.storeBytes(of: expanding.doubleWords(source, mask), as: __m256i.self)
                default:
                    let low = (mask & 15).nonzeroBitCount
                    target.storeBytes(of: expanding.quadWords(source, mask & 15), as: __m256i.self)
                    (target + 32).storeBytes(of: expanding.quadWords(source + 8 &* low, mask &>> 4), as: __m256i.self)
                }
                used &+= mask.nonzeroBitCount
                at &+= 8
            }
        }
    }
#endif
