internal import Bale

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

    /// One file to work on.
    struct Input: Sendable {
        let path: Path
        /// Where it was found below a folder that was named, for `--output-dir`: folder names from the first on.
        var folders: [[UInt8]] = []
        /// Named by the user, not found in a folder.
        var isNamed = true
    }

    /// Does the work for every input; a failure of one leaves the others alone. Gives the worst status.
    /// - Parameter selects: which files found in a folder are meant.
    func forEachInput(
        selecting selects: (Path) -> Bool, _ work: (Input) async throws(Failure) -> ExitStatus
    ) async -> ExitStatus {
        var status = ExitStatus.success
        let operands = settings.operands.isEmpty ? [Path("-")] : settings.operands
        for operand in operands {
            do throws(Failure) {
                for input in try inputs(operand, selects, &status) { status.merge(await attempt(input, work)) }
            } catch {
                status.merge(report(error, operand))
            }
        }
        return status
    }

    /// Says what failed. A closed pipe is not said and ends the process here.
    func report(_ failure: Failure, _ path: Path) -> ExitStatus {
        if failure.isClosedPipe { Signals.end(by: SIGPIPE) }
        if failure.status == .incomplete {
            console.warning(path.shown, failure.line)
        } else {
            console.error(path.shown, failure.line)
        }
        return failure.status
    }

    /// Runs library work with the progress line, turning its error into the command's.
    func withProgress<Value: Sendable>(
        _ path: Path, salvageable: Bool = true, _ work: (ProgressHandler?) async throws(BaleError) -> Value
    ) async throws(Failure) -> Value {
        let handler = progress?.start(path.shown)
        defer { progress?.stop() }
        do throws(BaleError) {
            return try await work(handler)
        } catch {
            throw Failure(error, salvageable: salvageable)
        }
    }

    private func attempt(_ input: Input, _ work: (Input) async throws(Failure) -> ExitStatus) async -> ExitStatus {
        do throws(Failure) {
            return try await work(input)
        } catch {
            return report(error, input.path)
        }
    }

    /// The operand itself, or the files below it.
    private func inputs(_ operand: Path, _ selects: (Path) -> Bool, _ status: inout ExitStatus) throws(Failure) -> [Input] {
        guard !operand.isStandardStream else { return [Input(path: operand)] }
        guard let found = FileStatus(operand) else { throw .system("") }
        guard found.kind == .folder else { return [Input(path: operand)] }
        guard settings.recurses else { throw Failure("is a folder", remedy: "-r works on the files in it") }
        var walk = FolderWalk(session: self)
        let name = operand.lastComponent
        let isRelative = name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) || name.isEmpty
        try walk.visit(operand, folders: isRelative ? [] : [name], selects)
        status.merge(walk.status)
        return walk.found
    }
}

/// The files in a folder and below it, depth first. The list is complete before the first is worked on, so results
/// written into the same folders are not found.
struct FolderWalk {
    let session: Session
    private(set) var found: [Session.Input] = []
    private(set) var status = ExitStatus.success

    init(session: Session) {
        self.session = session
    }

    mutating func visit(_ folder: Path, folders: [[UInt8]], _ selects: (Path) -> Bool) throws(Failure) {
        for name in try Folders.names(in: folder) {
            let path = folder.appending(name)
            do throws(Failure) {
                guard let entry = FileStatus(path, followsLinks: false) else { throw .system("") }
                switch entry.kind {
                case .regular:
                    if selects(path) { found.append(Session.Input(path: path, folders: folders, isNamed: false)) }
                case .folder:
                    try visit(path, folders: folders + [name], selects)
                default:
                    throw Failure(.incomplete, "is \(entry.kindName), left out")
                }
            } catch {
                status.merge(session.report(error, path))
            }
        }
    }
}
