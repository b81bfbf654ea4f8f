/// Reads little-endian fields front to back from bytes that it does not own, checking every bound.
package struct ByteReader {
    private let bytes: UnsafeRawBufferPointer
    /// Distance of the next field from the first byte.
    package private(set) var offset = 0

    package init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    package var remaining: Int { bytes.count - offset }

    package mutating func read<Field: FixedWidthInteger & BitwiseCopyable>(_: Field.Type = Field.self) throws(ReadError) -> Field {
        let field = try read(count: MemoryLayout<Field>.size)
        return Field(littleEndian: field.loadUnaligned(as: Field.self))
    }

    /// The next `count` bytes, not copied.
    package mutating func read(count: Int) throws(ReadError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= remaining else {
            throw .endOfBytes(offset: offset, needed: count, available: remaining)
        }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }
}
