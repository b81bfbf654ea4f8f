/// Builds little-endian fields front to back. For headers and tables, not for bulk bytes.
package struct ByteWriter {
    package private(set) var bytes: [UInt8] = []

    package init(capacity: Int = 0) { bytes.reserveCapacity(capacity) }

    package mutating func write(_ field: some FixedWidthInteger) {
        withUnsafeBytes(of: field.littleEndian) { bytes.append(contentsOf: $0) }
    }

    package mutating func write(_ field: some Sequence<UInt8>) { bytes.append(contentsOf: field) }
}
