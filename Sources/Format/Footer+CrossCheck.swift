extension Footer {
    /// Checks that file header, index and this footer are of one archive and agree.
    /// - Parameter start: offset of the archive's first byte in the input.
    package func check(_ header: FileHeader, _ index: BlockIndex, archiveAt start: UInt64) throws(FormatError) {
        let indexStart = start &+ indexOffset
        let footerStart = indexStart &+ indexSize
        guard archiveID == header.archiveID else { throw .corrupt("the footer belongs to another archive", offset: footerStart &+ 56) }
        guard index.archiveIDLow == archiveID.low else { throw .corrupt("the index belongs to another archive", offset: indexStart &+ 8) }
        guard index.link == index.entries.last?.headerHash ?? header.hash else {
            throw .corrupt("the index does not link to what comes before it", offset: indexStart &+ 40)
        }
        let large = index.entries.firstIndex { $0.rawSize > header.chunkSize }
        if let large {
            throw .corrupt("block \(large) has more raw bytes than the archive's chunk size", offset: indexStart)
        }
        let expected = Footer(index, archiveID: archiveID)
        guard indexOffset == expected.indexOffset, indexSize == expected.indexSize else {
            throw .corrupt("the index is not where the footer says", offset: footerStart &+ 16)
        }
        guard blockCount == expected.blockCount, totalRawSize == expected.totalRawSize else {
            throw .corrupt("the footer's totals are not those of the index", offset: footerStart)
        }
        guard rootDigest == expected.rootDigest else {
            throw .corrupt("the root digest does not match the blocks' hashes", offset: footerStart &+ 40)
        }
    }
}

extension BlockIndex {
    /// Checks that the block header read where entry `ordinal` points is the one that the entry describes.
    /// - Parameter start: offset of the archive's first byte in the input.
    package func check(_ header: BlockHeader, ordinal: Int, of fileHeader: FileHeader, archiveAt start: UInt64) throws(FormatError) {
        let entry = entries[ordinal]
        let place = start &+ entry.storedOffset
        let link = ordinal == 0 ? fileHeader.hash : entries[ordinal - 1].headerHash
        try header.check(fileHeader, link: link, ordinal: UInt64(ordinal), rawOffset: entry.rawOffset, at: place)
        guard Entry(header, hash: header.hash, storedOffset: entry.storedOffset) == entry else {
            throw .corrupt("block \(ordinal) is not the one that the index describes", offset: place)
        }
        guard header.isFinal == (ordinal == entries.count - 1) else {
            throw .corrupt("block \(ordinal)'s final flag does not agree with the index", offset: place &+ 64)
        }
    }
}
