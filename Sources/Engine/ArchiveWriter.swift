internal import Format

/// The ordered step of compression: gives each block its place, its link to the block before it and its entry in the index.
///
/// Only the task that writes uses it (see ``OrderedWindow``), so nothing here is guarded.
final class ArchiveWriter: @unchecked Sendable {
    private let sink: any ByteSink
    private let chunkSize: Int
    private var archiveID = ArchiveID(low: 0, high: 0)
    /// Of the blocks so far; its link is what the next header links to.
    private var index = BlockIndex(archiveIDLow: 0, link: 0, entries: [])
    private var hasEnded = false
    /// Bytes written.
    private(set) var archiveSize: UInt64 = 0

    init(sink: any ByteSink, chunkSize: Int) {
        self.sink = sink
        self.chunkSize = chunkSize
    }

    var blockCount: UInt64 { UInt64(index.entries.count) }
    /// Raw bytes of the blocks so far.
    var rawSize: UInt64 { index.totalRawSize }

    /// Writes the blocks of chunks that follow the ones written before. Chunks after the final one are dropped: the input shrank while
    /// it was read.
    func write(_ chunks: [ChunkBuffer]) async throws(EngineError) {
        var parts: [UnsafeRawBufferPointer] = []
        for chunk in chunks {
            for block in chunk.blocks where !hasEnded {
                hasEnded = block.frame.isFinal
                // An input that was empty when it was read has no blocks.
                if block.frame.rawSize == 0, index.entries.isEmpty { continue }
                var header: [UInt8] = []
                if archiveSize == 0 { header += begin(firstBlockHash: block.frame.rawHash) }
                header += frame(block)
                parts.append(try chunk.keep(header))
                parts.append(block.payload)
            }
        }
        try await sink.write(parts)
    }

    /// Writes index and footer.
    func finish() async throws(EngineError) {
        var tail: [UInt8] = []
        if archiveSize == 0 { tail += begin(firstBlockHash: nil) }
        let footer = Footer(index, archiveID: archiveID)
        archiveSize = footer.archiveLength
        tail += index.encoded()
        tail += footer.encoded()
        // A copy that stays where it is: an array's storage cannot be lent across a suspension.
        let stable = UnsafeMutableRawBufferPointer.allocate(byteCount: tail.count, alignment: 8)
        defer { stable.deallocate() }
        stable.copyBytes(from: tail)
        try await sink.write([UnsafeRawBufferPointer(stable)])
    }

    private func begin(firstBlockHash: UInt64?) -> [UInt8] {
        archiveID = .derive(chunkSize: chunkSize, firstBlockHash: firstBlockHash)
        let header = FileHeader(chunkSize: chunkSize, archiveID: archiveID).encoded()
        index = BlockIndex(archiveIDLow: archiveID.low, link: header.hash, entries: [])
        archiveSize = index.blocksEnd
        return header.bytes
    }

    private func frame(_ block: EncodedFrame) -> [UInt8] {
        let frame = block.frame
        let header = BlockHeader(
            archiveIDLow: archiveID.low, link: index.link, ordinal: blockCount, rawOffset: rawSize, rawSize: frame.rawSize,
            storedSize: block.payload.count, isFinal: frame.isFinal, pipeline: frame.pipeline, rawHash: frame.rawHash,
            storedHash: frame.storedHash)
        let (bytes, hash) = header.encoded()
        index.entries.append(BlockIndex.Entry(header, hash: hash, storedOffset: archiveSize))
        index.link = hash
        archiveSize = index.blocksEnd
        return bytes
    }
}
