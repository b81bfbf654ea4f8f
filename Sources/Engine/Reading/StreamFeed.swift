internal import Codecs
internal import Format
internal import Synchronization

/// The blocks of an input that is read front to back. One worker reads at a time; what it reads is checked against all that came
/// before, so that no block reaches the output whose place is in doubt.
final class StreamFeed: BlockFeed, @unchecked Sendable {
    /// What the stream may go on with.
    private enum Expectation {
        case archive
        case blockOrIndex(BlockSequence)
        case end
    }

    private let bytes: any ByteSource
    private let ignoresTrailingBytes: Bool
    private let memoryLimit: Int?
    private let turn = AsyncLock()
    // Guarded by `turn`.
    private var expectation = Expectation.archive
    private var offset: UInt64 = 0
    /// Raw bytes of the archives before this one.
    private var rawOffset: UInt64 = 0
    private var nextNumber: UInt64 = 0
    private let head = UnsafeMutableRawBufferPointer.allocate(byteCount: BlockHeader.maximumSize, alignment: 8)
    private let archives = Atomic<Int>(0)

    let blockCount: UInt64? = nil
    let inputSize: UInt64?
    private(set) var largestBlock = 0
    var archiveCount: Int { archives.load(ordering: .relaxed) }

    /// Reads the first file header, which says how large the blocks are.
    init(_ bytes: any ByteSource, inputSize: UInt64?, ignoresTrailingBytes: Bool, memoryLimit: Int?) async throws(EngineError) {
        self.bytes = bytes
        self.inputSize = inputSize
        self.ignoresTrailingBytes = ignoresTrailingBytes
        self.memoryLimit = memoryLimit
        try await beginArchive()
    }

    deinit { head.deallocate() }

    func interrupt() { bytes.interrupt() }

    func next(into buffer: BlockBuffer) async throws(EngineError) -> UInt64? {
        await turn.lock()
        defer { turn.unlock() }
        if case .end = expectation { return nil }
        do {
            guard try await readBlock(into: buffer) else { return nil }
        } catch {
            // Also where reading failed: another worker would take what comes later for what comes next.
            expectation = .end
            guard case .format = error else { throw error }
            // Met in the output's order, behind the blocks that were intact.
            buffer.failure = error
        }
        defer { nextNumber += 1 }
        return nextNumber
    }

    /// - Returns: false at the end of the input.
    private func readBlock(into buffer: BlockBuffer) async throws(EngineError) -> Bool {
        while true {
            switch expectation {
            case .end: return false
            case .archive: try await beginArchive()
            case .blockOrIndex(var archive):
                switch Landmark(try await peek(Landmark.size)) {
                case .block where !archive.isComplete:
                    try await readBlock(into: buffer, &archive)
                    expectation = .blockOrIndex(archive)
                    return true
                case .index where archive.isComplete || archive.index.entries.isEmpty: try await endArchive(archive)
                default: throw unexpected(archive)
                }
            }
        }
    }

    private func unexpected(_ archive: BlockSequence) -> EngineError {
        let what = archive.isComplete ? "the index" : archive.index.entries.isEmpty ? "a block or the index" : "the next block"
        if peeked < Landmark.size {
            return .format(.truncated(what, offset: offset + UInt64(peeked), needed: offset + UInt64(BlockIndex.prefixSize)))
        }
        return .format(.corrupt("\(what) should stand here", offset: offset))
    }

    // MARK: Archive

    private func beginArchive() async throws(EngineError) {
        let start = offset
        let found = try await peek(FileHeader.size)
        if start > 0 {
            if found.isEmpty {
                expectation = .end
                return
            }
            guard Landmark(found) == .fileHeader || FileHeader.magicBytes.starts(with: found.prefix(8)) else {
                expectation = .end
                if ignoresTrailingBytes { return }
                throw .trailingBytes(offset: start)
            }
        }
        let header = try wrapped { () throws(FormatError) in try FileHeader(decoding: found, at: start) }
        if let memoryLimit { _ = try MemoryPlan(workers: 1, blockSize: header.chunkSize, limit: memoryLimit) }
        consume()
        largestBlock = max(largestBlock, header.chunkSize)
        archives.wrappingAdd(1, ordering: .relaxed)
        expectation = .blockOrIndex(BlockSequence(header, at: start))
    }

    private func endArchive(_ archive: BlockSequence) async throws(EngineError) {
        let index = try await readIndex()
        let start = offset
        let bytes = try await peek(Footer.size)
        try wrapped { () throws(FormatError) in
            try archive.check(index)
            try Footer(decoding: bytes, at: start).check(archive.fileHeader, index, archiveAt: archive.start)
        }
        consume()
        rawOffset += index.totalRawSize
        expectation = .archive
    }

    /// Reads the index in pieces, so that no memory is taken for a size that the input does not have.
    private func readIndex() async throws(EngineError) -> BlockIndex {
        let start = offset
        var bytes = [UInt8](try await peek(BlockIndex.prefixSize))
        let size = try decode(bytes, at: start, BlockIndex.size(prefix:at:))
        consume()
        let memory = ScratchArena()
        defer { withExtendedLifetime(memory) {} }
        let piece = try memory.take(min(size, 1 << 20))
        while bytes.count < size {
            let wanted = min(piece.count, size - bytes.count)
            let count = try await readOn(into: UnsafeMutableRawBufferPointer(rebasing: piece[..<wanted]))
            bytes.append(contentsOf: piece[..<count])
            if count < wanted { break }
        }
        return try decode(bytes, at: start, BlockIndex.init(decoding:at:))
    }

    // MARK: Block

    private func readBlock(into buffer: BlockBuffer, _ archive: inout BlockSequence) async throws(EngineError) {
        let start = offset
        let header = try await readHeader()
        try wrapped { () throws(FormatError) in try archive.append(header) }
        let rawStart = rawOffset + header.rawOffset
        let rawRange = rawStart..<rawStart + UInt64(header.rawSize)
        let place = BlockPlace(ordinal: header.ordinal, byteOffset: start, rawRange: rawRange, wanted: rawRange)
        try buffer.begin(at: place, rawSize: header.rawSize, span: header.span)
        buffer.accept(header)
        let payload = UnsafeMutableRawBufferPointer(rebasing: buffer.stored[header.size..<header.span])
        let count = try await readOn(into: payload)
        guard count == payload.count else {
            throw .format(.truncated("block \(header.ordinal)", offset: offset, needed: start + UInt64(header.span)))
        }
    }

    private func readHeader() async throws(EngineError) -> BlockHeader {
        let start = offset
        let prefix = try await peek(BlockHeader.prefixSize)
        let size = try wrapped { () throws(FormatError) in try BlockHeader.size(prefix: prefix, at: start) }
        let bytes = try await peek(size)
        let header = try wrapped { () throws(FormatError) in try BlockHeader(decoding: bytes, at: start) }
        consume()
        return header
    }

    // MARK: Bytes

    /// Bytes in `head` that are read and not yet consumed.
    private var peeked = 0

    /// The next `count` bytes, fewer only at the end of the input, without passing them.
    private func peek(_ count: Int) async throws(EngineError) -> UnsafeRawBufferPointer {
        if count > peeked {
            peeked += try await bytes.read(into: UnsafeMutableRawBufferPointer(rebasing: head[peeked..<count]))
        }
        return UnsafeRawBufferPointer(rebasing: head[..<min(count, peeked)])
    }

    /// Passes what was peeked at.
    private func consume() {
        offset += UInt64(peeked)
        peeked = 0
    }

    private func readOn(into buffer: UnsafeMutableRawBufferPointer) async throws(EngineError) -> Int {
        let count = try await bytes.read(into: buffer)
        offset += UInt64(count)
        return count
    }
}

/// Runs `body` with the format's errors made the engine's.
private func wrapped<Result>(_ body: () throws(FormatError) -> Result) throws(EngineError) -> Result {
    do {
        return try body()
    } catch {
        throw .format(error)
    }
}
