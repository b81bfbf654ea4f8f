internal import Bytes

extension FileHeader {
    /// The header on disk, and its hash, to which the first block links.
    package func encoded() -> (bytes: [UInt8], hash: UInt64) {
        precondition((FormatLimits.minimumBlockSize...FormatLimits.maximumBlockSize).contains(chunkSize), "chunk size out of range")
        var writer = ByteWriter(capacity: Self.size)
        writeIdentity(to: &writer)
        writer.write(archiveID.low)
        writer.write(archiveID.high)
        writeFlags(to: &writer)
        let hash = writer.writeHash()
        return (writer.bytes, hash)
    }

    /// Bytes 0..<16: what the file is and how it is cut.
    func writeIdentity(to writer: inout ByteWriter) {
        writer.write(Self.magic)
        writer.write(FormatLimits.version)
        writer.write(DigestKind.xxh3.rawValue)
        writer.write(UInt8(0))
        writer.write(UInt32(chunkSize))
    }

    /// Bytes 32..<56: flags that must be understood, flags that may be ignored, reserved.
    func writeFlags(to writer: inout ByteWriter) {
        writer.write(UInt64(0))
        writer.write(optionalFlags)
        writer.write(UInt64(0))
    }
}
