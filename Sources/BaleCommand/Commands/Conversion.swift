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

    /// How the library does it: between descriptors, or between names where it can do better for being told them.
    struct Steps<Summary: Sendable>: Sendable {
        let descriptors: @Sendable (Int32, Int32, _ toFile: Bool, ProgressHandler?) async throws(BaleError) -> Summary
        let files: @Sendable (String, String, ProgressHandler?) async throws(BaleError) -> Summary
    }

    /// Runs the steps that fit the input and its destination.
    func run<Summary>(_ steps: Steps<Summary>) async throws(Failure) -> (Summary, source: FileStatus, Destination) {
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
            summary = try await copy(file, to: STDOUT_FILENO, toFile: false, steps)
        case .device(let path):
            summary = try await copy(file, into: path, steps)
        case .file(let target):
            try session.results.claim(target)
            summary = try await create(target, from: file, steps)
        }
        return (summary, file.status, destination)
    }

    /// Removes the source, if that is wanted and it is still the file that was read.
    func removeSource(_ source: FileStatus) throws(Failure) {
        guard session.settings.removesSource, !input.path.isStandardStream else { return }
        guard let now = FileStatus(input.path), !now.differs(from: source) else {
            throw Failure(.incomplete, "changed while it was read, so it is kept")
        }
        guard input.path.withCString({ unlink($0) }) == 0 else { throw .system("cannot remove the source") }
        session.console.note("\(input.path.shown): removed", level: 2)
    }

    private func refuseTerminal(_ descriptor: Int32) throws(Failure) {
        guard naming == .removesSuffix, !session.settings.overwrites, isatty(descriptor) == 1 else { return }
        throw Failure("an archive is not read from a terminal", remedy: "-f reads it all the same")
    }

    private func copy<Summary>(
        _ file: borrowing OpenFile, to output: Int32, toFile: Bool, _ steps: Steps<Summary>
    ) async throws(Failure) -> Summary {
        let descriptor = file.descriptor
        return try await session.withProgress(input.path) { (progress) throws(BaleError) in
            try await steps.descriptors(descriptor, output, toFile, progress)
        }
    }

    private func copy<Summary>(_ file: borrowing OpenFile, into device: Path, _ steps: Steps<Summary>) async throws(Failure) -> Summary {
        let output = retrying { device.withCString { open($0, O_WRONLY | O_CLOEXEC | O_NOCTTY) } }
        guard output >= 0 else { throw .system("cannot open \(device.shown)") }
        defer { close(output) }
        guard naming == .removesSuffix || session.settings.overwrites || isatty(output) == 0 else {
            throw Failure("an archive is not written to a terminal", remedy: "-f writes it all the same")
        }
        return try await copy(file, to: output, toFile: false, steps)
    }

    /// The library puts the result in place when it can be told both names; a name that is no text, or an input that is
    /// no file, goes by descriptors.
    private func create<Summary>(_ target: Path, from file: borrowing OpenFile, _ steps: Steps<Summary>) async throws(Failure) -> Summary {
        if file.status.kind == .regular, !input.path.isStandardStream, let source = input.path.text, let name = target.text {
            return try await session.withProgress(input.path) { (progress) throws(BaleError) in
                try await steps.files(source, name, progress)
            }
        }
        let output = try OutputFile(target, overwrites: session.settings.overwrites)
        let summary = try await copy(file, to: output.descriptor, toFile: true, steps)
        try output.commit(source: file.status, synchronizes: session.settings.synchronizes)
        return summary
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
