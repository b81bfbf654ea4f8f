internal import CXXHash

/// XXH3, the fast non-cryptographic hash of libxxhash, in the two widths that the container uses.
///
/// For fields and headers. It has the vectors that every processor has; whole blocks are hashed by `KernelSet`'s `hash64`.
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
        Digest128(xxh3_128(bytes.baseAddress, bytes.count))
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

    fileprivate init(_ hash: xxh3_hash128) { self.init(low: hash.low, high: hash.high) }
}

/// XXH3-128 over bytes that come in parts.
package final class XXH3Stream {
    private let state: OpaquePointer

    package init() { state = xxh3_128_create() }

    deinit { xxh3_128_free(state) }

    package func update(_ bytes: UnsafeRawBufferPointer) {
        xxh3_128_update(state, bytes.baseAddress, bytes.count)
    }

    /// Feeds one word, little-endian.
    package func update(_ word: UInt64) {
        withUnsafeBytes(of: word.littleEndian) { update($0) }
    }

    package var digest: Digest128 { Digest128(xxh3_128_digest(state)) }
}
