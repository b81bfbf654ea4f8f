internal import CXXHash

/// XXH3, the fast non-cryptographic hash of libxxhash, in the two widths that the container uses.
package enum XXH3 {
    /// The 64-bit hash of `bytes`, seed 0.
    package static func hash64(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        xxh3_64(bytes.baseAddress, bytes.count)
    }

    /// The 64-bit hash of `bytes`, seed 0.
    package static func hash64(_ bytes: some Collection<UInt8>) -> UInt64 {
        bytes.withContiguousStorageIfAvailable { hash64(UnsafeRawBufferPointer($0)) } ?? Array(bytes).withUnsafeBytes { hash64($0) }
    }

    /// The 128-bit hash of `bytes`, seed 0.
    package static func hash128(_ bytes: UnsafeRawBufferPointer) -> Digest128 {
        let hash = XXH3_128bits(bytes.baseAddress, bytes.count)
        return Digest128(low: hash.low64, high: hash.high64)
    }
}

/// A 128-bit hash value as two little-endian words, low word first on disk.
package struct Digest128: Hashable, Sendable {
    package var low: UInt64
    package var high: UInt64

    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

/// XXH3-128 over bytes that come in parts.
package final class XXH3Stream {
    private let state: OpaquePointer

    package init() {
        state = XXH3_createState()
        XXH3_128bits_reset(state)
    }

    deinit { XXH3_freeState(state) }

    package func update(_ bytes: UnsafeRawBufferPointer) {
        xxh3_128_update(state, bytes.baseAddress, bytes.count)
    }

    /// Feeds one word, little-endian.
    package func update(_ word: UInt64) {
        withUnsafeBytes(of: word.littleEndian) { update($0) }
    }

    package var digest: Digest128 {
        let hash = XXH3_128bits_digest(state)
        return Digest128(low: hash.low64, high: hash.high64)
    }
}
