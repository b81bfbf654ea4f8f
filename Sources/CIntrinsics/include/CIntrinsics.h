#pragma once
// What Swift cannot import by itself: intrinsics that are macros, and the CPU feature query. No algorithm lives here.
#include <stdbool.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>

// Each query lists every feature that the compiler may use under the module's -target-cpu (haswell, icelake-server), not
// only those whose intrinsics are called: lzcnt, for one, runs as bsr with other results where it is missing.
static inline bool cpu_supports_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("lzcnt") && __builtin_cpu_supports("movbe") &&
           __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
}

static inline bool cpu_supports_avx512(void) {
    return cpu_supports_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
           __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("avx512vpopcntdq") &&
           __builtin_cpu_supports("avx512ifma") && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("gfni") &&
           __builtin_cpu_supports("vaes") && __builtin_cpu_supports("vpclmulqdq");
}

// The wrappers below are usable only from modules whose flags enable the instruction set; they take it from those flags.

/// Bit i: the bytes i of both vectors differ.
static inline __attribute__((always_inline)) uint64_t avx512_differing_bytes(__m512i a, __m512i b) { return _mm512_cmpneq_epi8_mask(a, b); }

/// Bit i: the bytes i of both vectors are equal.
static inline __attribute__((always_inline)) uint64_t avx512_equal_bytes(__m512i a, __m512i b) { return _mm512_cmpeq_epi8_mask(a, b); }

/// The upper 128 bits of `a`.
static inline __attribute__((always_inline)) __m128i avx2_high_half(__m256i a) { return _mm256_extracti128_si256(a, 1); }

/// Bits of `yes` where `mask` has ones, else of `no`. Left to and, andnot and or, the compiler takes three instructions for it.
static inline __attribute__((always_inline)) __m512i avx512_select(__m512i mask, __m512i yes, __m512i no) {
    return _mm512_ternarylogic_epi64(mask, yes, no, 0xCA);
}

/// Bit i: the byte i of `a` is the greater one, without sign.
static inline __attribute__((always_inline)) uint64_t avx512_greater_bytes(__m512i a, __m512i b) { return _mm512_cmpgt_epu8_mask(a, b); }

/// Bit i: the 32-bit lane i of `a` is the greater one, without sign.
static inline __attribute__((always_inline)) uint16_t avx512_greater_lanes(__m512i a, __m512i b) { return _mm512_cmpgt_epu32_mask(a, b); }

/// Bit i: the 32-bit lane i is not zero.
static inline __attribute__((always_inline)) uint16_t avx512_nonzero_lanes(__m512i a) { return _mm512_test_epi32_mask(a, a); }

// 32-bit lanes moved up by 1, 2, 4 and 8 places; the last ones of `below` come in.
static inline __attribute__((always_inline)) __m512i avx512_lanes_up1(__m512i a, __m512i below) { return _mm512_alignr_epi32(a, below, 15); }
static inline __attribute__((always_inline)) __m512i avx512_lanes_up2(__m512i a, __m512i below) { return _mm512_alignr_epi32(a, below, 14); }
static inline __attribute__((always_inline)) __m512i avx512_lanes_up4(__m512i a, __m512i below) { return _mm512_alignr_epi32(a, below, 12); }
static inline __attribute__((always_inline)) __m512i avx512_lanes_up8(__m512i a, __m512i below) { return _mm512_alignr_epi32(a, below, 8); }

/// The 32-bit lane 15.
static inline __attribute__((always_inline)) int32_t avx512_last_lane(__m512i a) { return _mm_extract_epi32(_mm512_extracti32x4_epi32(a, 3), 3); }

// The 128-bit quarters.
static inline __attribute__((always_inline)) __m128i avx512_quarter0(__m512i a) { return _mm512_castsi512_si128(a); }
static inline __attribute__((always_inline)) __m128i avx512_quarter1(__m512i a) { return _mm512_extracti32x4_epi32(a, 1); }
static inline __attribute__((always_inline)) __m128i avx512_quarter2(__m512i a) { return _mm512_extracti32x4_epi32(a, 2); }
static inline __attribute__((always_inline)) __m128i avx512_quarter3(__m512i a) { return _mm512_extracti32x4_epi32(a, 3); }

/// The 32-bit lanes 0 to 2 of `first`, the others of `rest`.
static inline __attribute__((always_inline)) __m256i avx2_replace_three_lanes(__m256i rest, __m256i first) { return _mm256_blend_epi32(rest, first, 7); }

// 32-bit lanes.
static inline __attribute__((always_inline)) int32_t avx2_lane0(__m128i a) { return _mm_cvtsi128_si32(a); }
static inline __attribute__((always_inline)) int32_t avx2_lane1(__m128i a) { return _mm_extract_epi32(a, 1); }
static inline __attribute__((always_inline)) int32_t avx2_lane2(__m128i a) { return _mm_extract_epi32(a, 2); }

/// Bit i: the sign of the 32-bit lane i.
static inline __attribute__((always_inline)) int32_t avx2_lane_signs(__m256i a) { return _mm256_movemask_ps(_mm256_castsi256_ps(a)); }

// 32-bit lanes moved up by 1 and 2 places within each half; zeros come in.
static inline __attribute__((always_inline)) __m256i avx2_lanes_up1(__m256i a) { return _mm256_slli_si256(a, 4); }
static inline __attribute__((always_inline)) __m256i avx2_lanes_up2(__m256i a) { return _mm256_slli_si256(a, 8); }

/// The 32-bit lane 3 in all lanes of the upper half; zeros in the lower one.
static inline __attribute__((always_inline)) __m256i avx2_low_half_sum(__m256i a) { return _mm256_shuffle_epi32(_mm256_permute2x128_si256(a, a, 0x08), 0xFF); }

/// The 32-bit lane 7.
static inline __attribute__((always_inline)) int32_t avx2_last_lane(__m256i a) { return _mm256_extract_epi32(a, 7); }

/// The sum of the 32-bit lanes.
static inline __attribute__((always_inline)) int32_t avx2_lane_sum(__m256i a) {
    __m128i four = _mm_add_epi32(_mm256_castsi256_si128(a), _mm256_extracti128_si256(a, 1));
    __m128i two = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(two, _mm_shuffle_epi32(two, 0xB1)));
}

/// 32 bits from each of eight byte offsets.
static inline __attribute__((always_inline)) __m256i avx2_gather(const void *bytes, __m256i offsets) {
    return _mm256_i32gather_epi32((const int *)bytes, offsets, 1);
}
#endif

/// Asks for the cache line at `address`, which need not be readable.
static inline __attribute__((always_inline)) void prefetch_line(const void *address) { __builtin_prefetch(address, 0, 3); }
