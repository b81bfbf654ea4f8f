internal import Format
internal import Synchronization

/// The blocks of indexed archives that hold a range of raw bytes. Each worker reads its own.
final class IndexFeed: BlockFeed {
    private let input: any RandomAccessInput
    private let archives: [IndexedArchive]
    private let wanted: Range<UInt64>
    private let runs: [Run]
    private let nextBlock = Atomic<UInt64>(0)
    let blockCount: UInt64?
    let largestSizes: (raw: Int, stored: Int)?

    /// The blocks of one archive.
    private struct Run {
        /// The archive's number.
        let archive: Int
        let blocks: Range<Int>
        /// How many blocks stand before them in this feed.
        let first: UInt64
    }

    /// - Parameter range: the raw bytes that are wanted; nil for all.
    init(_ archives: [IndexedArchive], in input: any RandomAccessInput, range: Range<UInt64>? = nil) {
        self.input = input
        self.archives = archives
        wanted = range ?? 0..<(archives.last?.rawRange.upperBound ?? 0)
        var runs: [Run] = []
        var count: UInt64 = 0
        for (number, archive) in archives.enumerated() {
            let blocks = range == nil ? archive.index.entries.indices : archive.blocks(holding: wanted)
            guard !blocks.isEmpty else { continue }
            runs.append(Run(archive: number, blocks: blocks, first: count))
            count += UInt64(blocks.count)
        }
        self.runs = runs
        blockCount = count
        largestSizes = runs.lazy.flatMap { run in archives[run.archive].index.entries[run.blocks].lazy }
            .reduce((0, 0)) { (max($0.0, $1.rawSize), max($0.1, $1.span)) }
    }

    var largestBlock: Int { largestSizes?.raw ?? 0 }
    var inputSize: UInt64? { input.size }
    var rawSize: UInt64 { archives.last?.rawRange.upperBound ?? 0 }
    var archiveCount: Int { archives.count }

    func next(into buffer: BlockBuffer) throws(EngineError) -> UInt64? {
        let number = nextBlock.wrappingAdd(1, ordering: .relaxed).oldValue
        guard let blockCount, number < blockCount else { return nil }
        // Few archives: a file made by `cat` has two or ten.
        let run = runs.last { $0.first <= number }!
        try read(run.blocks.lowerBound + Int(number - run.first), of: run.archive, into: buffer)
        return number
    }

    private func read(_ ordinal: Int, of number: Int, into buffer: BlockBuffer) throws(EngineError) {
        let archive = archives[number]
        let entry = archive.index.entries[ordinal]
        let rawStart = archive.rawOffset + entry.rawOffset
        let rawRange = rawStart..<rawStart + UInt64(entry.rawSize)
        let offset = archive.offset + entry.storedOffset
        let place = BlockPlace(
            ordinal: UInt64(ordinal), byteOffset: offset, rawRange: rawRange, wanted: rawRange.clamped(to: wanted))
        try buffer.begin(at: place, rawSize: entry.rawSize, span: entry.span)
        let count = try input.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer.stored[..<entry.span]))
        guard count == entry.span else {
            // The file was as long as its footer says when it was opened.
            throw .format(.truncated("a block", offset: offset + UInt64(count), needed: offset + UInt64(entry.span)))
        }
        do {
            let header = try BlockHeader(decoding: UnsafeRawBufferPointer(rebasing: buffer.stored[..<count]), at: offset)
            try archive.index.check(header, ordinal: ordinal, of: archive.fileHeader, archiveAt: archive.offset)
            buffer.accept(header)
        } catch {
            buffer.failure = place.damage(.header(error))
        }
    }
}

extension IndexedArchive {
    /// The blocks that hold raw bytes of `range`, which counts in the output of the whole input.
    func blocks(holding range: Range<UInt64>) -> Range<Int> {
        let inside = range.clamped(to: rawRange)
        guard !inside.isEmpty else { return 0..<0 }
        return ordinal(ofRaw: inside.lowerBound)..<ordinal(ofRaw: inside.upperBound - 1) + 1
    }
}
