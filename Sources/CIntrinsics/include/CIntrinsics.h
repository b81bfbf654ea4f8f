#pragma once
// What Swift cannot import by itself: intrinsics that are macros, and queries of the processors. No algorithm lives here.
#include <stdbool.h>
#include <stdint.h>

// Shuffles and rotations of lanes, for any processor: Swift's vectors have neither, and written lane by lane they stay scalar.

/// Swift's SIMD16<UInt8>, SIMD8<UInt16>, SIMD4<UInt32> and SIMD2<UInt64>.
typedef uint8_t bytes16 __attribute__((ext_vector_type(16)));
typedef uint16_t words8 __attribute__((ext_vector_type(8)));
typedef uint32_t doublewords4 __attribute__((ext_vector_type(4)));
typedef uint64_t quadwords2 __attribute__((ext_vector_type(2)));

/// The bytes with even numbers, or those with odd ones, of `a` and then `b`.
static inline __attribute__((always_inline)) bytes16 even_bytes(bytes16 a, bytes16 b) {
    return __builtin_shufflevector(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}
static inline __attribute__((always_inline)) bytes16 odd_bytes(bytes16 a, bytes16 b) {
    return __builtin_shufflevector(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
}

/// The lower, or the upper, eight bytes of `a` and `b` interleaved.
static inline __attribute__((always_inline)) bytes16 low_interleaved(bytes16 a, bytes16 b) {
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
static inline __attribute__((always_inline)) bytes16 high_interleaved(bytes16 a, bytes16 b) {
    return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

/// Each lane turned by one bit.
static inline __attribute__((always_inline)) words8 words_rotated_left(words8 a) { return a << 1 | a >> 15; }
static inline __attribute__((always_inline)) doublewords4 doublewords_rotated_left(doublewords4 a) { return a << 1 | a >> 31; }
static inline __attribute__((always_inline)) quadwords2 quadwords_rotated_left(quadwords2 a) { return a << 1 | a >> 63; }
static inline __attribute__((always_inline)) words8 words_rotated_right(words8 a) { return a >> 1 | a << 15; }
static inline __attribute__((always_inline)) doublewords4 doublewords_rotated_right(doublewords4 a) { return a >> 1 | a << 31; }
static inline __attribute__((always_inline)) quadwords2 quadwords_rotated_right(quadwords2 a) { return a >> 1 | a << 63; }

/// Asks for the cache line at `address`, which need not be mapped, to come into the second-level cache.
static inline __attribute__((always_inline)) void prefetch_line(const void *address) { __builtin_prefetch(address, 0, 2); }

/// The same, into the first-level cache.
static inline __attribute__((always_inline)) void prefetch_near(const void *address) { __builtin_prefetch(address, 0, 3); }

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>

/// Fills in which processors this process may use, a bit for each. Returns how many bytes the mask has; less than 0 where it is
/// longer than `size`. The C library hides its function from Swift.
static inline long affinity_mask(void *mask, unsigned long size) { return syscall(SYS_sched_getaffinity, getpid(), size, mask); }

#if defined(__GLIBC__)
#include <malloc.h>

/// From here on the process keeps the memory that it frees: large blocks come from the heap too, and its end is not given back.
static inline void keep_freed_memory(void) {
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, -1);
}
#endif
#endif

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

/// Bit i: the 64-bit words i of both vectors are equal.
static inline __attribute__((always_inline)) uint8_t avx512_equal_words(__m512i a, __m512i b) { return _mm512_cmpeq_epi64_mask(a, b); }

/// Bit i: word i of `a` is at least word i of `b`, both unsigned.
static inline __attribute__((always_inline)) uint32_t avx512_words_at_least(__m512i a, __m512i b) { return _mm512_cmpge_epu16_mask(a, b); }

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

/// Bit i: the 32-bit lanes i of both vectors are equal.
static inline __attribute__((always_inline)) uint16_t avx512_equal_lanes(__m512i a, __m512i b) { return _mm512_cmpeq_epi32_mask(a, b); }

/// Bit i: the byte i is zero.
static inline __attribute__((always_inline)) uint64_t avx512_zero_bytes(__m512i a) { return _mm512_testn_epi8_mask(a, a); }

/// In the 32-bit lanes whose bit of `lanes` is set, the bits of `value` where `bits` has ones; `a` otherwise.
static inline __attribute__((always_inline)) __m512i avx512_replace_bits(__m512i a, uint16_t lanes, __m512i bits, __m512i value) {
    return _mm512_mask_ternarylogic_epi32(a, lanes, bits, value, 0xB8);
}
#endif
