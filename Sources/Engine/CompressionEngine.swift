package import Planning

/// Compression from source to sink: the story in order. What is chosen for a block is the selector's business, what a block looks like
/// the writer's, who waits for whom the window's.
package struct CompressionEngine: Sendable {
    package struct Summary: Sendable {
        package var rawSize: UInt64
        package var archiveSize: UInt64
        package var blockCount: UInt64
        package var inputChanged: Bool
        package var memory: MemoryPlan
    }

    private let segmenter: Segmenter
    private let divider: Divider?
    private let selector: any Selector
    private let workers: Int?
    private let memoryLimit: Int?
    private let checksBlocks: Bool

    /// - Parameters:
    ///   - divider: nil writes every chunk as one block.
    ///   - workers: nil for as many as the process may use.
    package init(
        segmenter: Segmenter, divider: Divider? = nil, selector: any Selector, workers: Int?, memoryLimit: Int? = nil,
        checksBlocks: Bool = false
    ) {
        self.segmenter = segmenter
        self.divider = divider
        self.selector = selector
        self.workers = workers
        self.memoryLimit = memoryLimit
        self.checksBlocks = checksBlocks
    }

    package func run(
        from source: any ChunkSource, to sink: any ByteSink, progress: EngineProgressHandler? = nil
    ) async throws(EngineError) -> Summary {
        // Any chunk may become one block.
        let blockSize = segmenter.chunkSize
        let plan = try MemoryPlan(
            workers: ProcessorCount.workers(workers, useful: chunks(in: source)), blockSize: blockSize,
            matchScratch: selector.matchScratch(blockSize), limit: memoryLimit)
        let window = OrderedWindow(try plan.makeBuffers { () throws(EngineError) in try ChunkBuffer(capacity: blockSize) })
        let writer = ArchiveWriter(sink: sink, chunkSize: blockSize)
        let abort: @Sendable () -> Void = {
            window.close()
            source.interrupt()
        }
        try await withWorkers(plan.workers, abort: abort) { (_) async throws(EngineError) in
            let encoder = BlockEncoder(divider: divider, selector: selector, checks: checksBlocks)
            while let buffer = await window.take() {
                guard let chunk = try await source.next(into: buffer.raw) else {
                    window.release(buffer)
                    return
                }
                try encoder.encode(chunk, in: buffer)
                try await window.submit(buffer, ordinal: chunk.ordinal) { (chunks) async throws(EngineError) in
                    try await writer.write(chunks)
                    progress?(writer.progress(of: source))
                }
            }
        }
        try await writer.finish()
        return Summary(
            rawSize: writer.rawSize, archiveSize: writer.archiveSize, blockCount: writer.blockCount,
            inputChanged: try source.hasChanged() || source.announcedSize.map { $0 != writer.rawSize } ?? false, memory: plan)
    }

    /// No more workers than chunks.
    private func chunks(in source: any ChunkSource) -> Int {
        guard let size = source.announcedSize else { return .max }
        return Int(clamping: max(1, segmenter.chunkCount(of: size)))
    }
}

extension MemoryPlan {
    func makeBuffers<Buffer, Failure: Error>(_ make: () throws(Failure) -> Buffer) throws(Failure) -> [Buffer] {
        var made: [Buffer] = []
        for _ in 0..<buffers { made.append(try make()) }
        return made
    }
}

extension ArchiveWriter {
    fileprivate func progress(of source: any ChunkSource) -> EngineProgress {
        EngineProgress(rawBytes: rawSize, archiveBytes: archiveSize, readBytes: rawSize, totalBytes: source.announcedSize)
    }
}
