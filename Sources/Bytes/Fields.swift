extension UnsafeRawBufferPointer {
    /// The little-endian field at a fixed place of a structure whose size the caller has checked.
    @inlinable
    package func field<Field: FixedWidthInteger & BitwiseCopyable>(_: Field.Type = Field.self, at offset: Int) -> Field {
        precondition(offset >= 0 && offset <= count - MemoryLayout<Field>.size, "the structure's size was not checked")
        return Field(littleEndian: loadUnaligned(fromByteOffset: offset, as: Field.self))
    }
}
