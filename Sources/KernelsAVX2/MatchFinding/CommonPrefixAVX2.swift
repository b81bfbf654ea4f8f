#if arch(x86_64)
    internal import CIntrinsics
    internal import Kernels

    /// The comparison of two byte strings with 256-bit vectors.
    package enum CommonPrefixAVX2 {
        /// As `CommonPrefix.length`, with its preconditions.
        package static func length(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ limit: Int) -> Int {
            if limit < 32 { return CommonPrefix.length(a, b, limit) }
            // Most prefixes are short: they end here.
            let bits = differingBits(equalBytes(a, b, 0))
            if bits != 0 { return bits.trailingZeroBitCount }
            var at = 32
            while limit &- at >= 128 {
                let first = _mm256_and_si256(equalBytes(a, b, at), equalBytes(a, b, at &+ 32))
                let second = _mm256_and_si256(equalBytes(a, b, at &+ 64), equalBytes(a, b, at &+ 96))
                if differingBits(_mm256_and_si256(first, second)) != 0 { break }
                at = at &+ 128
            }
            while limit &- at >= 32 {
                let bits = differingBits(equalBytes(a, b, at))
                if bits != 0 { return at &+ bits.trailingZeroBitCount }
                at = at &+ 32
            }
            if at == limit { return limit }
            // The last vector overlaps bytes that are known to be equal.
            at = limit &- 32
            let rest = differingBits(equalBytes(a, b, at))
            return rest == 0 ? limit : at &+ rest.trailingZeroBitCount
        }

        @inline(__always)
        private static func equalBytes(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ at: Int) -> __m256i {
            _mm256_cmpeq_epi8(
                a.loadUnaligned(fromByteOffset: at, as: __m256i.self), b.loadUnaligned(fromByteOffset: at, as: __m256i.self))
        }

        @inline(__always)
        private static func differingBits(_ equal: __m256i) -> UInt32 { ~UInt32(bitPattern: _mm256_movemask_epi8(equal)) }
    }
#endif
