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
