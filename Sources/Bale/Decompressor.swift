internal import Engine

/// Restores and verifies what a ``Compressor`` made. No byte is handed on that does not match its hash.
public struct Decompressor: Sendable {
    let options: DecompressionOptions
    let progress: ProgressHandler?

    /// Creates a decompressor. Options are checked when it is used.
    public init(_ options: DecompressionOptions = DecompressionOptions(), progress: ProgressHandler? = nil) {
        self.options = options
        self.progress = progress
    }

    /// The raw bytes of the archives in `bytes`.
    public func decompress(_ bytes: [UInt8]) async throws(BaleError) -> [UInt8] {
        let sink = MemorySink()
        _ = try await publicErrors { () async throws(EngineError) in
            try await options.engine().run(from: MemoryInput(bytes), to: sink)
        }
        return sink.bytes
    }

    /// Decompresses from one open file descriptor to another. Neither is closed.
    ///
    /// A regular file at its start is read by its index, blocks in parallel; anything else front to back. What fails leaves in the
    /// output the intact bytes before it.
    public func decompress(from input: Int32, to output: Int32) async throws(BaleError) -> DecompressionSummary {
        try await writing(to: Descriptor(output)) { (sink) async throws(BaleError) in try await run(Descriptor(input), to: sink) }
    }

    /// Decompresses the file at one path into a new file at another, which has its name only when it is complete.
    public func decompress(
        file: String, to target: String, _ placement: FileOptions = FileOptions()
    ) async throws(BaleError) -> DecompressionSummary {
        let source = try OpenFile(file)
        let result = try ResultFile(target, placement, from: source.descriptor.number)
        let summary = try await decompress(from: source.descriptor.number, to: result.descriptor)
        try result.commit()
        return summary
    }

    /// The raw bytes of a stream of byte arrays that holds archives, as a stream. It runs as fast as it is read.
    public func decompress<Parts: AsyncSequence & Sendable>(_ parts: Parts) -> ByteStream where Parts.Element == [UInt8] {
        ByteStream { [options] sink throws(BaleError) in
            _ = try await publicErrors { () async throws(EngineError) in
                try await options.engine().run(from: SequenceSource(parts), to: sink)
            }
        }
    }

    /// Checks the archives in an open file or pipe and writes nothing.
    /// - Parameter quick: check that the stored bytes are those that were written, and decode nothing.
    public func verify(from input: Int32, quick: Bool = false) async throws(BaleError) -> DecompressionSummary {
        try await run(Descriptor(input), to: NullSink(), quick ? .stored : .full)
    }

    /// Checks the archives in the file at a path.
    public func verify(file: String, quick: Bool = false) async throws(BaleError) -> DecompressionSummary {
        let source = try OpenFile(file)
        return try await verify(from: source.descriptor.number, quick: quick)
    }

    /// Gives `body` the sink for an open output: one that leaves holes, where they are wanted and the file can have them.
    func writing<Result>(
        to output: Descriptor, _ body: (any ByteSink) async throws(BaleError) -> Result
    ) async throws(BaleError) -> Result {
        guard options.writesSparse, output.canHaveHoles else { return try await body(DescriptorSink(output)) }
        let sink = SparseFileSink(output)
        let result: Result
        do {
            result = try await body(sink)
        } catch {
            // What stands before the failure may end in a hole. The first failure is the one to tell.
            try? sink.finish()
            throw error
        }
        try await publicErrors { () async throws(EngineError) in try sink.finish() }
        return result
    }

    private func run(
        _ input: Descriptor, to sink: any ByteSink, _ checks: DecompressionEngine.Checks = .full
    ) async throws(BaleError) -> DecompressionSummary {
        let engine = options.engine(checks)
        let progress = Progress.handler(progress)
        let file = try publicErrors { () throws(SystemError) in try FileInput(input) }
        if let file, input.position == 0 {
            return try await publicErrors { () async throws(EngineError) in
                DecompressionSummary(try await engine.run(from: file, to: sink, progress: progress))
            }
        }
        let bytes = try publicErrors { () throws(SystemError) in try DescriptorSource(input) }
        return try await publicErrors { () async throws(EngineError) in
            DecompressionSummary(try await engine.run(from: bytes, to: sink, progress: progress))
        }
    }
}
