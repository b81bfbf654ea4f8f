/// The table of an archive's blocks. It says nothing that the block headers do not say; it saves reading them.
package struct BlockIndex: Hashable, Sendable {
    /// Bytes before the entries.
    package static let prefixSize = 56
    /// Bytes of each entry.
    package static let entrySize = 48
    /// Bytes of an index without blocks and sections.
    package static let minimumSize = prefixSize + 8
    /// `D8 "BALIDX" A7` as a little-endian word.
    package static let magic: UInt64 = 0xA758_4449_4C41_42D8
    package static let magicBytes: [UInt8] = [0xD8, 0x42, 0x41, 0x4C, 0x49, 0x44, 0x58, 0xA7]

    /// The low word of the archive's id.
    package var archiveIDLow: UInt64
    /// Header hash of the last block, or of the file header when there is none.
    package var link: UInt64
    package var entries: [Entry]
    /// In strictly ascending order of type.
    package var sections: [Section]

    package init(archiveIDLow: UInt64, link: UInt64, entries: [Entry], sections: [Section] = []) {
        self.archiveIDLow = archiveIDLow
        self.link = link
        self.entries = entries
        self.sections = sections
    }

    /// Bytes on disk.
    package var size: Int {
        Self.minimumSize + Self.entrySize * entries.count + sections.reduce(0) { $0 + Section.prefixSize + $1.bytes.count }
    }

    /// Where the last block ends, counted from the archive's first byte: the index stands there.
    package var blocksEnd: UInt64 { entries.last.map { $0.storedOffset + UInt64($0.span) } ?? UInt64(FileHeader.size) }

    /// Raw bytes of all blocks.
    package var totalRawSize: UInt64 { entries.last.map { $0.rawOffset + UInt64($0.rawSize) } ?? 0 }
}

extension BlockIndex {
    /// One block.
    package struct Entry: Hashable, Sendable {
        /// Where the block header starts, counted from the archive's first byte.
        package var storedOffset: UInt64
        /// Where the raw bytes belong, counted from the archive's first raw byte.
        package var rawOffset: UInt64
        package var rawSize: Int
        /// Bytes of the header and the stored bytes.
        package var span: Int
        package var rawHash: UInt64
        package var storedHash: UInt64
        /// The last eight bytes of the block header.
        package var headerHash: UInt64

        package init(
            storedOffset: UInt64, rawOffset: UInt64, rawSize: Int, span: Int, rawHash: UInt64, storedHash: UInt64, headerHash: UInt64
        ) {
            self.storedOffset = storedOffset
            self.rawOffset = rawOffset
            self.rawSize = rawSize
            self.span = span
            self.rawHash = rawHash
            self.storedHash = storedHash
            self.headerHash = headerHash
        }

        /// The entry of a block whose header, with this hash, starts at `storedOffset`.
        package init(_ header: BlockHeader, hash: UInt64, storedOffset: UInt64) {
            self.init(
                storedOffset: storedOffset, rawOffset: header.rawOffset, rawSize: header.rawSize, span: header.span,
                rawHash: header.rawHash, storedHash: header.storedHash, headerHash: hash)
        }
    }

    /// Bytes with a type that version 1 does not define.
    package struct Section: Hashable, Sendable {
        /// Bytes before the section's own.
        package static let prefixSize = 16

        package var type: UInt16
        /// Whether a reader that does not know the type must refuse the archive.
        package var mustBeUnderstood: Bool
        package var bytes: [UInt8]

        package init(type: UInt16, mustBeUnderstood: Bool = false, bytes: [UInt8]) {
            self.type = type
            self.mustBeUnderstood = mustBeUnderstood
            self.bytes = bytes
        }
    }
}
