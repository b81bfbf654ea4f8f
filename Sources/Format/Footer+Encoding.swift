internal import Bytes
internal import Checksum

extension Footer {
    /// The footer on disk.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: Self.size)
        writer.write(blockCount)
        writer.write(totalRawSize)
        writer.write(indexOffset)
        writer.write(indexSize)
        writer.write(archiveLength)
        writer.write(rootDigest.low)
        writer.write(rootDigest.high)
        writer.write(archiveID.low)
        writer.write(archiveID.high)
        writer.write(FormatLimits.version)
        // Digest kind and five reserved bytes.
        writer.write(UInt16(DigestKind.xxh3.rawValue))
        writer.write(UInt32(0))
        writer.writeHash()
        writer.write(Self.magic)
        return writer.bytes
    }
}
