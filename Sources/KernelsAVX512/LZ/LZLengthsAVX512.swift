#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    // 64 tokens at a time: the counts' bytes go to the tokens that have them by one expanding move. All counts but those of four
    // bytes, and of nearly as much, fit a byte; a vector with one of these is left to the portable kernel.

    /// Counts from tokens with 512-bit vectors.
    package enum LZLengthsAVX512 {
        /// The largest byte of a length stream with which the sum of the parts fits a byte: 255 - 15 - 8.
        private static let largestByte: Int8 = Int8(bitPattern: 232)

        /// See `LZLengths.Expand`.
        @Sendable
        package static func expand(
            _ input: inout LZInput, _ batch: LZBatch, _ count: Int
        ) throws(LZFault) -> (literals: Int, matches: Int) {
            var sums = (literals: 0, matches: 0)
            let minimum = _mm512_set1_epi8(Int8(truncatingIfNeeded: input.minimumMatch))
            var literalSums = _mm512_setzero_si512()
            var matchSums = _mm512_setzero_si512()
            var index = 0
            while index < count {
                let valid = ~UInt64(0) &>> UInt64(truncatingIfNeeded: max(0, 64 &- (count &- index)))
                let tokens = _mm512_maskz_loadu_epi8(valid, input.tokens.at + index)
                let literalClasses = _mm512_and_si512(_mm512_srli_epi16(tokens, 4), _mm512_set1_epi8(3))
                let matchClasses = _mm512_and_si512(tokens, _mm512_set1_epi8(15))
                let hasLiterals = avx512_equal_bytes(literalClasses, _mm512_set1_epi8(3))
                let hasMatches = avx512_equal_bytes(matchClasses, _mm512_set1_epi8(15))
                let literalBytes = expandBytes(hasLiterals, input.literalLengths.at)
                let matchBytes = expandBytes(hasMatches, input.matchLengths.at)
                let largest = _mm512_max_epu8(literalBytes, matchBytes)
                if avx512_greater_bytes(largest, _mm512_set1_epi8(largestByte)) != 0 {
                    let more = try LZLengths.expand(&input, batch, index, min(index &+ 64, count))
                    sums.literals = sums.literals &+ more.literals
                    sums.matches = sums.matches &+ more.matches
                } else {
                    let literals = _mm512_add_epi8(literalClasses, literalBytes)
                    let matches = _mm512_maskz_mov_epi8(valid, _mm512_add_epi8(_mm512_add_epi8(matchClasses, minimum), matchBytes))
                    input.literalLengths.at += hasLiterals.nonzeroBitCount
                    input.matchLengths.at += hasMatches.nonzeroBitCount
                    if input.literalLengths.at > input.literalLengths.end { throw .literalLengthsCutOff }
                    if input.matchLengths.at > input.matchLengths.end { throw .matchLengthsCutOff }
                    widen(literals, UnsafeMutableRawPointer(batch.literalCounts + index))
                    widen(matches, UnsafeMutableRawPointer(batch.matchCounts + index))
                    literalSums = _mm512_add_epi64(literalSums, _mm512_sad_epu8(literals, _mm512_setzero_si512()))
                    matchSums = _mm512_add_epi64(matchSums, _mm512_sad_epu8(matches, _mm512_setzero_si512()))
                }
                index = index &+ 64
            }
            sums.literals = sums.literals &+ Int(_mm512_reduce_add_epi64(literalSums))
            sums.matches = sums.matches &+ Int(_mm512_reduce_add_epi64(matchSums))
            return sums
        }

        /// The next bytes, one for each bit of the mask; zeros elsewhere.
        @inline(__always)
        private static func expandBytes(_ mask: UInt64, _ bytes: UnsafeRawPointer) -> __m512i {
            _mm512_mask_expand_epi8(_mm512_setzero_si512(), mask, bytes.loadUnaligned(as: __m512i.self))
        }

        @inline(__always)
        private static func widen(_ bytes: __m512i, _ target: UnsafeMutableRawPointer) {
            target.storeBytes(of: _mm512_cvtepu8_epi32(avx512_quarter0(bytes)), as: __m512i.self)
            target.storeBytes(of: _mm512_cvtepu8_epi32(avx512_quarter1(bytes)), toByteOffset: 64, as: __m512i.self)
            target.storeBytes(of: _mm512_cvtepu8_epi32(avx512_quarter2(bytes)), toByteOffset: 128, as: __m512i.self)
            target.storeBytes(of: _mm512_cvtepu8_epi32(avx512_quarter3(bytes)), toByteOffset: 192, as: __m512i.self)
        }
    }
#endif
