#pragma once
// What Swift cannot import by itself: intrinsics that are macros, and the CPU feature query. No algorithm lives here.
#include <stdbool.h>
#include <stdint.h>

/// Asks for the cache line at `address`, which need not be mapped, to come into the second-level cache.
static inline __attribute__((always_inline)) void prefetch_line(const void *address) { __builtin_prefetch(address, 0, 2); }

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
#endif
