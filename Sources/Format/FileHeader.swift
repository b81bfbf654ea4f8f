/// The first 64 bytes of an archive.
package struct FileHeader: Hashable, Sendable {
    /// Bytes on disk, in every version to come.
    package static let size = 64
    /// `89 'B' 'A' 'L' 0D 0A 1A 0A` as a little-endian word. As in PNG, the first byte shows a channel of seven bits,
    /// the line ends show one that converts text, and 1A ends a listing on some systems.
    package static let magic: UInt64 = 0x0A1A_0A0D_4C41_4289
    package static let magicBytes: [UInt8] = [0x89, 0x42, 0x41, 0x4C, 0x0D, 0x0A, 0x1A, 0x0A]

    /// Raw bytes of a block at most, `FormatLimits.minimumBlockSize...FormatLimits.maximumBlockSize`.
    package var chunkSize: Int
    package var archiveID: ArchiveID
    /// Flags that a reader may pass over. Version 1 defines none; what a file has is kept.
    package var optionalFlags: UInt64 = 0

    package init(chunkSize: Int, archiveID: ArchiveID) {
        self.chunkSize = chunkSize
        self.archiveID = archiveID
    }

    /// The header's last eight bytes, to which the first block links. There is one encoding of a value, so decoded headers have theirs.
    package var hash: UInt64 { encoded().hash }
}

/// How hashes are computed.
package enum DigestKind: UInt8, Sendable {
    case xxh3 = 0
}
