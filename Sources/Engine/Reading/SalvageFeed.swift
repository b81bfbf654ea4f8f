internal import Format
internal import Synchronization

/// The blocks that salvage found, and its holes as blocks that cannot be had.
final class SalvageFeed: BlockFeed {
    private let plan: SalvagePlan
    private let pieces: [(archive: Int, piece: SalvagePlan.Piece)]
    private let nextPiece = Atomic<Int>(0)

    init(_ plan: SalvagePlan) {
        self.plan = plan
        pieces = plan.archives.enumerated().flatMap { number, archive in archive.pieces.map { (number, $0) } }
    }

    var blockCount: UInt64? { UInt64(pieces.count) }
    var inputSize: UInt64? { plan.input.size }
    var archiveCount: Int { plan.archives.count }

    var largestBlock: Int {
        pieces.lazy.map { piece in
            switch piece.piece {
            case .block(let header, _): header.rawSize
            case .hole: 0
            }
        }.max() ?? 0
    }

    func next(into buffer: BlockBuffer) throws(EngineError) -> UInt64? {
        let number = nextPiece.wrappingAdd(1, ordering: .relaxed).oldValue
        guard number < pieces.count else { return nil }
        let archive = plan.archives[pieces[number].archive]
        switch pieces[number].piece {
        case .hole(let range):
            let place = BlockPlace(rawRange: archive.inOutput(range), wanted: archive.inOutput(range))
            try buffer.begin(at: place, rawSize: 0, span: 0)
            buffer.failure = place.damage(.missing)
        case .block(let header, let offset):
            let range = archive.inOutput(header.rawOffset..<header.rawOffset + UInt64(header.rawSize))
            let place = BlockPlace(ordinal: header.ordinal, byteOffset: offset, rawRange: range, wanted: range)
            try buffer.begin(at: place, rawSize: header.rawSize, span: header.span)
            let count = try plan.input.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer.stored[..<header.span]))
            buffer.accept(header)
            if count < header.span { buffer.failure = place.damage(.storedHash) }
        }
        return UInt64(number)
    }
}

extension SalvagePlan.Archive {
    fileprivate func inOutput(_ range: Range<UInt64>) -> Range<UInt64> {
        range.lowerBound + rawOffset..<range.upperBound + rawOffset
    }
}
