internal import Bale

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Recovers every intact block of a damaged archive, and tells what is missing.
enum SalvageCommand {
    static func run(_ session: Session) async -> ExitStatus {
        await session.reporting(.salvage) { (input) throws(Failure) in
            let file = try OpenFile.seeking(input.path, for: .salvage)
            let report = try await salvage(file, input.path, session)
            if !session.settings.json { tell(report, input.path, session) }
            return (report.isComplete ? .success : .damaged, entry(report, input.path))
        }
    }

    private static func salvage(_ file: borrowing OpenFile, _ path: Path, _ session: Session) async throws(Failure) -> SalvageReport {
        let settings = session.settings
        guard let output = settings.writesToStandardOutput ? Path("-") : settings.output else {
            return try await salvage(file, path, to: nil, session)
        }
        switch try Destination(output: output, file.status, settings) {
        case .standardOutput:
            return try await salvage(file, path, to: STDOUT_FILENO, session)
        case .device(let target), .file(let target):
            let result = try settings.result(at: target, from: file)
            let report = try await salvage(file, path, to: result.descriptor, session)
            try result.finish()
            return report
        }
    }

    private static func salvage(
        _ file: borrowing OpenFile, _ path: Path, to output: Int32?, _ session: Session
    ) async throws(Failure) -> SalvageReport {
        let descriptor = file.descriptor
        let options = session.settings.decompression
        return try await session.withProgress(path, advises: false) { (progress) throws(BaleError) in
            try await Decompressor(options, progress: progress).salvage(from: descriptor, to: output)
        }
    }

    /// To standard output, or to standard error when the content goes there.
    private static func tell(_ report: SalvageReport, _ path: Path, _ session: Session) {
        let toStandardOutput = session.settings.writesToStandardOutput || session.settings.output?.isStandardStream == true
        for line in lines(report, path) {
            if toStandardOutput {
                session.console.note(line, level: 0)
            } else {
                session.console.print(line + "\n")
            }
        }
    }

    private static func lines(_ report: SalvageReport, _ path: Path) -> [String] {
        let verdict =
            report.isComplete ? "complete and undamaged" : report.hasAllContent ? "complete, but the file is damaged" : "not complete"
        var lines = ["\(path.shown): \(report.recoveredBytes) raw bytes recovered, \(verdict)"]
        for archive in report.archives {
            lines.append("archive \(archive.identifier): \(archive.blocks) intact block\(archive.blocks == 1 ? "" : "s")")
            lines += archive.holes.map { "  missing: raw bytes \(text($0))" }
            if !archive.endIsKnown { lines.append("  missing: the end; how much is not known") }
            if !archive.isFramed { lines.append("  damaged: file header, index or footer") }
        }
        return lines + report.unusedInput.map { "unused: file bytes \(text($0))" }
    }

    private static func text(_ range: Range<UInt64>) -> String {
        "\(range.lowerBound) to \(range.upperBound), \(range.upperBound - range.lowerBound) bytes"
    }

    private static func entry(_ report: SalvageReport, _ path: Path) -> Report.Entry {
        Report.Entry(path: path) { writer in
            writer.member("intact", report.isComplete)
            writer.member("complete", report.hasAllContent)
            writer.member("recovered_bytes", report.recoveredBytes)
            writer.member("archives", array: report.archives) { writer, archive in
                writer.object { writer in
                    writer.member("id", archive.identifier)
                    writer.member("blocks", archive.blocks)
                    writer.member("end_known", archive.endIsKnown)
                    writer.member("framed", archive.isFramed)
                    writer.ranges("recovered", archive.recovered)
                    writer.ranges("holes", archive.holes)
                }
            }
            writer.ranges("unused_input", report.unusedInput)
        }
    }
}

extension SalvageReport {
    /// Whether every raw byte was recovered, whatever else is damaged.
    fileprivate var hasAllContent: Bool { archives.allSatisfy { $0.holes.isEmpty && $0.endIsKnown } }
}

extension JSONWriter {
    /// Half-open ranges of bytes.
    mutating func ranges(_ name: String, _ ranges: [Range<UInt64>]) {
        member(name, array: ranges) { writer, range in
            writer.object { writer in
                writer.member("begin", range.lowerBound)
                writer.member("end", range.upperBound)
            }
        }
    }
}
