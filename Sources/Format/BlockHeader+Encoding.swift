internal import Bytes

extension BlockHeader {
    /// The header on disk, and its hash, to which the next block links. It runs in the engine's ordered step: one
    /// allocation, no other cost that grows.
    package func encoded() -> (bytes: [UInt8], hash: UInt64) {
        precondition(pipeline.isEncodable, "the pipeline is too deep or too long")
        let descriptorSize = pipeline.encodedSize
        var writer = ByteWriter(capacity: Self.prefixSize + descriptorSize + 8)
        writer.write(Self.syncMarker)
        writer.write(archiveIDLow)
        writer.write(link)
        writer.write(ordinal)
        writer.write(rawOffset)
        writer.write(rawHash)
        writer.write(storedHash)
        writer.write(UInt32(rawSize))
        writer.write(UInt32(storedSize))
        // Flags, descriptor size and six reserved bytes.
        writer.write(UInt64(isFinal ? 1 : 0) | UInt64(descriptorSize) << 8)
        pipeline.encode(to: &writer)
        let hash = writer.writeHash()
        return (writer.bytes, hash)
    }
}
