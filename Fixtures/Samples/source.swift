internal import Bytes
internal import Checksum

/// What tells one archive's blocks from another's. Derived from what is written, so that the same input and settings give the same bytes.
package struct ArchiveID: Hashable, Sendable {
    /// The first eight bytes on disk. Every block header and the index repeat them.
    package var low: UInt64
    package var high: UInt64

    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

extension ArchiveID {
    /// The id of the archive that starts with a file header of `chunkSize` raw bytes per block.
    /// - Parameter firstChunkHash: XXH3-64 of the first chunk's raw bytes; nil when the input is empty.
    package static func derive(chunkSize: Int, firstChunkHash: UInt64?) -> ArchiveID {
        var settings = ByteWriter(capacity: 48)
        let header = FileHeader(chunkSize: chunkSize, archiveID: ArchiveID(low: 0, high: 0))
        header.writeIdentity(to: &settings)
        header.writeFlags(to: &settings)
        settings.write(firstChunkHash ?? 0)
        let digest = settings.withUnsafeBytes { XXH3.hash128($0) }
        return ArchiveID(low: digest.low, high: digest.high)
    }
}

extension ArchiveID: CustomStringConvertible {
    /// The sixteen bytes as they stand in the file, in 32 hexadecimal digits.
    package var description: String { low.hexadecimalBytes + high.hexadecimalBytes }
}
internal import Bytes

extension BlockHeader {
    /// The whole header's size, from its first ``prefixSize`` bytes, of which only the sync marker and the descriptor's
    /// size are looked at: nothing is trusted before the hash, which stands at the end.
    package static func size(prefix bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) -> Int {
        let bytes = try bytes.prefix(size: prefixSize, of: "a block header", at: start)
        guard bytes.field(at: 0) == syncMarker else { throw .corrupt("no block starts here", offset: start) }
        let descriptorSize = Int(bytes[65])
        guard descriptorSize >= FormatLimits.minimumDescriptorSize else {
            throw .corrupt("the block header gives its pipeline descriptor \(descriptorSize) bytes", offset: start &+ 65)
        }
        return prefixSize + descriptorSize + 8
    }

    /// Decodes the header at the start of `bytes`.
    /// - Parameter start: offset of the first byte in the input.
    package init(decoding bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        let size = try Self.size(prefix: bytes, at: start)
        let bytes = try bytes.prefix(size: size, of: "a block header", at: start)
        guard bytes.hasHash(at: size - 8) else { throw .corrupt("the block header does not match its hash", offset: start) }
        let flags = bytes[64]
        guard flags & ~1 == 0, bytes.field(UInt64.self, at: 64) >> 16 == 0 else {
            throw .unsupported("the block header sets reserved bits", offset: start &+ (flags & ~1 != 0 ? 64 : 66))
        }
        let descriptor = UnsafeRawBufferPointer(rebasing: bytes[Self.prefixSize..<size - 8])
        self.init(
            archiveIDLow: bytes.field(at: 8), link: bytes.field(at: 16), ordinal: bytes.field(at: 24), rawOffset: bytes.field(at: 32),
            rawSize: Int(bytes.field(UInt32.self, at: 56)), storedSize: Int(bytes.field(UInt32.self, at: 60)), isFinal: flags & 1 != 0,
            pipeline: try PipelineDescriptor(decoding: descriptor, at: start &+ UInt64(Self.prefixSize)),
            rawHash: bytes.field(at: 40), storedHash: bytes.field(at: 48))
        try checkSizes(at: start)
        try checkPlace(at: start)
    }

    private func checkSizes(at start: UInt64) throws(FormatError) {
        guard rawSize <= FormatLimits.maximumBlockSize else {
            throw .corrupt("the block header gives \(rawSize) raw bytes", offset: start &+ 56)
        }
        guard storedSize <= rawSize else {
            throw .corrupt("the block header gives \(storedSize) stored bytes for \(rawSize) raw bytes", offset: start &+ 60)
        }
        // Only an input that ended earlier than it had announced leaves an empty block, to carry the final flag.
        guard rawSize > 0 || (isFinal && ordinal > 0) else {
            throw .corrupt("the block is empty but not a final one after others", offset: start &+ 56)
        }
        guard storedSize > 0 || rawSize == 0 else { throw .corrupt("the block has no stored bytes", offset: start &+ 60) }
        if storedSize == rawSize {
            guard pipeline == .stored, storedHash == rawHash else {
                throw .corrupt("a block of as many stored as raw bytes is not stored as it is", offset: start &+ 60)
            }
        } else if pipeline.codec == PipelineDescriptor.stored.codec {
            throw .corrupt("a block that is stored as it is gives two sizes", offset: start &+ 60)
        }
    }

    /// Each block before this one has at least one raw byte and at most as many as a block may have.
    private func checkPlace(at start: UInt64) throws(FormatError) {
        let limit = ordinal.multipliedReportingOverflow(by: UInt64(FormatLimits.maximumBlockSize))
        guard rawOffset >= ordinal, limit.overflow || rawOffset <= limit.partialValue,
            !rawOffset.addingReportingOverflow(UInt64(rawSize)).overflow
        else {
            throw .corrupt("block \(ordinal) cannot start at raw byte \(rawOffset)", offset: start &+ 32)
        }
    }
}
internal import Bytes
internal import Checksum

extension BlockHeader {
    /// The header on disk, and its hash, to which the next block links. It runs in the engine's ordered step, so it
    /// writes each field to its place in one allocation.
    package func encoded() -> (bytes: [UInt8], hash: UInt64) {
        let size = size
        precondition(size <= Self.maximumSize, "the pipeline is too long")
        precondition(pipeline.depth <= FormatLimits.maximumPipelineDepth, "the pipeline is too deep")
        var hash: UInt64 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let buffer = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: size)
            writeFields(to: buffer)
            hash = XXH3.hash64(UnsafeRawBufferPointer(start: buffer.baseAddress, count: size - 8))
            buffer.setField(hash, at: size - 8)
            count = size
        }
        return (bytes, hash)
    }

    private func writeFields(to buffer: UnsafeMutableRawBufferPointer) {
        buffer.setField(Self.syncMarker, at: 0)
        buffer.setField(archiveIDLow, at: 8)
        buffer.setField(link, at: 16)
        buffer.setField(ordinal, at: 24)
        buffer.setField(rawOffset, at: 32)
        buffer.setField(rawHash, at: 40)
        buffer.setField(storedHash, at: 48)
        buffer.setField(UInt32(rawSize), at: 56)
        buffer.setField(UInt32(storedSize), at: 60)
        let descriptorEnd = pipeline.encode(to: buffer, at: Self.prefixSize)
        // Flags, the descriptor's size and six reserved bytes.
        buffer.setField(UInt64(isFinal ? 1 : 0) | UInt64(descriptorEnd - Self.prefixSize) << 8, at: 64)
    }
}
/// What stands before each block's stored bytes: enough to place, check and decode it knowing nothing else of the archive.
package struct BlockHeader: Hashable, Sendable {
    /// Bytes before the pipeline descriptor.
    package static let prefixSize = 72
    /// Bytes of the longest header.
    package static let maximumSize = prefixSize + FormatLimits.maximumDescriptorSize + 8
    /// Bytes of the shortest header.
    package static let minimumSize = prefixSize + FormatLimits.minimumDescriptorSize + 8
    /// The first eight bytes as a little-endian word. None is ASCII or zero, together they are not UTF-8, and the first
    /// does not come again, so that a scan which fails may go on right behind it.
    package static let syncMarker: UInt64 = 0x97D2_B5E6_8AC3_9DF1
    package static let syncMarkerBytes: [UInt8] = [0xF1, 0x9D, 0xC3, 0x8A, 0xE6, 0xB5, 0xD2, 0x97]

    /// The low word of the archive's id.
    package var archiveIDLow: UInt64
    /// Header hash of the block before, or of the file header: each block depends on all that come before it.
    package var link: UInt64
    /// Counted from 0 within the archive.
    package var ordinal: UInt64
    /// Where the raw bytes belong, counted from the archive's first raw byte.
    package var rawOffset: UInt64
    package var rawSize: Int
    /// Bytes that follow the header.
    package var storedSize: Int
    /// Whether this is the archive's last block.
    package var isFinal: Bool
    package var pipeline: PipelineDescriptor
    /// XXH3-64 of the raw bytes.
    package var rawHash: UInt64
    /// XXH3-64 of the stored bytes.
    package var storedHash: UInt64

    package init(
        archiveIDLow: UInt64, link: UInt64, ordinal: UInt64, rawOffset: UInt64, rawSize: Int, storedSize: Int, isFinal: Bool,
        pipeline: PipelineDescriptor, rawHash: UInt64, storedHash: UInt64
    ) {
        self.archiveIDLow = archiveIDLow
        self.link = link
        self.ordinal = ordinal
        self.rawOffset = rawOffset
        self.rawSize = rawSize
        self.storedSize = storedSize
        self.isFinal = isFinal
        self.pipeline = pipeline
        self.rawHash = rawHash
        self.storedHash = storedHash
    }

    /// Bytes of the header on disk.
    package var size: Int { Self.prefixSize + pipeline.encodedSize + 8 }
    /// Bytes of the header and the stored bytes.
    package var span: Int { size + storedSize }
    /// The header's last eight bytes, to which the next block links. There is one encoding of a value, so decoded headers have theirs.
    package var hash: UInt64 { encoded().hash }
}
internal import Bytes

extension BlockIndex {
    /// The whole index's size, from its first ``prefixSize`` bytes, whose hash is checked.
    ///
    /// It is what the file claims: whoever takes memory for it first compares it with the bytes that the file has left,
    /// or reads piece by piece.
    package static func size(prefix bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) -> Int {
        let bytes = try bytes.prefix(size: prefixSize, of: "the index", at: start)
        guard bytes.field(at: 0) == magic else { throw .corrupt("no index starts here", offset: start) }
        guard bytes.hasHash(at: 48) else { throw .corrupt("the index's first bytes do not match their hash", offset: start) }
        guard bytes.field(UInt32.self, at: 36) == 0 else { throw .unsupported("the index sets reserved bits", offset: start &+ 36) }
        let blockCount = bytes.field(UInt64.self, at: 16)
        let size = bytes.field(UInt64.self, at: 24)
        let sectionCount = UInt64(bytes.field(UInt32.self, at: 32))
        guard let least = minimumSize(blockCount: blockCount, sectionCount: sectionCount), size >= least, let size = Int(exactly: size),
            sectionCount > 0 || size == least
        else {
            throw .corrupt("an index of \(size) bytes cannot hold \(blockCount) blocks", offset: start &+ 24)
        }
        return size
    }

    /// The fewest bytes of an index with so many blocks and sections; nil beyond 64 bits.
    static func minimumSize(blockCount: UInt64, sectionCount: UInt64 = 0) -> UInt64? {
        let entries = blockCount.multipliedReportingOverflow(by: UInt64(entrySize))
        // A section count has 32 bits: this product does not overflow.
        let rest = UInt64(minimumSize) + sectionCount * UInt64(Section.prefixSize)
        let size = entries.partialValue.addingReportingOverflow(rest)
        return entries.overflow || size.overflow ? nil : size.partialValue
    }

    /// Decodes the index at the start of `bytes`: the whole is hashed before an entry is looked at.
    /// - Parameter start: offset of the first byte in the input.
    /// - Throws: `corrupt` also when entries do not follow one another without gap, `unsupported` also for a section that must be understood.
    package init(decoding bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        let size = try Self.size(prefix: bytes, at: start)
        let bytes = try bytes.prefix(size: size, of: "the index", at: start)
        guard bytes.hasHash(at: size - 8) else { throw .corrupt("the index does not match its hash", offset: start) }
        self.init(archiveIDLow: bytes.field(at: 8), link: bytes.field(at: 40), entries: [])
        // Fits: `size(prefix:at:)` has shown that the bytes hold so many.
        let blockCount = Int(bytes.field(UInt64.self, at: 16))
        try decodeEntries(bytes, count: blockCount, at: start)
        try decodeSections(bytes, count: bytes.field(at: 32), from: Self.prefixSize + Self.entrySize * blockCount, at: start)
        if let last = entries.last, last.headerHash != link {
            throw .corrupt("the index does not link to its last block", offset: start &+ 40)
        }
    }

    private mutating func decodeEntries(_ bytes: UnsafeRawBufferPointer, count: Int, at start: UInt64) throws(FormatError) {
        entries.reserveCapacity(count)
        var storedEnd = UInt64(FileHeader.size)
        var rawEnd: UInt64 = 0
        for ordinal in 0..<count {
            let place = Self.prefixSize + Self.entrySize * ordinal
            let entry = Entry(bytes, at: place)
            guard entry.storedOffset == storedEnd, entry.rawOffset == rawEnd, entry.hasPossibleSizes,
                entry.rawSize > 0 || (ordinal > 0 && ordinal == count - 1)
            else {
                throw .corrupt("the index's entry \(ordinal) does not follow the one before it", offset: start &+ UInt64(place))
            }
            let ends = (storedEnd.addingReportingOverflow(UInt64(entry.span)), rawEnd.addingReportingOverflow(UInt64(entry.rawSize)))
            guard !ends.0.overflow, !ends.1.overflow else {
                throw .corrupt("the index's entry \(ordinal) ends past 64 bits", offset: start &+ UInt64(place))
            }
            (storedEnd, rawEnd) = (ends.0.partialValue, ends.1.partialValue)
            entries.append(entry)
        }
    }

    private mutating func decodeSections(
        _ bytes: UnsafeRawBufferPointer, count: UInt32, from place: Int, at start: UInt64
    ) throws(FormatError) {
        var place = place
        let end = bytes.count - 8
        for _ in 0..<count {
            guard end - place >= Section.prefixSize, let size = Int(exactly: bytes.field(UInt64.self, at: place + 8)),
                size <= end - place - Section.prefixSize
            else {
                throw .corrupt("a section goes on past the index", offset: start &+ UInt64(place))
            }
            let section = try Section(bytes, size: size, at: place, start: start)
            guard sections.last.map({ $0.type < section.type }) ?? true else {
                throw .corrupt("the index's sections are not in ascending order", offset: start &+ UInt64(place))
            }
            sections.append(section)
            place += Section.prefixSize + size
        }
        guard place == end else { throw .corrupt("the index's sections leave bytes over", offset: start &+ UInt64(place)) }
    }
}

extension BlockIndex.Entry {
    fileprivate init(_ bytes: UnsafeRawBufferPointer, at place: Int) {
        self.init(
            storedOffset: bytes.field(at: place), rawOffset: bytes.field(at: place + 8),
            rawSize: Int(bytes.field(UInt32.self, at: place + 16)), span: Int(bytes.field(UInt32.self, at: place + 20)),
            rawHash: bytes.field(at: place + 24), storedHash: bytes.field(at: place + 32), headerHash: bytes.field(at: place + 40))
    }

    /// Whether a block header and at most as many stored as raw bytes fill the span.
    fileprivate var hasPossibleSizes: Bool {
        rawSize <= FormatLimits.maximumBlockSize && span >= BlockHeader.minimumSize + min(rawSize, 1)
            && span <= BlockHeader.maximumSize + rawSize
    }
}

extension BlockIndex.Section {
    fileprivate init(_ bytes: UnsafeRawBufferPointer, size: Int, at place: Int, start: UInt64) throws(FormatError) {
        let flags = bytes.field(UInt16.self, at: place + 2)
        guard flags & ~1 == 0, bytes.field(UInt32.self, at: place + 4) == 0 else {
            throw .unsupported("a section of the index sets reserved bits", offset: start &+ UInt64(place + 2))
        }
        let type = bytes.field(UInt16.self, at: place)
        // Version 1 defines no section, so each is unknown.
        guard flags == 0 else { throw .unsupported("the index has a section of type \(type)", offset: start &+ UInt64(place)) }
        let first = place + Self.prefixSize
        self.init(type: type, bytes: [UInt8](bytes[first..<first + size]))
    }
}
internal import Bytes

extension BlockIndex {
    /// The index on disk.
    package func encoded() -> [UInt8] {
        precondition(zip(sections, sections.dropFirst()).allSatisfy { $0.type < $1.type }, "sections are in ascending order")
        var writer = ByteWriter(capacity: size)
        writer.write(Self.magic)
        writer.write(archiveIDLow)
        writer.write(UInt64(entries.count))
        writer.write(UInt64(size))
        writer.write(UInt32(sections.count))
        writer.write(UInt32(0))
        writer.write(link)
        writer.writeHash()
        for entry in entries { entry.encode(to: &writer) }
        for section in sections { section.encode(to: &writer) }
        writer.writeHash()
        return writer.bytes
    }
}

extension BlockIndex.Entry {
    func encode(to writer: inout ByteWriter) {
        writer.write(storedOffset)
        writer.write(rawOffset)
        writer.write(UInt32(rawSize))
        writer.write(UInt32(span))
        writer.write(rawHash)
        writer.write(storedHash)
        writer.write(headerHash)
    }
}

extension BlockIndex.Section {
    func encode(to writer: inout ByteWriter) {
        writer.write(type)
        writer.write(UInt16(mustBeUnderstood ? 1 : 0))
        writer.write(UInt32(0))
        writer.write(UInt64(bytes.count))
        writer.write(bytes)
    }
}
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
    ///   - link: 