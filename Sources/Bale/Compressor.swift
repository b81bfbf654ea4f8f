internal import Engine
internal import Planning

/// Compresses files, streams and bytes into archives.
///
/// The same input and options give the same bytes for every number of threads, on every instruction set, from a file or a pipe.
public struct Compressor: Sendable {
    private let options: CompressionOptions
    private let progress: ProgressHandler?

    /// Creates a compressor. Options are checked when it is used.
    public init(_ options: CompressionOptions = CompressionOptions(), progress: ProgressHandler? = nil) {
        self.options = options
        self.progress = progress
    }

    /// The archive of `bytes`.
    public func compress(_ bytes: [UInt8]) async throws(BaleError) -> [UInt8] {
        let segmenter = try options.segmenter()
        let sink = MemorySink()
        _ = try await compress(MemorySource(bytes, segmenter), to: sink, segmenter)
        return sink.bytes
    }

    /// Compresses from one open file descriptor to another, each a file, pipe or socket, from its current offset on. Neither is closed.
    public func compress(from input: Int32, to output: Int32) async throws(BaleError) -> CompressionSummary {
        let segmenter = try options.segmenter()
        let source = try publicErrors { () throws(SystemError) -> any ChunkSource in
            let input = Descriptor(input)
            if let file = try FileSource(input, segmenter) { return file }
            return StreamSource(try DescriptorSource(input), segmenter)
        }
        return try await compress(source, to: DescriptorSink(Descriptor(output)), segmenter)
    }

    /// Compresses the file at one path into a new file at another, which has its name only when it is complete.
    public func compress(
        file: String, to target: String, _ placement: FileOptions = FileOptions()
    ) async throws(BaleError) -> CompressionSummary {
        let source = try OpenFile(file)
        let result = try ResultFile(target, placement, from: source.descriptor.number)
        let summary = try await compress(from: source.descriptor.number, to: result.descriptor)
        try result.commit()
        return summary
    }

    /// The archive of a stream of byte arrays, as a stream. It runs as fast as it is read.
    public func compress<Parts: AsyncSequence & Sendable>(_ parts: Parts) -> ByteStream where Parts.Element == [UInt8] {
        ByteStream { sink throws(BaleError) in
            let segmenter = try options.segmenter()
            _ = try await compress(StreamSource(SequenceSource(parts), segmenter), to: sink, segmenter)
        }
    }

    private func compress(
        _ source: any ChunkSource, to sink: any ByteSink, _ segmenter: Segmenter
    ) async throws(BaleError) -> CompressionSummary {
        let engine = try options.engine(segmenter)
        return try await publicErrors { () async throws(EngineError) in
            CompressionSummary(try await engine.run(from: source, to: sink, progress: Progress.handler(progress)))
        }
    }
}
