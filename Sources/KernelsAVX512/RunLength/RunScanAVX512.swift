#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// The run scan with 512-bit vectors: whether a word and the byte behind it are equal is a comparison with the word one byte further on.
    package enum RunScanAVX512 {
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
            let low = eight(block) | eight(block + 64) &<< 8 | eight(block + 128) &<< 16 | eight(block + 192) &<< 24
            let high = eight(block + 256) | eight(block + 320) &<< 8 | eight(block + 384) &<< 16 | eight(block + 448) &<< 24
            return low | high &<< 32
        }

        @inline(__always)
        private static func eight(_ words: UnsafeRawPointer) -> UInt64 {
            UInt64(avx512_equal_words(words.loadUnaligned(as: __m512i.self), words.loadUnaligned(fromByteOffset: 1, as: __m512i.self)))
        }
    }
#endif
