#if arch(x86_64)
    internal import CIntrinsics

    /// Shuffles of eight elements by a mask of eight bits, from a table with eight places for each mask. A place with its high bit set
    /// gives zero.
    struct EightPlacesAVX2 {
        static let tableSize = 256 * 8

        /// First for expanding: places of the elements one after the other at the ones of the mask, zeros elsewhere. Behind it for
        /// compressing: the places of the ones, then zeros. Made once, never freed.
        nonisolated(unsafe) static let tables: UnsafeRawPointer = {
            let tables = UnsafeMutableRawPointer.allocate(byteCount: 2 * tableSize, alignment: 64)
            var mask = 0
            while mask < 256 {
                fill((tables + 8 &* mask).assumingMemoryBound(to: UInt8.self), mask)
                mask &+= 1
            }
            return UnsafeRawPointer(tables)
        }()

        private static func fill(_ expanding: UnsafeMutablePointer<UInt8>, _ mask: Int) {
            let compressing = expanding + tableSize
            var ones = 0
            var place = 0
            while place < 8 {
                let isOne = mask &>> place & 1 == 1
                compressing[place] = 0x80
                compressing[ones] = isOne ? UInt8(truncatingIfNeeded: place) : 0x80
                expanding[place] = isOne ? UInt8(truncatingIfNeeded: ones) : 0x80
                ones &+= isOne ? 1 : 0
                place &+= 1
            }
        }

        private let table: UnsafeRawPointer

        @inline(__always)
        init(_ table: UnsafeRawPointer) { self.table = table }

        @inline(__always)
        private func places(_ mask: UInt32) -> __m128i {
            _mm_cvtsi64_si128(table.loadUnaligned(fromByteOffset: 8 &* Int(mask), as: Int64.self))
        }

        @inline(__always)
        func bytes(_ source: UnsafeRawPointer, _ mask: UInt32) -> Int64 {
            _mm_cvtsi128_si64(_mm_shuffle_epi8(_mm_cvtsi64_si128(source.loadUnaligned(as: Int64.self)), places(mask)))
        }

        @inline(__always)
        func words(_ source: UnsafeRawPointer, _ mask: UInt32) -> __m128i {
            // Twice the place, and the byte after; saturating, so that high bits stay.
            let pairs = _mm_unpacklo_epi8(places(mask), places(mask))
            let doubled = _mm_adds_epu8(_mm_adds_epu8(pairs, pairs), _mm_set1_epi16(0x0100))
            return _mm_shuffle_epi8(source.loadUnaligned(as: __m128i.self), doubled)
        }

        @inline(__always)
        func doubleWords(_ source: UnsafeRawPointer, _ mask: UInt32) -> __m256i {
            shuffled(source, _mm256_cvtepi8_epi32(places(mask)))
        }

        /// Four elements: only the lower four bits of the mask may be ones.
        @inline(__always)
        func quadWords(_ source: UnsafeRawPointer, _ mask: UInt32) -> __m256i {
            let pairs = _mm256_cvtepi8_epi32(_mm_unpacklo_epi8(places(mask), places(mask)))
            return shuffled(source, _mm256_add_epi32(_mm256_add_epi32(pairs, pairs), _mm256_set1_epi64x(1 << 32)))
        }

        @inline(__always)
        private func shuffled(_ source: UnsafeRawPointer, _ places: __m256i) -> __m256i {
            let moved = _mm256_permutevar8x32_epi32(source.loadUnaligned(as: __m256i.self), places)
            return _mm256_andnot_si256(_mm256_srai_epi32(places, 31), moved)
        }
    }
#endif
