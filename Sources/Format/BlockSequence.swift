/// The blocks that a front-to-back reader has seen of one archive. It refuses whatever does not follow them.
///
/// Each block must carry the archive's id, the next ordinal and raw offset, and link to the header before it: a
/// foreign, stale, repeated, missing or swapped block is refused before any of its bytes is decoded.
package struct BlockSequence: Sendable {
    package let fileHeader: FileHeader
    /// Offset of the archive's first byte in the input.
    package let start: UInt64
    /// The index of the blocks so far, as the archive's writer would write it.
    package private(set) var index: BlockIndex
    /// Whether the final block was seen.
    package private(set) var isComplete = false

    package init(_ fileHeader: FileHeader, at start: UInt64) {
        self.fileHeader = fileHeader
        self.start = start
        index = BlockIndex(archiveIDLow: fileHeader.archiveID.low, link: fileHeader.hash, entries: [])
    }

    /// Where the next structure, a block or the index, starts in the input.
    package var end: UInt64 { start &+ index.blocksEnd }

    /// Takes the block whose decoded header starts at ``end``.
    /// - Throws: `corrupt` when it is not the next block of this archive.
    package mutating func append(_ header: BlockHeader) throws(FormatError) {
        guard !isComplete else { throw .corrupt("a block follows the final block", offset: end) }
        try header.check(
            fileHeader, link: index.link, ordinal: UInt64(index.entries.count), rawOffset: index.totalRawSize, at: end)
        guard !end.addingReportingOverflow(UInt64(header.span)).overflow else {
            throw .corrupt("the block ends past 64 bits", offset: end)
        }
        let hash = header.hash
        index.entries.append(BlockIndex.Entry(header, hash: hash, storedOffset: index.blocksEnd))
        index.link = hash
        isComplete = header.isFinal
    }

    /// Checks that the index found at ``end`` lists exactly these blocks. Sections say more and are not compared.
    package func check(_ found: BlockIndex) throws(FormatError) {
        guard isComplete || index.entries.isEmpty else { throw .corrupt("the index comes before the final block", offset: end) }
        guard found.archiveIDLow == index.archiveIDLow, found.link == index.link else {
            throw .corrupt("the index belongs to another archive", offset: end &+ 8)
        }
        guard found.entries == index.entries else { throw .corrupt("the index does not list the archive's blocks", offset: end) }
    }
}

extension BlockHeader {
    /// Checks that this is the block of `fileHeader`'s archive with this place.
    /// - Parameters:
    ///   - link: header hash of the block before, or of the file header.
    ///   - start: offset of the header's first byte in the input.
    package func check(
        _ fileHeader: FileHeader, link: UInt64, ordinal: UInt64, rawOffset: UInt64, at start: UInt64
    ) throws(FormatError) {
        guard archiveIDLow == fileHeader.archiveID.low else { throw .corrupt("the block belongs to another archive", offset: start &+ 8) }
        guard self.ordinal == ordinal else {
            throw .corrupt("block \(self.ordinal) stands where block \(ordinal) belongs", offset: start &+ 24)
        }
        guard self.link == link else { throw .corrupt("block \(ordinal) does not link to what comes before it", offset: start &+ 16) }
        guard self.rawOffset == rawOffset else {
            throw .corrupt("block \(ordinal) starts at raw byte \(self.rawOffset) and not \(rawOffset)", offset: start &+ 32)
        }
        guard rawSize <= fileHeader.chunkSize else {
            throw .corrupt("block \(ordinal) has more raw bytes than the archive's chunk size", offset: start &+ 56)
        }
    }
}
