package import Format

/// An archive whose index was read: random access to its blocks.
package struct IndexedArchive: Sendable {
    /// Of the file header, from the start of the input.
    package let offset: UInt64
    /// Where its raw bytes start in the output of the whole input.
    package let rawOffset: UInt64
    package let footer: Footer
    package let index: BlockIndex

    package var rawRange: Range<UInt64> { rawOffset..<rawOffset + index.totalRawSize }

    /// The block that holds `rawOffset`, an offset in the output of the whole input within ``rawRange``.
    package func ordinal(ofRaw position: UInt64) -> Int {
        let wanted = position - rawOffset
        var low = 0
        var high = index.entries.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if index.entries[middle].rawOffset <= wanted { low = middle } else { high = middle }
        }
        return low
    }
}

extension IndexedArchive {
    /// Reads the header of one block.
    /// - Throws: `block` when it cannot be read or is not the one that the index saw.
    package func header(ofBlock ordinal: Int, in input: any RandomAccessInput) throws(EngineError) -> BlockHeader {
        let entry = index.entries[ordinal]
        let start = offset + entry.storedOffset
        let rawStart = rawOffset + entry.rawOffset
        let range = rawStart..<rawStart + UInt64(entry.rawSize)
        let place = BlockPlace(ordinal: UInt64(ordinal), byteOffset: start, rawRange: range, wanted: range)
        let bytes = try input.read(at: start, count: min(entry.span, BlockHeader.maximumSize))
        let header = bytes.withUnsafeBytes { bytes in
            Result { () throws(FormatError) in try BlockHeader(decoding: bytes, at: start) }
        }
        switch header {
        case .failure(let error): throw place.damage(.header(error))
        case .success(let header):
            guard BlockIndex.Entry(header, hash: header.hash, storedOffset: entry.storedOffset) == entry, header.ordinal == UInt64(ordinal)
            else { throw place.damage(.differsFromIndex) }
            return header
        }
    }
}

/// Finds the archives of an input from its end: each footer tells where its archive starts, and so where the one before it ends.
package enum ArchiveLocator {
    /// The archives in the input's order.
    ///
    /// File headers are not read here: random access needs footer, index and one block, and nothing else.
    /// - Throws: `format` when the input does not end with a footer or an index does not fit its footer. Such an input is read
    ///   front to back, which tells exactly where it breaks.
    package static func archives(in input: any RandomAccessInput) throws(EngineError) -> [IndexedArchive] {
        var backwards: [(offset: UInt64, footer: Footer, index: BlockIndex)] = []
        var end = input.size
        repeat {
            let footer = try footer(endingAt: end, in: input)
            let start = footer.archiveStart(footerAt: end - UInt64(Footer.size))
            backwards.append((start, footer, try index(of: footer, archiveAt: start, in: input)))
            end = start
        } while end > 0
        var archives: [IndexedArchive] = []
        for (offset, footer, index) in backwards.reversed() {
            let rawOffset = archives.last?.rawRange.upperBound ?? 0
            guard !rawOffset.addingReportingOverflow(index.totalRawSize).overflow else {
                throw .format(.corrupt("the archives have more than 2^64 raw bytes", offset: offset))
            }
            archives.append(IndexedArchive(offset: offset, rawOffset: rawOffset, footer: footer, index: index))
        }
        return archives
    }

    private static func footer(endingAt end: UInt64, in input: any RandomAccessInput) throws(EngineError) -> Footer {
        guard end >= UInt64(Footer.size) else { throw .format(.truncated("an archive", offset: 0, needed: end)) }
        let start = end - UInt64(Footer.size)
        return try decode(try input.read(at: start, count: Footer.size), at: start, Footer.init(decoding:at:))
    }

    private static func index(
        of footer: Footer, archiveAt start: UInt64, in input: any RandomAccessInput
    ) throws(EngineError) -> BlockIndex {
        let offset = start + footer.indexOffset
        // The footer was checked to lie in the input with all that it claims, so this much memory is covered by the file's own length.
        let bytes = try input.read(at: offset, count: Int(footer.indexSize))
        let index = try decode(bytes, at: offset, BlockIndex.init(decoding:at:))
        guard index.size == bytes.count, index.archiveIDLow == footer.archiveID.low,
            index.agrees(with: footer)
        else {
            throw .format(.corrupt("index and footer contradict each other", offset: offset))
        }
        return index
    }
}

extension BlockIndex {
    /// Whether the totals, the place and the root digest are those of these entries.
    func agrees(with footer: Footer) -> Bool { Footer(self, archiveID: footer.archiveID) == footer }
}

/// Decodes a structure from an array, with the engine's error.
func decode<Structure>(
    _ bytes: [UInt8], at offset: UInt64, _ decode: (UnsafeRawBufferPointer, UInt64) throws(FormatError) -> Structure
) throws(EngineError) -> Structure {
    let result = bytes.withUnsafeBytes { bytes in Result { () throws(FormatError) in try decode(bytes, offset) } }
    return try result.mapError(EngineError.format).get()
}
