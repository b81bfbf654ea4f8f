#if arch(x86_64)
    internal import CIntrinsics

    /// What the encoder and the decoder of the lanes layout share where an instruction set has neither shifts by 16-bit amounts nor
    /// compressing moves: powers of two to multiply with, and byte shuffles by masks of 8 lanes.
    enum HuffmanVectorsAVX2 {
        /// 2^n by 16-bit lane, for 0 <= n <= 15; anything for other n.
        @inline(__always)
        static func powers(_ exponents: __m256i) -> __m256i {
            let bytes = Int64(bitPattern: 0x8040_2010_0804_0201)
            // The low byte looks up n, the high byte n - 8; what is 8 or more, or negative, finds a zero.
            let places = _mm256_sub_epi16(_mm256_or_si256(exponents, _mm256_slli_epi16(exponents, 8)), _mm256_set1_epi16(0x0800))
            return _mm256_shuffle_epi8(_mm256_set_epi64x(0, bytes, 0, bytes), places)
        }

        /// By mask, 16 bytes each: words one after the other to the lanes of the mask, zeros elsewhere; and, 4,096 bytes behind, the
        /// lanes of the mask to the end of a vector. Made once, never freed.
        nonisolated(unsafe) static let shuffles: UnsafeRawPointer = {
            let tables = UnsafeMutableRawPointer.allocate(byteCount: 2 * 4096, alignment: 64)
            var mask = 0
            while mask < 256 {
                fill(tables + 16 &* mask, mask)
                mask &+= 1
            }
            return UnsafeRawPointer(tables)
        }()

        private static func fill(_ table: UnsafeMutableRawPointer, _ mask: Int) {
            let expanding = table.assumingMemoryBound(to: UInt8.self)
            let compressing = expanding + 4096
            // A place with its high bit set gives a zero.
            _mm_storeu_si128(table.assumingMemoryBound(to: __m128i.self), _mm_set1_epi8(-128))
            _mm_storeu_si128((table + 4096).assumingMemoryBound(to: __m128i.self), _mm_set1_epi8(-128))
            var source = 0
            var target = 16 &- 2 &* mask.nonzeroBitCount
            var lane = 0
            while lane < 8 {
                if mask &>> lane & 1 == 1 {
                    expanding[2 &* lane] = UInt8(truncatingIfNeeded: source)
                    expanding[2 &* lane &+ 1] = UInt8(truncatingIfNeeded: source &+ 1)
                    compressing[target] = UInt8(truncatingIfNeeded: 2 &* lane)
                    compressing[target &+ 1] = UInt8(truncatingIfNeeded: 2 &* lane &+ 1)
                    source &+= 2
                    target &+= 2
                }
                lane &+= 1
            }
        }
    }

    /// 16 lanes as vectors of 16-bit halves, left-aligned: 16 + `extra` bits are valid.
    struct HuffmanHalfGroupAVX2 {
        var high: __m256i
        var low: __m256i
        var extra: __m256i

        /// Reads 16 lanes in their outside form, from `first` every `stride`-th. Uses 96 bytes of the workspace.
        init(_ lanes: UnsafePointer<UInt32>, _ first: Int, _ stride: Int, _ workspace: UnsafeMutableRawPointer) {
            let halves = workspace.assumingMemoryBound(to: UInt16.self)
            var lane = 0
            while lane < 16 {
                let bits = lanes[first &+ lane &* stride]
                let free = UInt32(truncatingIfNeeded: bits.leadingZeroBitCount)
                let aligned = (bits &<< free) &<< 1
                halves[lane] = UInt16(truncatingIfNeeded: aligned &>> 16)
                halves[16 &+ lane] = UInt16(truncatingIfNeeded: aligned)
                halves[32 &+ lane] = UInt16(truncatingIfNeeded: 15 &- free)
                lane &+= 1
            }
            high = workspace.loadUnaligned(as: __m256i.self)
            low = workspace.loadUnaligned(fromByteOffset: 32, as: __m256i.self)
            extra = workspace.loadUnaligned(fromByteOffset: 64, as: __m256i.self)
        }

        /// Puts the lanes back.
        func finish(_ lanes: UnsafeMutablePointer<UInt32>, _ first: Int, _ stride: Int, _ workspace: UnsafeMutableRawPointer) {
            let halves = workspace.assumingMemoryBound(to: UInt16.self)
            workspace.storeBytes(of: high, as: __m256i.self)
            (workspace + 32).storeBytes(of: low, as: __m256i.self)
            (workspace + 64).storeBytes(of: extra, as: __m256i.self)
            var lane = 0
            while lane < 16 {
                let aligned = UInt64(halves[lane]) &<< 16 | UInt64(halves[16 &+ lane]) | 1 &<< 32
                lanes[first &+ lane &* stride] = UInt32(truncatingIfNeeded: aligned &>> (16 &- UInt64(halves[32 &+ lane])))
                lane &+= 1
            }
        }
    }
#endif
