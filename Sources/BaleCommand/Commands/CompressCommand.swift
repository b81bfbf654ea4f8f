internal import Bale

/// Compresses each input.
enum CompressCommand {
    static func run(_ session: Session) async -> ExitStatus {
        await session.forEachInput(selecting: { !$0.hasSuffix(session.settings.suffix) }) { (input) throws(Failure) in
            try await compress(input, session)
        }
    }

    private static func compress(_ input: Session.Input, _ session: Session) async throws(Failure) -> ExitStatus {
        let options = session.settings.compression
        let conversion = Conversion(session: session, input: input, naming: .addsSuffix)
        let start = monotonicNanoseconds()
        let (summary, source, destination) = try await conversion.run { (source, target, progress) throws(BaleError) in
            try await Compressor(options, progress: progress).compress(from: source, to: target)
        }
        let report = ConversionReport(
            path: input.path, isCompression: true, rawBytes: summary.rawBytes, archiveBytes: summary.archiveBytes,
            nanoseconds: monotonicNanoseconds() - start, workers: summary.workers, memoryBound: summary.memoryBound)
        session.console.note(report.text)
        guard !summary.inputChanged else {
            throw Failure(.incomplete, "changed while it was read", remedy: "the archive holds what was read")
        }
        if session.settings.removesSource, case .file(let target) = destination {
            try await verify(target, holds: summary.rawBytes, session)
            try conversion.removeSource(source)
        }
        return .success
    }

    /// Reads the archive back and decodes it, before its source goes.
    private static func verify(_ archive: Path, holds rawBytes: UInt64, _ session: Session) async throws(Failure) {
        let file = try OpenFile.reading(archive)
        let descriptor = file.descriptor
        let options = session.settings.decompression
        let summary = try await session.withProgress(archive, advises: false) { (progress) throws(BaleError) in
            try await Decompressor(options, progress: progress).verify(from: descriptor)
        }
        guard summary.rawBytes == rawBytes else {
            throw Failure(.internalError, "the archive does not hold what was read, so the source is kept", kind: "internal_error")
        }
    }
}
