internal import Codecs
internal import Engine
internal import Format

extension Archive {
    /// The raw bytes of a range, decoded in parallel and checked.
    /// - Parameter range: counts in the output of the whole file and lies within ``rawSize``.
    /// - Parameter threads: 0 takes as many as the process may use.
    public func read(_ range: Range<UInt64>, threads: Int = 0) async throws(BaleError) -> [UInt8] {
        let sink = MemorySink()
        try await read(range, to: sink, threads: threads)
        return sink.bytes
    }

    /// Writes the raw bytes of a range to a file or pipe, in bounded memory.
    public func read(_ range: Range<UInt64>, to output: Int32, threads: Int = 0) async throws(BaleError) {
        try await read(range, to: output, threads: threads, callerTakesPart: false)
    }

    /// The same; what `callerTakesPart` means, ``DecompressionOptions`` says.
    package func read(_ range: Range<UInt64>, to output: Int32, threads: Int, callerTakesPart: Bool) async throws(BaleError) {
        try await read(range, to: DescriptorSink(Descriptor(output)), threads: threads, callerTakesPart: callerTakesPart)
    }

    private func read(
        _ range: Range<UInt64>, to sink: any ByteSink, threads: Int, callerTakesPart: Bool = false
    ) async throws(BaleError) {
        guard range.upperBound <= rawSize else {
            throw BaleError(.invalidOption, "the range ends at byte \(range.upperBound), and the archive holds \(rawSize)")
        }
        let engine = DecompressionEngine(workers: workerCount(threads), callerTakesPart: callerTakesPart)
        try await publicErrors { () async throws(EngineError) in
            _ = try await engine.run(range, of: archives, in: input, to: sink)
        }
    }

    /// All blocks, with what only their headers say: each header is read.
    public func blocks() async throws(BaleError) -> [Block] {
        try await publicErrors { () async throws(EngineError) in
            var blocks: [Block] = []
            for (member, archive) in archives.enumerated() {
                for ordinal in archive.index.entries.indices {
                    let header = try archive.header(ofBlock: ordinal, in: input)
                    blocks.append(Block(archive, member: member, header))
                }
            }
            return blocks
        }
    }
}

extension Archive.Block {
    fileprivate init(_ archive: IndexedArchive, member: Int, _ header: BlockHeader) {
        let entry = archive.index.entries[Int(header.ordinal)]
        self.init(
            member: member, ordinal: header.ordinal, offset: archive.offset + entry.storedOffset, storedSize: UInt64(entry.span),
            rawOffset: archive.rawOffset + entry.rawOffset, rawSize: entry.rawSize, rawHash: entry.rawHash, storedHash: entry.storedHash,
            pipeline: header.pipeline.expression)
    }
}
