internal import Bytes
internal import Checksum

extension ByteWriter {
    /// Appends the XXH3-64 of everything written so far.
    /// - Returns: the hash.
    @discardableResult
    mutating func writeHash() -> UInt64 {
        let hash = withUnsafeBytes { XXH3.hash64($0) }
        write(hash)
        return hash
    }
}

extension UnsafeRawBufferPointer {
    /// Whether the eight bytes at `place` are the XXH3-64 of all bytes before them.
    func hasHash(at place: Int) -> Bool {
        XXH3.hash64(UnsafeRawBufferPointer(start: baseAddress, count: place)) == field(at: place)
    }
}
