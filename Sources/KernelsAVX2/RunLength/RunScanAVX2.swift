#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    // Comparing 64 bytes with the 64 bytes one further on gives a bit for each byte that equals its successor. Sixteen equal bytes
    // are fifteen such bits in a row, which four shifts and ands find. Windows lie 50 bytes apart, so that every row of fifteen bits
    // lies wholly in one of them: the first one found is the exact start of a run, and no short run costs a branch.

    /// The run scan with 256-bit vectors.
    package enum RunScanAVX2 {
        /// Bits of a window that can begin a row of 15: 64 - 14.
        private static let step = 50

        /// As `RunScan.firstRunStart`, with its preconditions.
        package static func firstRunStart(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, _ minimum: Int) -> Int {
            if minimum < 16 { return RunScan.firstRunStart(bytes, start, end, minimum) }
            var at = start
            // The second window's comparison reads 64 + 1 bytes.
            while end &- at >= step &+ 65 {
                let first = rowStarts(bytes + at)
                let second = rowStarts(bytes + at + step)
                if first | second == 0 {
                    at = at &+ 2 &* step
                    continue
                }
                at = first != 0 ? at &+ first.trailingZeroBitCount : at &+ step &+ second.trailingZeroBitCount
                if minimum == 16 { return at }
                let found = RunScan.follow(bytes, at, at, end, minimum)
                if found >= 0 { return found }
                at = ~found
            }
            return RunScan.firstRunStart(bytes, at, end, minimum)
        }

        /// Bit i: the bytes i ... i + 15 are equal, for i < 50.
        @inline(__always)
        private static func rowStarts(_ bytes: UnsafeRawPointer) -> UInt64 {
            var row = equalSuccessors(bytes) | equalSuccessors(bytes + 32) &<< 32
            row &= row &>> 1
            row &= row &>> 2
            row &= row &>> 4
            return row & row &>> 7
        }

        /// Bit i: byte i equals byte i + 1, for 32 bytes.
        @inline(__always)
        private static func equalSuccessors(_ bytes: UnsafeRawPointer) -> UInt64 {
            let here = bytes.loadUnaligned(as: __m256i.self)
            let next = bytes.loadUnaligned(fromByteOffset: 1, as: __m256i.self)
            return UInt64(UInt32(bitPattern: _mm256_movemask_epi8(_mm256_cmpeq_epi8(here, next))))
        }
    }
#endif
