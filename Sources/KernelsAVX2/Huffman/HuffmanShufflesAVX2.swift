#if arch(x86_64)
    internal import CIntrinsics

    /// Byte shuffles by masks of 8 lanes, in place of the compressing and expanding moves that this instruction set lacks.
    enum HuffmanShufflesAVX2 {
        /// By mask, 16 bytes each: words one after the other to the lanes of the mask, zeros elsewhere; and, 4,096 bytes behind, the
        /// lanes of the mask to the end of a vector. Made once, never freed.
        nonisolated(unsafe) static let tables: UnsafeRawPointer = {
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
#endif
