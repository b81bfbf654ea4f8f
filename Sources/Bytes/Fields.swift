extension UnsafeRawBufferPointer {
    /// The little-endian field at a fixed place of a structure whose size the caller has checked.
    @inlinable
    package func field<Field: FixedWidthInteger & BitwiseCopyable>(_: Field.Type = Field.self, at offset: Int) -> Field {
        precondition(offset >= 0 && offset <= count - MemoryLayout<Field>.size, "the structure's size was not checked")
        return Field(littleEndian: loadUnaligned(fromByteOffset: offset, as: Field.self))
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Writes the little-endian field at a fixed place of a structure that fits.
    @inlinable
    package func setField(_ field: some FixedWidthInteger & BitwiseCopyable, at offset: Int) {
        precondition(offset >= 0 && offset <= count - MemoryLayout.size(ofValue: field), "the structure does not fit")
        storeBytes(of: field.littleEndian, toByteOffset: offset, as: type(of: field))
    }
}
