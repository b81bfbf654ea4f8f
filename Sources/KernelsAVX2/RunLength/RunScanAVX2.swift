#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    // Looks at every aligned-to-the-scan word of 8 bytes, 128 bytes a turn: a run of 15 or more bytes covers one of them. Where a
    // candidate turns out too short, the grid of words starts anew right after it.

    /// The run scan with 256-bit vectors.
    package enum RunScanAVX2 {
        /// As `RunScan.firstRunStart`, with its preconditions.
        package static func firstRunStart(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, _ minimum: Int) -> Int {
            let turn = _mm256_setr_epi8(
                1, 2, 3, 4, 5, 6, 7, 0, 9, 10, 11, 12, 13, 14, 15, 8,
                1, 2, 3, 4, 5, 6, 7, 0, 9, 10, 11, 12, 13, 14, 15, 8)
            var at = start
            while end &- at >= 128 {
                let a = uniformWords(bytes + at, turn)
                let b = uniformWords(bytes + at + 32, turn)
                let c = uniformWords(bytes + at + 64, turn)
                let d = uniformWords(bytes + at + 96, turn)
                let any = _mm256_or_si256(_mm256_or_si256(a, b), _mm256_or_si256(c, d))
                if _mm256_testz_si256(any, any) != 0 {
                    at = at &+ 128
                    continue
                }
                let words = bits(a) | bits(b) &<< 4 | bits(c) &<< 8 | bits(d) &<< 12
                let found = RunScan.follow(bytes, at &+ 8 &* words.trailingZeroBitCount, start, end, minimum)
                if found >= 0 { return found }
                at = ~found
            }
            // A run that begins in the last seven bytes before `at` has covered no word yet.
            return RunScan.firstRunStart(bytes, max(start, at &- 7), end, minimum)
        }

        /// All ones in each 64-bit word whose eight bytes are equal.
        @inline(__always)
        private static func uniformWords(_ bytes: UnsafeRawPointer, _ turn: __m256i) -> __m256i {
            let words = bytes.loadUnaligned(as: __m256i.self)
            return _mm256_cmpeq_epi64(words, _mm256_shuffle_epi8(words, turn))
        }

        @inline(__always)
        private static func bits(_ words: __m256i) -> UInt32 {
            UInt32(truncatingIfNeeded: _mm256_movemask_pd(_mm256_castsi256_pd(words)))
        }
    }
#endif
