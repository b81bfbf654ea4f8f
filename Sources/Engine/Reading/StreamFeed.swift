internal import Format
internal import Synchronization

/// The blocks of an input that is read front to back. One worker reads at a time; what it reads is checked against all that came
/// before, so that no block reaches the output whose place is in doubt.
final class StreamFeed: BlockFeed, @unchecked Sendable {
    /// What the stream may go on with.
    private enum Expectation {
        case archive
        case blockOrIndex(ArchiveProgress)
        case end
    }

    /// What the blocks so far say of the archive that is being read.
    private struct ArchiveProgress {
        let offset: UInt64
        let header: FileHeader
        var link: UInt64
        var entries: [BlockIndex.Entry] = []
        var rawSize: UInt64 = 0
        var hasEnded = false
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
            guard case .format = error else { throw error }
            // Met in the output's order, behind the blocks that were intact.
            buffer.failure = error
            expectation = .end
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
                case .block where !archive.hasEnded:
                    try await readBlock(into: buffer, &archive)
                    expectation = .blockOrIndex(archive)
                    return true
                case .index where archive.hasEnded || archive.entries.isEmpty: try await endArchive(archive)
                default: throw try await unexpected(archive)
                }
            }
        }
    }

    private func unexpected(_ archive: ArchiveProgress) async throws(EngineError) -> EngineError {
        let what = archive.hasEnded ? "the index" : archive.entries.isEmpty ? "a block or the index" : "the next block"
        let found = peeked
        if found < Landmark.size {
            return .format(.truncated(what, offset: offset + UInt64(found), needed: offset + UInt64(BlockIndex.prefixSize)))
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
        do {
            let header = try FileHeader(decoding: found, at: start)
            if let memoryLimit { _ = try MemoryPlan(workers: 1, blockSize: header.chunkSize, limit: memoryLimit) }
            consume()
            largestBlock = max(largestBlock, header.chunkSize)
            archives.wrappingAdd(1, ordering: .relaxed)
            expectation = .blockOrIndex(ArchiveProgress(offset: start, header: header, link: header.hash))
        } catch let error as FormatError {
            throw .format(error)
        } catch let error as EngineError {
            throw error
        } catch {
            throw .input(error)
        }
    }

    private func endArchive(_ archive: ArchiveProgress) async throws(EngineError) {
        let expected = BlockIndex(archiveIDLow: archive.header.archiveID.low, link: archive.link, entries: archive.entries)
        let index = try await readIndex()
        guard index.archiveIDLow == expected.archiveIDLow, index.link == expected.link, index.entries == expected.entries else {
            throw .format(.corrupt("the index contradicts the blocks", offset: archive.offset + expected.blocksEnd))
        }
        let start = offset
        let bytes = try await peek(Footer.size)
        do {
            guard try Footer(decoding: bytes, at: start) == Footer(index, archiveID: archive.header.archiveID) else {
                throw FormatError.corrupt("the footer contradicts the index", offset: start)
            }
        } catch let error as FormatError {
            throw .format(error)
        } catch {
            throw .input(error)
        }
        consume()
        rawOffset += archive.rawSize
        expectation = .archive
    }

    /// Reads the index in pieces, so that no memory is taken for a size that the input does not have.
    private func readIndex() async throws(EngineError) -> BlockIndex {
        let start = offset
        var bytes = [UInt8](try await peek(BlockIndex.prefixSize))
        let size = try decode(bytes, at: start, BlockIndex.size(prefix:at:))
        consume()
        let piece = UnsafeMutableRawBufferPointer.allocate(byteCount: min(size, 1 << 20), alignment: 8)
        defer { piece.deallocate() }
        while bytes.count < size {
            let wanted = min(piece.count, size - bytes.count)
            let count = try await readOn(into: UnsafeMutableRawBufferPointer(rebasing: piece[..<wanted]))
            bytes.append(contentsOf: piece[..<count])
            if count < wanted { break }
        }
        return try decode(bytes, at: start, BlockIndex.init(decoding:at:))
    }

    // MARK: Block

    private func readBlock(into buffer: BlockBuffer, _ archive: inout ArchiveProgress) async throws(EngineError) {
        let start = offset
        let header = try await readHeader()
        let hash = header.hash
        guard header.archiveIDLow == archive.header.archiveID.low, header.link == archive.link,
            header.ordinal == UInt64(archive.entries.count), header.rawOffset == archive.rawSize
        else {
            throw .format(.corrupt("block \(header.ordinal) does not follow the one before it: swapped, repeated or of another archive", offset: start))
        }
        guard header.rawSize <= archive.header.chunkSize else {
            throw .format(.corrupt("block \(header.ordinal) is larger than the archive's blocks", offset: start))
        }
        let rawStart = rawOffset + archive.rawSize
        let rawRange = rawStart..<rawStart + UInt64(header.rawSize)
        let place = BlockPlace(ordinal: header.ordinal, byteOffset: start, rawRange: rawRange, wanted: rawRange)
        try buffer.begin(at: place, rawSize: header.rawSize, span: header.span)
        buffer.accept(header)
        let payload = UnsafeMutableRawBufferPointer(rebasing: buffer.stored[header.size..<header.span])
        let count = try await readOn(into: payload)
        guard count == payload.count else {
            throw .format(.truncated("block \(header.ordinal)", offset: offset, needed: start + UInt64(header.span)))
        }
        archive.entries.append(BlockIndex.Entry(header, hash: hash, storedOffset: start - archive.offset))
        archive.link = hash
        archive.rawSize += UInt64(header.rawSize)
        archive.hasEnded = header.isFinal
    }

    private func readHeader() async throws(EngineError) -> BlockHeader {
        let start = offset
        do {
            let size = try BlockHeader.size(prefix: try await peek(BlockHeader.prefixSize), at: start)
            let header = try BlockHeader(decoding: try await peek(size), at: start)
            consume()
            return header
        } catch let error as FormatError {
            throw .format(error)
        } catch let error as EngineError {
            throw error
        } catch {
            throw .input(error)
        }
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
