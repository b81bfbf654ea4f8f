#if arch(x86_64)
    internal import CIntrinsics
    package import Kernels

    // Eight tokens at a time: the counts' bytes go to the tokens that have them by one shuffle, which a table gives for each mask. All
    // counts but those of four bytes, and of nearly as much, fit a byte; a vector with one of these is left to the portable kernel.

    /// Counts from tokens with 128-bit and 256-bit vectors.
    package enum LZLengthsAVX2 {
        /// The largest byte of a length stream with which the sum of the parts fits a byte: 255 - 15 - 8.
        private static let largestByte: Int8 = Int8(bitPattern: 232)

        /// See `LZLengths.Expand`.
        @Sendable
        package static func expand(
            _ input: inout LZInput, _ batch: LZBatch, _ count: Int
        ) throws(LZFault) -> (literals: Int, matches: Int) {
            let table = LZTables.expansions
            let literalTarget = UnsafeMutableRawPointer(batch.literalCounts)
            let matchTarget = UnsafeMutableRawPointer(batch.matchCounts)
            let minimum = _mm_set1_epi8(Int8(truncatingIfNeeded: input.minimumMatch))
            var sums = (literals: 0, matches: 0)
            var literalSums = _mm256_setzero_si256()
            var matchSums = _mm256_setzero_si256()
            var index = 0
            while index &+ 8 <= count {
                let tokens = _mm_cvtsi64_si128(input.tokens.at.loadUnaligned(fromByteOffset: index, as: Int64.self))
                let literalClasses = _mm_and_si128(_mm_srli_epi16(tokens, 4), _mm_set1_epi8(3))
                let matchClasses = _mm_and_si128(tokens, _mm_set1_epi8(15))
                let literalMask = mask(_mm_cmpeq_epi8(literalClasses, _mm_set1_epi8(3)))
                let matchMask = mask(_mm_cmpeq_epi8(matchClasses, _mm_set1_epi8(15)))
                let literalBytes = expandBytes(table, literalMask, input.literalLengths.at)
                let matchBytes = expandBytes(table, matchMask, input.matchLengths.at)
                let excess = _mm_subs_epu8(_mm_max_epu8(literalBytes, matchBytes), _mm_set1_epi8(largestByte))
                if _mm_cvtsi128_si64(excess) != 0 {
                    let more = try LZLengths.expand(&input, batch, index, index &+ 8)
                    sums.literals = sums.literals &+ more.literals
                    sums.matches = sums.matches &+ more.matches
                } else {
                    let literals = _mm256_cvtepu8_epi32(_mm_add_epi8(literalClasses, literalBytes))
                    let matches = _mm256_cvtepu8_epi32(_mm_add_epi8(_mm_add_epi8(matchClasses, minimum), matchBytes))
                    (literalTarget + 4 &* index).storeBytes(of: literals, as: __m256i.self)
                    (matchTarget + 4 &* index).storeBytes(of: matches, as: __m256i.self)
                    literalSums = _mm256_add_epi32(literalSums, literals)
                    matchSums = _mm256_add_epi32(matchSums, matches)
                    input.literalLengths.at += literalMask.nonzeroBitCount
                    input.matchLengths.at += matchMask.nonzeroBitCount
                    if input.literalLengths.at > input.literalLengths.end { throw .literalLengthsCutOff }
                    if input.matchLengths.at > input.matchLengths.end { throw .matchLengthsCutOff }
                }
                index = index &+ 8
            }
            let rest = try LZLengths.expand(&input, batch, index, count)
            return (
                sums.literals &+ rest.literals &+ Int(avx2_lane_sum(literalSums)),
                sums.matches &+ rest.matches &+ Int(avx2_lane_sum(matchSums))
            )
        }

        @inline(__always)
        private static func mask(_ equal: __m128i) -> Int { Int(_mm_movemask_epi8(equal)) & 0xFF }

        /// The next bytes, one for each bit of the mask; zeros elsewhere.
        @inline(__always)
        private static func expandBytes(_ table: UnsafeRawPointer, _ mask: Int, _ bytes: UnsafeRawPointer) -> __m128i {
            let places = _mm_cvtsi64_si128(table.loadUnaligned(fromByteOffset: 8 &* mask, as: Int64.self))
            return _mm_shuffle_epi8(_mm_cvtsi64_si128(bytes.loadUnaligned(as: Int64.self)), places)
        }
    }
#endif
