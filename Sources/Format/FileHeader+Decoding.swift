internal import Bytes

extension FileHeader {
    /// Decodes the header at the start of `bytes`.
    /// - Parameter start: offset of the first byte in the input.
    /// - Throws: `notAnArchive` for another magic, `corrupt` when it is this magic damaged, `truncated`, or `unsupported`.
    package init(decoding bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        try Self.checkMagic(bytes, at: start)
        let bytes = try bytes.prefix(size: Self.size, of: "the file header", at: start)
        // The hash comes before the version: a flipped bit in the version is damage, not a later version.
        guard bytes.hasHash(at: 56) else { throw .corrupt("the file header does not match its hash", offset: start) }
        try Self.checkSupport(bytes, at: start)
        let chunkSize = Int(bytes.field(UInt32.self, at: 12))
        guard (FormatLimits.minimumBlockSize...FormatLimits.maximumBlockSize).contains(chunkSize) else {
            throw .corrupt("the file header gives a chunk size of \(chunkSize) bytes", offset: start &+ 12)
        }
        self.init(chunkSize: chunkSize, archiveID: ArchiveID(low: bytes.field(at: 16), high: bytes.field(at: 24)))
        optionalFlags = bytes.field(at: 40)
    }

    private static func checkSupport(_ bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        let version = bytes.field(UInt16.self, at: 8)
        guard version == FormatLimits.version else {
            throw .unsupported("the archive has format version \(version)", offset: start &+ 8)
        }
        let digest = bytes.field(UInt8.self, at: 10)
        guard digest == DigestKind.xxh3.rawValue else {
            throw .unsupported("the archive has digests of kind \(digest)", offset: start &+ 10)
        }
        let flags = bytes.field(UInt64.self, at: 32)
        guard flags == 0 else {
            throw .unsupported("the archive has must-understand flags 0x\(String(flags, radix: 16))", offset: start &+ 32)
        }
        guard bytes.field(UInt8.self, at: 11) == 0, bytes.field(UInt64.self, at: 48) == 0 else {
            throw .unsupported("the file header sets reserved bits", offset: start &+ (bytes[11] != 0 ? 11 : 48))
        }
    }
}

// MARK: - Magic

extension FileHeader {
    /// Compares as many of the magic's bytes as there are, so that a short foreign file is foreign and not truncated.
    private static func checkMagic(_ bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        let found = [UInt8](bytes.prefix(magicBytes.count))
        if magicBytes.starts(with: found) { return }
        if let conversion = textConversion(of: found) {
            throw .corrupt("the magic shows that \(conversion); transfer the archive as binary", offset: start)
        }
        let same = zip(found, magicBytes).count { $0 == $1 }
        // Five bytes: `BAL` alone may be another's, and damage of three bytes is far from any other known magic.
        guard same < 5 else { throw .corrupt("the file header's magic is damaged", offset: start) }
        throw .notAnArchive("it does not start with the magic of Bale", offset: start)
    }

    /// What a transfer in text mode did to the magic, if it looks like that.
    private static func textConversion(of found: [UInt8]) -> String? {
        let tail = Array(found.dropFirst(4))
        guard found.count == magicBytes.count, found[1..<4] == magicBytes[1..<4] || found[2..<5] == magicBytes[1..<4] else { return nil }
        if found[0] == 0x09 { return "the eighth bit of each byte was cut off" }
        if found[0] == 0xC2 { return "bytes were converted to UTF-8" }
        guard found[0] == magicBytes[0] else { return nil }
        if tail == [0x0D, 0x0D, 0x0A, 0x1A] || tail == [0x0D, 0x0A, 0x1A, 0x0D] { return "line ends were converted from LF to CRLF" }
        if tail.starts(with: [0x0A, 0x1A, 0x0A]) { return "line ends were converted from CRLF to LF" }
        if tail == [0x0D, 0x0D, 0x1A, 0x0D] || tail == [0x0A, 0x0A, 0x1A, 0x0A] { return "line ends were converted" }
        return nil
    }
}
