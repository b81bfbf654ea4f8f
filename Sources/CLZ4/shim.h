#define LZ4_STATIC_LINKING_ONLY
#include <lz4.h>
#include <lz4hc.h>
