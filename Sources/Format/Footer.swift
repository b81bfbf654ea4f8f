package import Checksum

/// The last 96 bytes of an archive: what finds the index, the totals, and the archive's first byte.
package struct Footer: Hashable, Sendable {
    /// Bytes on disk.
    package static let size = 96
    /// The last eight bytes, `C5 "BALEND" B9`, as a little-endian word.
    package static let magic: UInt64 = 0xB944_4E45_4C41_42C5
    package static let magicBytes: [UInt8] = [0xC5, 0x42, 0x41, 0x4C, 0x45, 0x4E, 0x44, 0xB9]

    package var blockCount: UInt64
    package var totalRawSize: UInt64
    /// Where the index starts, counted from the archive's first byte.
    package var indexOffset: UInt64
    package var indexSize: UInt64
    /// XXH3-128 over the raw hashes of all blocks in order, eight bytes each.
    package var rootDigest: Digest128
    package var archiveID: ArchiveID

    package init(
        blockCount: UInt64, totalRawSize: UInt64, indexOffset: UInt64, indexSize: UInt64, rootDigest: Digest128, archiveID: ArchiveID
    ) {
        self.blockCount = blockCount
        self.totalRawSize = totalRawSize
        self.indexOffset = indexOffset
        self.indexSize = indexSize
        self.rootDigest = rootDigest
        self.archiveID = archiveID
    }

    /// Bytes of the whole archive, from the file header to this footer's end.
    package var archiveLength: UInt64 { indexOffset + indexSize + UInt64(Self.size) }
}

extension Footer {
    /// The footer of an archive with these blocks.
    package init(_ index: BlockIndex, archiveID: ArchiveID) {
        let digest = XXH3Stream()
        for entry in index.entries { digest.update(entry.rawHash) }
        self.init(
            blockCount: UInt64(index.entries.count), totalRawSize: index.totalRawSize, indexOffset: index.blocksEnd,
            indexSize: UInt64(index.size), rootDigest: digest.digest, archiveID: archiveID)
    }
}
