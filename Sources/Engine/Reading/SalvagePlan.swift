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
        var pieces: [Piece]
    }

    /// Holes are written in pieces of this many zeros.
    static let holePiece: UInt64 = 1 << 20

    private(set) var archives: [Archive] = []
    let input: any RandomAccessInput

    package init(_ input: any RandomAccessInput) throws(EngineError) {
        self.input = input
        let scan = try SalvageScanner(input)
        var order: [UInt64] = []
        for id in scan.blocks.map(\.header.archiveIDLow) + scan.indexes.map(\.archiveIDLow) where !order.contains(id) { order.append(id) }
        guard !order.isEmpty else { throw .noIndex }
        var rawOffset: UInt64 = 0
        for id in order {
            let blocks = scan.blocks.filter { $0.header.archiveIDLow == id }
            let archive = Self.archive(id, at: rawOffset, blocks, index: scan.indexes.last { $0.archiveIDLow == id })
            rawOffset = rawOffset.addingReportingOverflow(archive.rawSize).partialValue
            archives.append(archive)
        }
    }

    private static func archive(_ id: UInt64, at rawOffset: UInt64, _ found: [SalvageScanner.FoundBlock], index: BlockIndex?) -> Archive {
        let blocks = index.map { listed(found, in: $0) } ?? chained(found)
        let end = index?.totalRawSize ?? blocks.last.map { $0.header.rawOffset + UInt64($0.header.rawSize) } ?? 0
        var pieces: [Piece] = []
        var position: UInt64 = 0
        for block in blocks where block.header.rawOffset >= position {
            pieces += holes(position..<block.header.rawOffset)
            pieces.append(.block(header: block.header, offset: block.offset))
            position = block.header.rawOffset + UInt64(block.header.rawSize)
        }
        if position < end { pieces += holes(position..<end) }
        return Archive(
            archiveIDLow: id, rawOffset: rawOffset, rawSize: end,
            endIsKnown: index != nil || blocks.last?.header.isFinal ?? false, pieces: pieces)
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

    private static func holes(_ range: Range<UInt64>) -> [Piece] {
        stride(from: range.lowerBound, to: range.upperBound, by: Int(holePiece)).map {
            .hole($0..<min($0 + holePiece, range.upperBound))
        }
    }
}
