#if arch(x86_64)
    internal import CXXHash

    /// The hash of blocks with 512-bit vectors, which libxxhash's header picks by the flags of this module.
    package enum XXH3AVX512 {
        /// XXH3-64 of `bytes`, seed 0.
        package static func hash64(_ bytes: UnsafeRawBufferPointer) -> UInt64 { xxh3_64(bytes.baseAddress, bytes.count) }
    }
#endif
