// On x86-64 libxxhash has variants of XXH3 for each instruction set and chooses at run time, but only by
// function-like macros, which Swift cannot call: hence these names.
#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>
#if defined(__x86_64__) && __has_include(<xxh_x86dispatch.h>)
#include <xxh_x86dispatch.h>
static inline XXH64_hash_t xxh3_64(const void *bytes, size_t count) { return XXH3_64bits_dispatch(bytes, count); }
static inline XXH_errorcode xxh3_128_update(XXH3_state_t *state, const void *bytes, size_t count) {
    return XXH3_128bits_update_dispatch(state, bytes, count);
}
#else
static inline XXH64_hash_t xxh3_64(const void *bytes, size_t count) { return XXH3_64bits(bytes, count); }
static inline XXH_errorcode xxh3_128_update(XXH3_state_t *state, const void *bytes, size_t count) {
    return XXH3_128bits_update(state, bytes, count);
}
#endif
