internal import Checksum
internal import Engine

/// What salvage found and could recover.
public struct SalvageReport: Sendable, Hashable {
    /// One archive of which blocks were found.
    public struct Archive: Sendable, Hashable {
        /// The first half of its identifier, 16 hexadecimal digits.
        public var identifier: String
        /// Raw bytes that were recovered, in the output.
        public var recovered: [Range<UInt64>]
        /// Raw bytes that are zeros in the output.
        public var holes: [Range<UInt64>]
        /// Whether it is known where the archive ended. If not, bytes may be missing behind the last ones recovered.
        public var endIsKnown: Bool
        /// Whether file header, index and footer are intact, and every block is where they say.
        public var isFramed: Bool
        /// Blocks recovered.
        public var blocks: UInt64
    }

    /// In the order in which they were found.
    public var archives: [Archive]
    /// Bytes of the input that belong to nothing that could be used: damage, foreign bytes, repeated blocks.
    public var unusedInput: [Range<UInt64>]
    /// Raw bytes recovered in all.
    public var recoveredBytes: UInt64 { archives.reduce(0) { $0 + $1.recovered.reduce(0) { $0 + UInt64($1.count) } } }
    /// Whether nothing is missing and nothing is damaged.
    public var isComplete: Bool { unusedInput.isEmpty && archives.allSatisfy { $0.holes.isEmpty && $0.endIsKnown && $0.isFramed } }
}

extension Decompressor {
    /// Recovers every intact block of a damaged archive, with or without its header, index and footer.
    ///
    /// Raw bytes come to the places where they were, and zeros to where nothing was found.
    /// - Parameters:
    ///   - input: a regular file.
    ///   - output: a file or pipe; nil only reports.
    public func salvage(from input: Int32, to output: Int32?) async throws(BaleError) -> SalvageReport {
        let file = try publicErrors { () throws(SystemError) in try FileInput(Descriptor(input)) }
        guard let file else { throw BaleError(.invalidOption, "salvage needs a regular file, not a pipe: it reads from several places") }
        let engine = SalvageEngine(
            workers: workerCount(options.threads), callerTakesPart: options.callerTakesPart, memoryLimit: options.memoryLimit,
            outputLimit: options.maximumOutput)
        let salvage = { (sink: any ByteSink) async throws(BaleError) -> SalvageEngine.Report in
            try await publicErrors { () async throws(EngineError) in
                try await engine.run(from: file, to: sink, progress: Progress.handler(progress))
            }
        }
        let report: SalvageEngine.Report
        if let output {
            report = try await writing(to: Descriptor(output), salvage)
        } else {
            report = try await salvage(NullSink())
        }
        return SalvageReport(archives: report.archives.map(SalvageReport.Archive.init), unusedInput: report.unusedInput)
    }
}

extension SalvageReport.Archive {
    fileprivate init(_ archive: SalvageEngine.Archive) {
        self.init(
            identifier: archive.archiveIDLow.hexadecimalBytes, recovered: archive.recovered, holes: archive.holes,
            endIsKnown: archive.endIsKnown, isFramed: archive.isFramed, blocks: archive.blockCount)
    }
}
