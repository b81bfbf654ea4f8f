internal import Format

/// What salvage will write: for each archive that it found, blocks and holes in the order of their raw bytes.
package struct SalvagePlan: Sendable {
    enum Piece: Sendable {
        case block(header: BlockHeader, offset: UInt64)
        /// Raw bytes within the archive for which no block was found.
        case hole(Range<UInt64>)
    }

    struct Archive: Sendable {
        var archiveIDLow: UInt64
        /// Where its raw bytes start in the output.
        var rawOffset: UInt64
        var rawSize: UInt64
        /// Whether the end is known, from the index or the final block.
        var endIsKnown: Bool
        /// Whether file header, index and footer were found, and every block is where they say.
        var isFramed: Bool
        var pieces: [Piece]
    }

    private(set) var archives: [Archive] = []
    /// Bytes of the input that belong to nothing that is used: damage, foreign bytes, blocks that another one takes the place of.
    package private(set) var unusedInput: [Range<UInt64>] = []
    let input: any RandomAccessInput

    package init(_ input: any RandomAccessInput) throws(EngineError) {
        self.input = input
        let scan = try SalvageScanner(input)
        var rawOffset: UInt64 = 0
        for id in scan.archiveIDs {
            let archive = Self.archive(id, at: rawOffset, in: scan)
            guard !rawOffset.addingReportingOverflow(archive.rawSize).overflow else {
                throw .format(.corrupt("the archives claim more than 2^64 raw bytes", offset: 0))
            }
            rawOffset += archive.rawSize
            archives.append(archive)
        }
        guard !archives.isEmpty else { throw .nothingToSalvage }
        let used = scan.frames + archives.flatMap { $0.pieces.compactMap(\.inputRange) }
        unusedInput = (0..<input.size).gaps(between: used.sorted { $0.lowerBound < $1.lowerBound })
    }

    private static func archive(_ id: UInt64, at rawOffset: UInt64, in scan: SalvageScanner) -> Archive {
        let found = scan.blocks.filter { $0.header.archiveIDLow == id }
        let ending = scan.indexes.last { $0.index.archiveIDLow == id }
        let blocks = ending.map { listed(found, in: $0.index) } ?? chained(found)
        let end = ending?.index.totalRawSize ?? blocks.last.map { $0.header.rawOffset + UInt64($0.header.rawSize) } ?? 0
        return Archive(
            archiveIDLow: id, rawOffset: rawOffset, rawSize: end,
            endIsKnown: ending != nil || blocks.last?.header.isFinal ?? false,
            isFramed: ending.map { isFramed($0, blocks, scan.fileHeaders) } ?? false,
            pieces: pieces(blocks, end: end))
    }

    private static func isFramed(
        _ ending: SalvageScanner.FoundIndex, _ blocks: [SalvageScanner.FoundBlock], _ headers: [SalvageScanner.FoundHeader]
    ) -> Bool {
        guard ending.hasFooter, ending.offset >= ending.index.blocksEnd else { return false }
        let start = ending.offset - ending.index.blocksEnd
        return headers.contains { $0.archiveIDLow == ending.index.archiveIDLow && $0.offset == start }
            && blocks.map(\.offset) == ending.index.entries.map { start + $0.storedOffset }
    }

    private static func pieces(_ blocks: [SalvageScanner.FoundBlock], end: UInt64) -> [Piece] {
        var pieces: [Piece] = []
        var position: UInt64 = 0
        for block in blocks where block.header.rawOffset >= position {
            if position < block.header.rawOffset { pieces.append(.hole(position..<block.header.rawOffset)) }
            pieces.append(.block(header: block.header, offset: block.offset))
            position = block.header.rawOffset + UInt64(block.header.rawSize)
        }
        return position < end ? pieces + [.hole(position..<end)] : pieces
    }

    /// The blocks that the index lists: their headers are the ones that it saw.
    private static func listed(_ found: [SalvageScanner.FoundBlock], in index: BlockIndex) -> [SalvageScanner.FoundBlock] {
        var byHash: [UInt64: SalvageScanner.FoundBlock] = [:]
        for block in found where byHash[block.hash] == nil { byHash[block.hash] = block }
        return index.entries.compactMap { byHash[$0.headerHash] }
    }

    /// Without an index: of several blocks with one number, the one that is linked to a neighbour, else the first.
    private static func chained(_ found: [SalvageScanner.FoundBlock]) -> [SalvageScanner.FoundBlock] {
        let hashes = Set(found.map(\.hash))
        let links = Set(found.map(\.header.link))
        func isLinked(_ block: SalvageScanner.FoundBlock) -> Bool { hashes.contains(block.header.link) || links.contains(block.hash) }
        var chosen: [UInt64: SalvageScanner.FoundBlock] = [:]
        for block in found {
            guard let rival = chosen[block.header.ordinal] else {
                chosen[block.header.ordinal] = block
                continue
            }
            if isLinked(block), !isLinked(rival) { chosen[block.header.ordinal] = block }
        }
        return chosen.values.sorted { ($0.header.rawOffset, $0.header.ordinal) < ($1.header.rawOffset, $1.header.ordinal) }
    }
}

extension SalvageScanner {
    /// The archives of which anything was found, in the order of their first bytes.
    fileprivate var archiveIDs: [UInt64] {
        let places =
            fileHeaders.map { ($0.offset, $0.archiveIDLow) } + blocks.map { ($0.offset, $0.header.archiveIDLow) }
            + indexes.map { ($0.offset, $0.index.archiveIDLow) }
        return places.sorted { $0.0 < $1.0 }.reduce(into: []) { ids, place in
            if !ids.contains(place.1) { ids.append(place.1) }
        }
    }

    /// The places of file headers, indexes and footers.
    fileprivate var frames: [Range<UInt64>] { fileHeaders.map(\.range) + indexes.map(\.range) }
}

extension SalvagePlan.Piece {
    /// Where a block stands in the input.
    fileprivate var inputRange: Range<UInt64>? {
        guard case .block(let header, let offset) = self else { return nil }
        return offset..<offset + UInt64(header.span)
    }
}

extension Range<UInt64> {
    /// `count` traps where a hostile header claims more than an `Int` holds.
    package var length: UInt64 { upperBound - lowerBound }

    /// The parts of this range that are in none of `ranges`, which are sorted and do not overlap.
    func gaps(between ranges: [Range<UInt64>]) -> [Range<UInt64>] {
        let starts = [lowerBound] + ranges.map(\.upperBound)
        let ends = ranges.map(\.lowerBound) + [upperBound]
        return zip(starts, ends).filter { $0 < $1 }.map { $0..<$1 }
    }
}
