#pragma once
// XXH3 from libxxhash's header alone: no library is linked, and a module that is compiled for an instruction set gets the hash in its vectors,
// which the header chooses when it is compiled. Everything is inlined into these functions and they into their callers, so that
// no copy for one instruction set has a symbol of its own.
#if defined(__x86_64__)
#include <immintrin.h>
#endif
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define XXH_INLINE_ALL
#define XXH_NO_INLINE_HINTS 1
#pragma clang attribute push(__attribute__((always_inline)), apply_to = function)
#include <xxhash.h>

typedef struct {
    uint64_t low, high;
} xxh3_hash128;

static inline uint64_t xxh3_64(const void *bytes, size_t count) { return XXH3_64bits(bytes, count); }

static inline xxh3_hash128 xxh3_128(const void *bytes, size_t count) {
    const XXH128_hash_t hash = XXH3_128bits(bytes, count);
    return (xxh3_hash128){hash.low64, hash.high64};
}

/// A state of the 128-bit hash for bytes that come in parts, or null where there is no memory.
static inline XXH3_state_t *xxh3_128_create(void) {
    XXH3_state_t *const state = XXH3_createState();
    if (state) XXH3_128bits_reset(state);
    return state;
}
static inline void xxh3_128_update(XXH3_state_t *state, const void *bytes, size_t count) { XXH3_128bits_update(state, bytes, count); }
static inline xxh3_hash128 xxh3_128_digest(const XXH3_state_t *state) {
    const XXH128_hash_t hash = XXH3_128bits_digest(state);
    return (xxh3_hash128){hash.low64, hash.high64};
}
static inline void xxh3_128_free(XXH3_state_t *state) { XXH3_freeState(state); }

#pragma clang attribute pop
