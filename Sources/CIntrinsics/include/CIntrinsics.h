#pragma once
// What Swift cannot import by itself: intrinsics that are macros, and the CPU feature query. No algorithm lives here.
#include <stdbool.h>
#include <stdint.h>

#if defined(__x86_64__)
#include <immintrin.h>

static inline bool cpu_supports_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
}

static inline bool cpu_supports_avx512(void) {
    return cpu_supports_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}

/// The upper 128 bits of `a`.
static inline __attribute__((always_inline)) __m128i avx2_high_half(__m256i a) { return _mm256_extracti128_si256(a, 1); }

/// Bits of `yes` where `mask` has ones, else of `no`. Left to and, andnot and or, the compiler takes three instructions for it.
static inline __attribute__((always_inline)) __m512i avx512_select(__m512i mask, __m512i yes, __m512i no) {
    return _mm512_ternarylogic_epi64(mask, yes, no, 0xCA);
}
#endif
