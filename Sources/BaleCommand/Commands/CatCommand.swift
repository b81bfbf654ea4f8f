internal import Bale

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Writes the content of each archive, or one range of it, to standard output.
enum CatCommand {
    static func run(_ session: Session) async -> ExitStatus {
        guard let range = session.settings.range else {
            var settings = session.settings
            settings.writesToStandardOutput = true
            return await DecompressCommand.run(Session(settings: settings, console: session.console, progress: session.progress))
        }
        return await session.forEachInput(selecting: { _ in true }) { (input) throws(Failure) in
            try await write(range, of: input.path, session)
            return .success
        }
    }

    /// Reads and decodes only the blocks that hold the range.
    private static func write(_ requested: RequestedRange, of path: Path, _ session: Session) async throws(Failure) {
        let file = try OpenFile.seeking(path, for: .cat)
        let archive = try await Archive.open(file)
        guard let range = requested.resolved(size: archive.rawSize) else {
            throw Failure("the range begins at byte \(requested.lowerBound), the content has \(archive.rawSize)")
        }
        do throws(BaleError) {
            try await archive.read(range, to: STDOUT_FILENO, threads: session.settings.threads ?? 0, callerTakesPart: true)
        } catch {
            throw Failure(error)
        }
    }
}

extension Archive {
    /// Opens the archive in an open file, which must stay open.
    static func open(_ file: borrowing OpenFile) async throws(Failure) -> Archive {
        do throws(BaleError) {
            return try await Archive(descriptor: file.descriptor)
        } catch {
            throw Failure(error)
        }
    }
}
