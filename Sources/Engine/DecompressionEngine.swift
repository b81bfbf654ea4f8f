/// Decompression, verification and reading of ranges: blocks from a feed, decoded by workers, written in order.
package struct DecompressionEngine: Sendable {
    package enum Checks: Sendable {
        /// Decode every block and check its raw bytes.
        case full
        /// Check that the stored bytes are those that were written, and decode nothing.
        case stored
    }

    package struct Summary: Sendable {
        package var rawSize: UInt64
        package var archiveSize: UInt64
        package var blockCount: UInt64
        package var archiveCount: Int
        /// The blocks that were passed over, in order.
        package var damage: [BlockDamage]
        package var memory: MemoryPlan
    }

    /// What a sink is told to expect at most: so many times the input, and so many bytes.
    private static let expectedRatio: UInt64 = 16
    private static let mostExpected: UInt64 = 1 << 30

    private let workers: Int?
    private let memoryLimit: Int?
    /// Refuse to write more bytes than this.
    private let outputLimit: UInt64?
    /// Write zeros for a damaged block and go on.
    private let keepsGoing: Bool
    private let ignoresTrailingBytes: Bool
    private let checks: Checks

    /// - Parameter workers: nil for as many as the process may use.
    package init(
        workers: Int?, memoryLimit: Int? = nil, outputLimit: UInt64? = nil, keepsGoing: Bool = false,
        ignoresTrailingBytes: Bool = false, checks: Checks = .full
    ) {
        self.workers = workers
        self.memoryLimit = memoryLimit
        self.outputLimit = outputLimit
        self.keepsGoing = keepsGoing
        self.ignoresTrailingBytes = ignoresTrailingBytes
        self.checks = checks
    }

    /// The archives of a file, for random access.
    /// - Throws: what a reading front to back finds wrong, where there is no usable index; `noIndex` where it finds nothing.
    package static func locateArchives(in input: any RandomAccessInput) async throws(EngineError) -> [IndexedArchive] {
        do {
            return try ArchiveLocator.archives(in: input)
        } catch {
            guard case .format = error else { throw error }
            _ = try await DecompressionEngine(workers: 1, checks: .stored).run(from: InputBytes(input), to: NullSink())
            throw .noIndex
        }
    }

    /// Everything in a file or in memory: by its index, or front to back where it has none that can be used, which tells where it breaks.
    package func run(
        from input: any RandomAccessInput, to sink: any ByteSink, progress: EngineProgressHandler? = nil
    ) async throws(EngineError) -> Summary {
        let feed: IndexFeed
        do {
            feed = IndexFeed(try ArchiveLocator.archives(in: input), in: input)
        } catch {
            guard case .format = error else { throw error }
            return try await run(from: InputBytes(input), size: input.size, to: sink, progress: progress)
        }
        if let outputLimit, feed.rawSize > outputLimit { throw .outputLimit(outputLimit) }
        // An index may say anything: no more room than the input answers for.
        sink.expect(min(feed.rawSize, input.size.multipliedReportingOverflow(by: Self.expectedRatio).partialValue, Self.mostExpected))
        return try await run(feed, to: sink, progress: progress)
    }

    /// Everything in an input that can only be read front to back.
    package func run(
        from bytes: any ByteSource, size: UInt64? = nil, to sink: any ByteSink, progress: EngineProgressHandler? = nil
    ) async throws(EngineError) -> Summary {
        let feed = try await StreamFeed(
            bytes, inputSize: size, ignoresTrailingBytes: ignoresTrailingBytes, memoryLimit: memoryLimit)
        return try await run(feed, to: sink, progress: progress)
    }

    /// The raw bytes of `range`, which counts in the output of the whole input.
    package func run(
        _ range: Range<UInt64>, of archives: [IndexedArchive], in input: any RandomAccessInput, to sink: any ByteSink
    ) async throws(EngineError) -> Summary {
        try await run(IndexFeed(archives, in: input, range: range), to: sink, progress: nil)
    }

    func run(
        _ feed: some BlockFeed, to sink: any ByteSink, progress: EngineProgressHandler?
    ) async throws(EngineError) -> Summary {
        let useful = Int(clamping: max(1, feed.blockCount ?? .max))
        let plan = try MemoryPlan(
            workers: ProcessorCount.workers(workers, useful: useful), blockSize: feed.largestBlock, limit: memoryLimit)
        // Mapped before the workers begin: in the middle of their work they would wait for each other at each call.
        let (raw, stored) = feed.largestSizes ?? (0, 0)
        let window = OrderedWindow(
            try plan.makeBuffers { () throws(EngineError) in try BlockBuffer(rawCapacity: raw, storedCapacity: stored) })
        let decoders = (0..<plan.workers).map { _ in BlockDecoder() }
        for decoder in decoders { try decoder.reserve(blockSize: raw) }
        let output = BlockOutput(sink: sink, keepsGoing: keepsGoing)
        let abort: @Sendable () -> Void = {
            window.close()
            feed.interrupt()
        }
        try await withWorkers(plan.workers, abort: abort) { (worker) async throws(EngineError) in
            let decoder = decoders[worker]
            while let buffer = await window.take() {
                guard let number = try await feed.next(into: buffer) else {
                    window.release(buffer)
                    return
                }
                if let outputLimit, buffer.place.rawRange.upperBound > outputLimit {
                    // Before memory is filled by what is not wanted.
                    buffer.failure = .outputLimit(outputLimit)
                } else {
                    decoder.decode(buffer, decodes: checks == .full)
                }
                try await window.submit(buffer, ordinal: number) { (blocks) async throws(EngineError) in
                    try await output.write(blocks)
                    progress?(output.progress(of: feed))
                }
            }
        }
        return Summary(
            rawSize: output.rawSize, archiveSize: feed.inputSize ?? output.archiveSize, blockCount: output.blockCount,
            archiveCount: feed.archiveCount, damage: output.damage, memory: plan)
    }
}

/// The ordered step of decompression: writes what was verified and meets damage in the output's order.
///
/// Only the task that writes uses it (see ``OrderedWindow``), so nothing here is guarded.
private final class BlockOutput: @unchecked Sendable {
    private let sink: any ByteSink
    private let keepsGoing: Bool
    private(set) var rawSize: UInt64 = 0
    private(set) var archiveSize: UInt64 = 0
    private(set) var blockCount: UInt64 = 0
    private(set) var damage: [BlockDamage] = []

    init(sink: any ByteSink, keepsGoing: Bool) {
        self.sink = sink
        self.keepsGoing = keepsGoing
    }

    func write(_ blocks: [BlockBuffer]) async throws(EngineError) {
        var parts: [UnsafeRawBufferPointer] = []
        for block in blocks {
            if let failure = block.failure {
                // What stands before the damage is intact and is handed on.
                try await sink.write(parts)
                parts = []
                guard case .block(let found) = failure, keepsGoing else { throw failure }
                try count(block)
                damage.append(found)
                try await sink.writeZeros(block.place.wanted.length)
            } else {
                try count(block)
                parts.append(block.output)
            }
        }
        try await sink.write(parts)
    }

    private func count(_ block: BlockBuffer) throws(EngineError) {
        let sum = rawSize.addingReportingOverflow(block.place.wanted.length)
        if sum.overflow { throw .outputLimit(.max) }
        rawSize = sum.partialValue
        archiveSize = block.place.byteOffset + UInt64(block.payload.count)
        blockCount += 1
    }

    func progress(of feed: some BlockFeed) -> EngineProgress {
        EngineProgress(rawBytes: rawSize, archiveBytes: archiveSize, readBytes: archiveSize, totalBytes: feed.inputSize)
    }
}
