#if arch(x86_64)
    internal import CIntrinsics

    /// The comparison of two byte strings with 512-bit vectors.
    package enum CommonPrefixAVX512 {
        /// As `CommonPrefix.length`, with its preconditions.
        package static func length(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ limit: Int) -> Int {
            var at = 0
            // Most prefixes are short: they end here.
            if limit >= 64 {
                let bits = differingBits(a, b, 0)
                if bits != 0 { return bits.trailingZeroBitCount }
                at = 64
            }
            while limit &- at >= 256 {
                let first = differingBits(a, b, at) | differingBits(a, b, at &+ 64)
                let second = differingBits(a, b, at &+ 128) | differingBits(a, b, at &+ 192)
                if first | second != 0 { break }
                at = at &+ 256
            }
            while limit &- at >= 64 {
                let bits = differingBits(a, b, at)
                if bits != 0 { return at &+ bits.trailingZeroBitCount }
                at = at &+ 64
            }
            if at == limit { return limit }
            // Bytes that are masked off are not read: the processor suppresses their faults.
            let rest = (1 as UInt64) &<< UInt64(truncatingIfNeeded: limit &- at) &- 1
            let bits = avx512_differing_bytes(_mm512_maskz_loadu_epi8(rest, a + at), _mm512_maskz_loadu_epi8(rest, b + at))
            return bits == 0 ? limit : at &+ bits.trailingZeroBitCount
        }

        @inline(__always)
        private static func differingBits(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ at: Int) -> UInt64 {
            avx512_differing_bytes(
                a.loadUnaligned(fromByteOffset: at, as: __m512i.self), b.loadUnaligned(fromByteOffset: at, as: __m512i.self))
        }
    }
#endif
