internal import Bale

/// Checks archives and writes nothing; with --quick only the stored bytes against their hashes.
enum VerifyCommand {
    static func run(_ session: Session) async -> ExitStatus {
        await session.reporting(.verify) { (input) throws(Failure) in try await verify(input, session) }
    }

    private static func verify(_ input: Session.Input, _ session: Session) async throws(Failure) -> (ExitStatus, Report.Entry) {
        let file = try OpenFile.reading(input.path)
        let descriptor = file.descriptor
        let (options, isQuick) = (session.settings.decompression, session.settings.isQuick)
        let start = monotonicNanoseconds()
        let summary = try await session.withProgress(input.path) { (progress) throws(BaleError) in
            try await Decompressor(options, progress: progress).verify(from: descriptor, quick: isQuick)
        }
        let isIntact = summary.damage.isEmpty
        let speed = Figures.speed(isQuick ? summary.archiveBytes : summary.rawBytes, nanoseconds: monotonicNanoseconds() - start)
        if isIntact {
            let what =
                "\(isQuick ? "stored bytes intact" : "intact"), \(Figures.size(summary.archiveBytes)) hold \(Figures.size(summary.rawBytes))"
            session.console.note("\(input.path.shown): \(what), \(speed)")
        }
        let status = isIntact ? ExitStatus.success : DecompressCommand.report(summary.damage, input.path, session)
        return (status, entry(input.path, summary, isQuick: isQuick))
    }

    private static func entry(_ path: Path, _ summary: DecompressionSummary, isQuick: Bool) -> Report.Entry {
        Report.Entry(path: path) { writer in
            writer.member("intact", summary.damage.isEmpty)
            writer.member("quick", isQuick)
            writer.sizes(raw: summary.rawBytes, stored: summary.archiveBytes)
            writer.member("blocks", summary.blocks)
            writer.member("archives", summary.archives)
            writer.member("damage", array: summary.damage) { writer, error in
                writer.object { $0.error(error) }
            }
        }
    }
}
