/// Builds little-endian fields front to back. For headers and tables, not for bulk bytes.
package struct ByteWriter {
    @usableFromInline internal var storage: [UInt8] = []

    package var bytes: [UInt8] { storage }

    package init(capacity: Int = 0) { storage.reserveCapacity(capacity) }

    // Inlinable: the engine writes block headers in its ordered step, where an unspecialised generic would show.
    @inlinable
    package mutating func write<Field: FixedWidthInteger & BitwiseCopyable>(_ field: Field) {
        Swift.withUnsafeBytes(of: field.littleEndian) { storage.append(contentsOf: $0) }
    }

    @inlinable
    package mutating func write(_ field: some Sequence<UInt8>) { storage.append(contentsOf: field) }

    /// Lets `body` see what is written so far, not copied.
    package func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        storage.withUnsafeBytes(body)
    }
}
