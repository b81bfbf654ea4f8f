#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// The run scan with 256-bit vectors: whether a word and the byte behind it are equal is a comparison with the word one byte further on.
    package enum RunScanAVX2 {
        /// See `RunScan.Find`.
        @Sendable
        package static func find(
            _ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, _ list: UnsafeMutablePointer<UInt32>, _ capacity: Int
        ) -> Int {
            var words = RunWords(bytes, start, end, list)
            let masks = UnsafeMutableRawPointer(list + RunScan.masksPlace(capacity))
            while words.blocks > 0 {
                let (at, blocks) = (words.at, words.blocks)
                var block = 0
                while block < blocks {
                    masks.storeBytes(of: equalWords(bytes + at + 512 &* block), toByteOffset: 8 &* block, as: UInt64.self)
                    block &+= 1
                }
                if words.take(masks, blocks, capacity) { return words.count }
            }
            return words.finish()
        }

        /// Bit k: the bytes 8 k to 8 k + 8 are equal.
        @inline(__always)
        private static func equalWords(_ block: UnsafeRawPointer) -> UInt64 {
            let low = sixteen(block) | sixteen(block + 128) &<< 16
            let high = sixteen(block + 256) | sixteen(block + 384) &<< 16
            return low | high &<< 32
        }

        @inline(__always)
        private static func sixteen(_ words: UnsafeRawPointer) -> UInt64 {
            four(words) | four(words + 32) &<< 4 | four(words + 64) &<< 8 | four(words + 96) &<< 12
        }

        @inline(__always)
        private static func four(_ words: UnsafeRawPointer) -> UInt64 {
            let here = words.loadUnaligned(as: __m256i.self)
            let equal = _mm256_cmpeq_epi64(here, words.loadUnaligned(fromByteOffset: 1, as: __m256i.self))
            return UInt64(UInt32(bitPattern: _mm256_movemask_pd(_mm256_castsi256_pd(equal))))
        }
    }
#endif
