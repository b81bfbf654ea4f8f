internal import Bale
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What every command needs: the settings, somebody to talk to, and the loop over the inputs.
struct Session: Sendable {
    let settings: Settings
    let console: Console
    let progress: ProgressBar?
    let results = ResultNames()

    /// One file to work on.
    struct Input: Sendable {
        let path: Path
        /// Where it was found below a folder that was named, for `--output-dir`: folder names from the first on.
        var folders: [[UInt8]] = []
    }

    /// Does the work for every input; a failure of one leaves the others alone. Gives the worst status.
    /// - Parameters:
    ///   - selects: which files found in a folder are meant.
    ///   - notes: is told every failure after it was reported.
    func forEachInput(
        selecting selects: (Path) -> Bool, noting notes: (Failure, Path) -> Void = { _, _ in },
        _ work: (Input) async throws(Failure) -> ExitStatus
    ) async -> ExitStatus {
        var status = ExitStatus.success
        let operands = settings.operands.isEmpty ? [Path("-")] : settings.operands
        for operand in operands {
            for found in FolderWalk.inputs(operand, recurses: settings.recurses, selects) {
                do throws(Failure) {
                    if let refusal = found.refusal { throw refusal }
                    status.merge(try await work(found.input))
                } catch {
                    status.merge(report(error, found.input.path))
                    notes(error, found.input.path)
                }
            }
        }
        return status
    }

    /// Says what failed. A closed pipe is not said and ends the process here.
    func report(_ failure: Failure, _ path: Path) -> ExitStatus {
        if failure.isClosedPipe { Signals.end(by: SIGPIPE) }
        // Nothing in the command cancels but a signal.
        if failure.cause?.kind == .cancelled { Signals.awaitEnd() }
        if failure.status == .incomplete {
            console.warning(path.shown, failure.line)
        } else {
            console.error(path.shown, failure.line)
        }
        return failure.status
    }

    /// Runs library work with the progress line, turning its error into the command's.
    func withProgress<Value: Sendable>(
        _ path: Path, advises: Bool = true, _ work: (ProgressHandler?) async throws(BaleError) -> Value
    ) async throws(Failure) -> Value {
        let handler = progress?.start(path.shown)
        defer { progress?.stop() }
        do throws(BaleError) {
            return try await work(handler)
        } catch {
            throw Failure(error, advises: advises)
        }
    }
}

/// The names that results of this run were given: two inputs with one result name must not end in one overwriting the
/// other, not even with --force.
final class ResultNames: Sendable {
    private let names = Mutex<Set<Path>>([])

    /// Takes a name for one input.
    func claim(_ name: Path) throws(Failure) {
        let isNew = names.withLock { $0.insert(name).inserted }
        guard isNew else { throw Failure("\(name.shown) is the result of another input of this run") }
    }
}
