internal import Bale

/// Restores the content of each archive, to files or, for `cat`, to standard output.
enum DecompressCommand {
    static func run(_ session: Session) async -> ExitStatus {
        await session.forEachInput(selecting: { $0.hasSuffix(session.settings.suffix) }) { (input) throws(Failure) in
            try await decompress(input, session)
        }
    }

    static func decompress(_ input: Session.Input, _ session: Session) async throws(Failure) -> ExitStatus {
        let options = session.settings.decompression
        let conversion = Conversion(session: session, input: input, naming: .removesSuffix)
        let start = monotonicNanoseconds()
        let (summary, source, _) = try await conversion.run { (source, target, progress) throws(BaleError) in
            try await Decompressor(options, progress: progress).decompress(from: source, to: target)
        }
        let report = ConversionReport(
            path: input.path, isCompression: false, rawBytes: summary.rawBytes, archiveBytes: summary.archiveBytes,
            nanoseconds: monotonicNanoseconds() - start, workers: summary.workers, memoryBound: summary.memoryBound)
        session.console.note(report.text)
        guard summary.damage.isEmpty else { return Self.report(summary.damage, input.path, session) }
        try conversion.removeSource(source)
        return .success
    }

    /// Tells each damaged part.
    static func report(_ damage: [BaleError], _ path: Path, _ session: Session) -> ExitStatus {
        for error in damage { session.console.error(path.shown, error.description) }
        return .damaged
    }
}
