#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    // Looks at every word of 8 bytes from the scan's start on, 256 bytes a turn: a run of 15 or more bytes covers one of them. Where
    // a candidate turns out too short, the grid of words starts anew right after it.

    /// The run scan with 512-bit vectors.
    package enum RunScanAVX512 {
        /// As `RunScan.firstRunStart`, with its preconditions.
        package static func firstRunStart(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, _ minimum: Int) -> Int {
            var at = start
            while end &- at >= 256 {
                let a = uniformWords(bytes + at)
                let b = uniformWords(bytes + at + 64)
                let c = uniformWords(bytes + at + 128)
                let d = uniformWords(bytes + at + 192)
                if a | b | c | d == 0 {
                    at = at &+ 256
                    continue
                }
                let words = UInt32(a) | UInt32(b) &<< 8 | UInt32(c) &<< 16 | UInt32(d) &<< 24
                let found = RunScan.follow(bytes, at &+ 8 &* words.trailingZeroBitCount, start, end, minimum)
                if found >= 0 { return found }
                at = ~found
            }
            // A run that begins in the last seven bytes before `at` has covered no word yet.
            return RunScan.firstRunStart(bytes, max(start, at &- 7), end, minimum)
        }

        /// Bit i: the eight bytes of 64-bit word i are equal.
        @inline(__always)
        private static func uniformWords(_ bytes: UnsafeRawPointer) -> UInt8 {
            let words = bytes.loadUnaligned(as: __m512i.self)
            return avx512_equal_words(words, avx512_rotate_words_by_byte(words))
        }
    }
#endif
