#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    // Compressing moves go to a register, not to memory, where Zen 4 and 5 run them in microcode; expanding and compressing merge into a
    // register whose value the compiler does not know, as the zeroing forms wait for the old value of their target there.

    /// Zero bitmaps with 512-bit vectors.
    package enum ZeroBitmapAVX512 {
        /// See `ZeroBitmap.Pack`.
        @Sendable
        package static func pack(
            _ elements: UnsafeRawPointer, _ count: Int, _ width: Int, _ bitmap: UnsafeMutableRawPointer, _ values: UnsafeMutableRawPointer
        ) -> Int {
            switch width {
            case 1: pack(elements, count, 64, 1, bitmap, values)
            case 2: pack(elements, count, 32, 2, bitmap, values)
            case 4: pack(elements, count, 16, 4, bitmap, values)
            default: pack(elements, count, 8, 8, bitmap, values)
            }
        }

        @inline(__always)
        private static func pack(
            _ elements: UnsafeRawPointer, _ count: Int, _ lanes: Int, _ width: Int, _ bitmap: UnsafeMutableRawPointer,
            _ values: UnsafeMutableRawPointer
        ) -> Int {
            let whole = count & (0 &- lanes)
            var kept = 0
            var at = 0
            while at < whole {
                let vector = elements.loadUnaligned(fromByteOffset: at &* width, as: __m512i.self)
                let mask = nonzeroMask(vector, width)
                store(mask, bitmap + at &>> 3, width)
                (values + kept &* width).storeBytes(of: compress(vector, mask, width), as: __m512i.self)
                kept &+= mask.nonzeroBitCount
                at &+= lanes
            }
            if at < count {
                let vector = elements.loadUnaligned(fromByteOffset: at &* width, as: __m512i.self)
                let mask = nonzeroMask(vector, width) & ~(UInt64.max &<< UInt64(count &- at))
                store(mask, bitmap + at &>> 3, width)
                (values + kept &* width).storeBytes(of: compress(vector, mask, width), as: __m512i.self)
                kept &+= mask.nonzeroBitCount
            }
            return kept
        }

        /// See `ZeroBitmap.Unpack`.
        @Sendable
        package static func unpack(
            _ bitmap: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, _ width: Int, _ elements: UnsafeMutableRawPointer
        ) {
            switch width {
            case 1: unpack(bitmap, values, count, 64, 1, elements)
            case 2: unpack(bitmap, values, count, 32, 2, elements)
            case 4: unpack(bitmap, values, count, 16, 4, elements)
            default: unpack(bitmap, values, count, 8, 8, elements)
            }
        }

        @inline(__always)
        private static func unpack(
            _ bitmap: UnsafeRawPointer, _ values: UnsafeRawPointer, _ count: Int, _ lanes: Int, _ width: Int,
            _ elements: UnsafeMutableRawPointer
        ) {
            // Zeros that the compiler does not know as such.
            let zeros = _mm512_set1_epi64(Int64(count &>> 62))
            var used = 0
            var at = 0
            while at < count {
                let mask = load(bitmap + at &>> 3, width)
                let vector = values.loadUnaligned(fromByteOffset: used &* width, as: __m512i.self)
                elements.storeBytes(of: expand(vector, mask, zeros, width), toByteOffset: at &* width, as: __m512i.self)
                used &+= mask.nonzeroBitCount
                at &+= lanes
            }
        }

        /// See `ZeroBitmap.Count`.
        @Sendable
        package static func ones(_ bitmap: UnsafeRawPointer, _ count: Int) -> Int {
            var total = _mm512_setzero_si512()
            var at = 0
            while at &+ 512 <= count {
                let bits = bitmap.loadUnaligned(fromByteOffset: at &>> 3, as: __m512i.self)
                total = _mm512_add_epi64(total, _mm512_popcnt_epi64(bits))
                at &+= 512
            }
            return Int(_mm512_reduce_add_epi64(total)) &+ ZeroBitmap.ones(bitmap + at &>> 3, count &- at)
        }
    }

    extension ZeroBitmapAVX512 {
        @inline(__always)
        private static func nonzeroMask(_ vector: __m512i, _ width: Int) -> UInt64 {
            switch width {
            case 1: _mm512_test_epi8_mask(vector, vector)
            case 2: UInt64(_mm512_test_epi16_mask(vector, vector))
            case 4: UInt64(_mm512_test_epi32_mask(vector, vector))
            default: UInt64(_mm512_test_epi64_mask(vector, vector))
            }
        }

        @inline(__always)
        private static func compress(_ vector: __m512i, _ mask: UInt64, _ width: Int) -> __m512i {
            switch width {
            case 1: _mm512_mask_compress_epi8(vector, mask, vector)
            case 2: _mm512_mask_compress_epi16(vector, UInt32(truncatingIfNeeded: mask), vector)
            case 4: _mm512_mask_compress_epi32(vector, UInt16(truncatingIfNeeded: mask), vector)
            default: _mm512_mask_compress_epi64(vector, UInt8(truncatingIfNeeded: mask), vector)
            }
        }

        @inline(__always)
        private static func expand(_ vector: __m512i, _ mask: UInt64, _ zeros: __m512i, _ width: Int) -> __m512i {
            switch width {
            case 1: _mm512_mask_expand_epi8(zeros, mask, vector)
            case 2: _mm512_mask_expand_epi16(zeros, UInt32(truncatingIfNeeded: mask), vector)
            case 4: _mm512_mask_expand_epi32(zeros, UInt16(truncatingIfNeeded: mask), vector)
            default: _mm512_mask_expand_epi64(zeros, UInt8(truncatingIfNeeded: mask), vector)
            }
        }

        /// The bits of one vector's elements.
        @inline(__always)
        private static func load(_ bitmap: UnsafeRawPointer, _ width: Int) -> UInt64 {
            switch width {
            case 1: bitmap.loadUnaligned(as: UInt64.self)
            case 2: UInt64(bitmap.loadUnaligned(as: UInt32.self))
            case 4: UInt64(bitmap.loadUnaligned(as: UInt16.self))
            default: UInt64(bitmap.load(as: UInt8.self))
            }
        }

        @inline(__always)
        private static func store(_ mask: UInt64, _ bitmap: UnsafeMutableRawPointer, _ width: Int) {
            switch width {
            case 1: bitmap.storeBytes(of: mask, as: UInt64.self)
            case 2: bitmap.storeBytes(of: UInt32(truncatingIfNeeded: mask), as: UInt32.self)
            case 4: bitmap.storeBytes(of: UInt16(truncatingIfNeeded: mask), as: UInt16.self)
            default: bitmap.storeBytes(of: UInt8(truncatingIfNeeded: mask), as: UInt8.self)
            }
        }
    }
#endif
