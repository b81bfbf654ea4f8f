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

/// The 64-bit lanes of each 128-bit lane moved up by one place, zero below.
static inline __attribute__((always_inline)) __m256i avx2_up_1(__m256i a) { return _mm256_slli_si256(a, 8); }

/// The low 128-bit lane of `a` as the high one, zeros below.
static inline __attribute__((always_inline)) __m256i avx2_low_half_up(__m256i a) { return _mm256_permute2x128_si256(a, a, 0x08); }

/// The highest 64-bit lane of `a` in all of them.
static inline __attribute__((always_inline)) __m256i avx2_top(__m256i a) { return _mm256_permute4x64_epi64(a, 0xFF); }

/// All 64-bit lanes moved up by one, two or four places, zeros below.
static inline __attribute__((always_inline)) __m512i avx512_up_1(__m512i a) { return _mm512_alignr_epi64(a, _mm512_setzero_si512(), 7); }
static inline __attribute__((always_inline)) __m512i avx512_up_2(__m512i a) { return _mm512_alignr_epi64(a, _mm512_setzero_si512(), 6); }
static inline __attribute__((always_inline)) __m512i avx512_up_4(__m512i a) { return _mm512_alignr_epi64(a, _mm512_setzero_si512(), 4); }

/// Of the 128-bit lanes of `a`, then of `b`, those with even numbers, or those with odd ones.
static inline __attribute__((always_inline)) __m512i avx512_even_lanes(__m512i a, __m512i b) { return _mm512_shuffle_i64x2(a, b, 0x88); }
static inline __attribute__((always_inline)) __m512i avx512_odd_lanes(__m512i a, __m512i b) { return _mm512_shuffle_i64x2(a, b, 0xDD); }

/// The halves of `a` exchanged.
static inline __attribute__((always_inline)) __m512i avx512_halves_swapped(__m512i a) { return _mm512_shuffle_i64x2(a, a, 0x4E); }
#endif
