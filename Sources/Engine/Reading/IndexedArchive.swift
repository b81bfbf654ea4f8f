package import Format

/// An archive whose index was read: random access to its blocks.
package struct IndexedArchive: Sendable {
    /// Of the file header, from the start of the input.
    package let offset: UInt64
    /// Where its raw bytes start in the output of the whole input.
    package fileprivate(set) var rawOffset: UInt64
    package let fileHeader: FileHeader
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
            Result { () throws(FormatError) in
                let header = try BlockHeader(decoding: bytes, at: start)
                try index.check(header, ordinal: ordinal, of: fileHeader, archiveAt: offset)
                return header
            }
        }
        return try header.mapError { place.damage(.header($0)) }.get()
    }
}

/// Finds the archives of an input from its end: each footer tells where its archive starts, and so where the one before it ends.
package enum ArchiveLocator {
    /// The archives in the input's order. Of each its file header, index and footer are read and checked against each other.
    /// - Throws: `format` when the input does not end with a footer or the three do not agree. Such an input is read front to back,
    ///   which tells exactly where it breaks.
    package static func archives(in input: any RandomAccessInput) throws(EngineError) -> [IndexedArchive] {
        var archives: [IndexedArchive] = []
        var end = input.size
        repeat {
            let footer = try footer(endingAt: end, in: input)
            let start = footer.archiveStart(footerAt: end - UInt64(Footer.size))
            let header = try decode(try input.read(at: start, count: FileHeader.size), at: start, FileHeader.init(decoding:at:))
            let index = try index(of: footer, header, archiveAt: start, in: input)
            archives.append(IndexedArchive(offset: start, rawOffset: 0, fileHeader: header, footer: footer, index: index))
            end = start
        } while end > 0
        archives.reverse()
        var rawOffset: UInt64 = 0
        for number in archives.indices {
            archives[number].rawOffset = rawOffset
            let end = rawOffset.addingReportingOverflow(archives[number].index.totalRawSize)
            guard !end.overflow else {
                throw .format(.corrupt("the archives have more than 2^64 raw bytes", offset: archives[number].offset))
            }
            rawOffset = end.partialValue
        }
        return archives
    }

    private static func footer(endingAt end: UInt64, in input: any RandomAccessInput) throws(EngineError) -> Footer {
        guard end >= UInt64(Footer.size) else { throw .format(.truncated("an archive", offset: end, needed: UInt64(Footer.size))) }
        let start = end - UInt64(Footer.size)
        return try decode(try input.read(at: start, count: Footer.size), at: start, Footer.init(decoding:at:))
    }

    private static func index(
        of footer: Footer, _ header: FileHeader, archiveAt start: UInt64, in input: any RandomAccessInput
    ) throws(EngineError) -> BlockIndex {
        let offset = start + footer.indexOffset
        // The footer was checked to lie in the input with all that it claims, so this much memory is covered by the file's own length.
        let bytes = try input.read(at: offset, count: Int(footer.indexSize))
        return try decode(bytes, at: offset) { (bytes, offset) throws(FormatError) in
            let index = try BlockIndex(decoding: bytes, at: offset)
            try footer.check(header, index, archiveAt: start)
            return index
        }
    }
}

/// Decodes a structure from an array, with the engine's error.
func decode<Structure>(
    _ bytes: [UInt8], at offset: UInt64, _ decode: (UnsafeRawBufferPointer, UInt64) throws(FormatError) -> Structure
) throws(EngineError) -> Structure {
    let result = bytes.withUnsafeBytes { bytes in Result { () throws(FormatError) in try decode(bytes, offset) } }
    return try result.mapError(EngineError.format).get()
}
