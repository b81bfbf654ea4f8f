internal import Bytes
internal import Checksum

extension Footer {
    /// Decodes the footer at the start of `bytes`.
    /// - Parameter start: offset of the first byte in the input; the archive that it ends must fit before it.
    package init(decoding bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        let bytes = try bytes.prefix(size: Self.size, of: "the footer", at: start)
        guard bytes.field(at: 88) == Self.magic else {
            throw .corrupt("no footer stands here: the archive is cut off, damaged, or followed by other bytes", offset: start &+ 88)
        }
        guard bytes.hasHash(at: 80) else { throw .corrupt("the footer does not match its hash", offset: start) }
        try Self.checkSupport(bytes, at: start)
        self.init(
            blockCount: bytes.field(at: 0), totalRawSize: bytes.field(at: 8), indexOffset: bytes.field(at: 16),
            indexSize: bytes.field(at: 24), rootDigest: Digest128(low: bytes.field(at: 40), high: bytes.field(at: 48)),
            archiveID: ArchiveID(low: bytes.field(at: 56), high: bytes.field(at: 64)))
        try checkLengths(archiveLength: bytes.field(at: 32), at: start)
        try checkTotals(at: start)
    }

    private static func checkSupport(_ bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        let version = bytes.field(UInt16.self, at: 72)
        guard version == FormatLimits.version else {
            throw .unsupported("the footer has format version \(version)", offset: start &+ 72)
        }
        guard bytes[74] == DigestKind.xxh3.rawValue else {
            throw .unsupported("the footer has digests of kind \(bytes[74])", offset: start &+ 74)
        }
        guard bytes.field(UInt64.self, at: 72) >> 24 == 0 else {
            throw .unsupported("the footer sets reserved bits", offset: start &+ 75)
        }
    }

    /// Header, blocks, index and footer fill the archive, which ends with this footer and starts within the input.
    private func checkLengths(archiveLength: UInt64, at start: UInt64) throws(FormatError) {
        let blocksEnd = indexOffset.addingReportingOverflow(indexSize)
        let end = blocksEnd.partialValue.addingReportingOverflow(UInt64(Self.size))
        guard !blocksEnd.overflow, !end.overflow, end.partialValue == archiveLength else {
            throw .corrupt("the footer's offset and size of the index do not give the archive's length", offset: start &+ 16)
        }
        guard blocksEnd.partialValue <= start else {
            throw .corrupt("the footer gives the archive more bytes than stand before it", offset: start &+ 32)
        }
        // The fewest bytes of so many blocks; an overflow is more than any offset.
        let blocks = blockCount.multipliedReportingOverflow(by: UInt64(BlockHeader.minimumSize))
        guard indexOffset >= UInt64(FileHeader.size), !blocks.overflow, indexOffset - UInt64(FileHeader.size) >= blocks.partialValue,
            let least = BlockIndex.minimumSize(blockCount: blockCount), indexSize >= least
        else {
            throw .corrupt("the footer gives more blocks than the archive can hold", offset: start)
        }
    }

    /// Every block but the last has at least one raw byte, and none has more than a block may have.
    private func checkTotals(at start: UInt64) throws(FormatError) {
        let most = blockCount.multipliedReportingOverflow(by: UInt64(FormatLimits.maximumBlockSize))
        guard most.overflow || totalRawSize <= most.partialValue, totalRawSize >= max(blockCount, 1) - 1 else {
            throw .corrupt("the footer gives \(totalRawSize) raw bytes in \(blockCount) blocks", offset: start &+ 8)
        }
    }

    /// The offset of the archive's first byte in the input, for the footer that was decoded at `start`.
    package func archiveStart(footerAt start: UInt64) -> UInt64 { start - (archiveLength - UInt64(Self.size)) }
}
