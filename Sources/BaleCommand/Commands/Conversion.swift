internal import Bale

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What compressing and decompressing have in common: an input becomes a result, which is put in place, and the source
/// may go.
struct Conversion: Sendable {
    let session: Session
    let input: Session.Input
    let naming: Destination.Naming

    /// What the library does between two open descriptors.
    typealias Step<Summary: Sendable> = @Sendable (_ input: Int32, _ output: Int32, ProgressHandler?) async throws(BaleError) -> Summary

    /// Runs the step and puts its result in place.
    func run<Summary: Sendable>(_ step: Step<Summary>) async throws(Failure) -> (Summary, source: FileStatus, Destination) {
        // Refusals come before the file is opened: a named pipe without a writer would block.
        if !input.path.isStandardStream, let status = FileStatus(input.path) {
            _ = try Destination(for: input, status, naming, session.settings)
        }
        let file = try OpenFile.reading(input.path)
        try refuseTerminal(file.descriptor)
        let destination = try Destination(for: input, file.status, naming, session.settings)
        let summary: Summary
        switch destination {
        case .standardOutput:
            summary = try await copy(file, to: STDOUT_FILENO, step)
        case .device(let target):
            summary = try await create(target, from: file, step)
        case .file(let target):
            try session.results.claim(target)
            summary = try await create(target, from: file, step)
        }
        return (summary, file.status, destination)
    }

    /// Removes the source, if that is wanted and it is still the file that was read.
    func removeSource(_ source: FileStatus) throws(Failure) {
        guard session.settings.removesSource, !input.path.isStandardStream else { return }
        guard let now = FileStatus(input.path) else { throw .system("cannot look at the source again, so it is kept") }
        guard !now.differs(from: source) else {
            throw Failure(.incomplete, "changed while it was read, so it is kept")
        }
        guard input.path.withCString({ unlink($0) }) == 0 else { throw .system("cannot remove the source") }
        session.console.note("\(input.path.shown): removed", level: 2)
    }

    private func refuseTerminal(_ descriptor: Int32) throws(Failure) {
        guard naming == .removesSuffix, !session.settings.overwrites, isatty(descriptor) == 1 else { return }
        throw Failure("an archive is not read from a terminal", remedy: "-f reads it all the same")
    }

    private func copy<Summary: Sendable>(
        _ file: borrowing OpenFile, to output: Int32, _ step: Step<Summary>
    ) async throws(Failure) -> Summary {
        let descriptor = file.descriptor
        return try await session.withProgress(input.path) { (progress) throws(BaleError) in
            try await step(descriptor, output, progress)
        }
    }

    private func create<Summary: Sendable>(
        _ target: Path, from file: borrowing OpenFile, _ step: Step<Summary>
    ) async throws(Failure) -> Summary {
        let result = try session.settings.result(at: target, from: file)
        guard naming == .removesSuffix || session.settings.overwrites || isatty(result.descriptor) == 0 else {
            throw Failure("an archive is not written to a terminal", remedy: "-f writes it all the same")
        }
        let summary = try await copy(file, to: result.descriptor, step)
        try result.finish()
        return summary
    }
}

extension Settings {
    /// A result in the making.
    func result(at target: Path, from source: borrowing OpenFile) throws(Failure) -> ResultFile {
        do throws(BaleError) {
            return try ResultFile(path: target.bytes, fileOptions, from: source.descriptor)
        } catch {
            throw Failure(error)
        }
    }
}

extension ResultFile {
    /// Puts the result in place.
    consuming func finish() throws(Failure) {
        do throws(BaleError) {
            try commit()
        } catch {
            throw Failure(error)
        }
    }
}

/// The line that -v prints for each file: sizes both ways, R, D, speed of the raw side, workers and memory bound.
struct ConversionReport {
    let path: Path
    let isCompression: Bool
    let rawBytes: UInt64
    let archiveBytes: UInt64
    let nanoseconds: UInt64
    let workers: Int
    let memoryBound: Int

    var text: String {
        let (raw, stored) = (Figures.size(rawBytes), Figures.size(archiveBytes))
        let (ratio, redundancy) = Figures.ratio(stored: archiveBytes, raw: rawBytes)
        let sizes = isCompression ? "\(raw) -> \(stored)" : "\(stored) -> \(raw)"
        let speed = Figures.speed(rawBytes, nanoseconds: nanoseconds)
        let crew = "\(workers) worker\(workers == 1 ? "" : "s")"
        return "\(path.shown): \(sizes)  R \(ratio)  D \(redundancy)  \(speed), \(crew), \(Figures.size(UInt64(clamping: memoryBound)))"
    }
}
