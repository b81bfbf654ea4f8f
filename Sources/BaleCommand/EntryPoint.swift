internal import Bale
internal import Measurement

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The command: reads the command line and runs one task on the main thread, which ends the process. A thread beside it
/// waits for signals where something must not stay behind, another one draws the progress line if there is one.
@main
struct EntryPoint {
    static func main() {
        if CommandLine.argc > 1, strcmp(CommandLine.unsafeArgv[1]!, CommandLauncher.word) == 0 {
            CommandLauncher.run(CommandLine.arguments)
        }
        openMissingStandardDescriptors()
        Signals.ignoreFailedWrites()
        let settings = readSettings()
        let console = Console(verbosity: settings.verbosity)
        let showsProgress = settings.progress ?? (isatty(STDERR_FILENO) == 1 && settings.verbosity >= 0 && settings.verb.takesFiles)
        let progress = showsProgress ? ProgressBar(console: console) : nil
        let session = Session(settings: settings, console: console, progress: progress)
        if !settings.verb.takesFiles || settings.generates != nil { finish(printText(session), session) }
        if settings.leavesTemporaries || Signals.areNeverFatal { Signals.watch() }
        progress?.startDrawing()
        runOnThisThread {
            let status = await run(session)
            finish(status, session)
        }
    }

    private static func readSettings() -> Settings {
        let arguments = (0..<Int(CommandLine.argc)).map { number in
            CommandLine.unsafeArgv[number].map { Array(UnsafeRawBufferPointer(start: $0, count: strlen($0))) } ?? []
        }
        do throws(Failure) {
            return try CommandLineParser.parse(
                arguments, variable: environmentVariable, fileExists: { FileStatus($0, followsLinks: false) != nil })
        } catch {
            Console(verbosity: 0).error(nil, error.line)
            exit(error.status.rawValue)
        }
    }

    /// The commands that need neither library nor task.
    private static func printText(_ session: Session) -> ExitStatus {
        let (settings, console) = (session.settings, session.console)
        do throws(Failure) {
            if let what = settings.generates {
                try TextCommands.generate(what, console)
            } else if settings.verb == .help {
                try TextCommands.help(settings, console)
            } else if settings.verb == .version {
                TextCommands.version(console)
            } else {
                TextCommands.pipelines(console)
            }
            return .success
        } catch {
            console.error(nil, error.line)
            return error.status
        }
    }

    private static func run(_ session: Session) async -> ExitStatus {
        let settings = session.settings
        if settings.operands.isEmpty, !settings.verb.filtersStandardInput || isatty(STDIN_FILENO) == 1 {
            let description = VerbDescription.of(settings.verb)
            session.console.error(nil, "no file is named; usage: bale \(description.synopsis); try 'bale --help'")
            return .environment
        }
        return switch settings.verb {
        case .compress: await CompressCommand.run(session)
        case .decompress: await DecompressCommand.run(session)
        case .verify: await VerifyCommand.run(session)
        case .list: await ListCommand.run(session)
        case .cat: await CatCommand.run(session)
        case .inspect: await InspectCommand.run(session)
        case .salvage: await SalvageCommand.run(session)
        case .bench where settings.benchTopic == .kernels: await BenchKernelsCommand.run(session)
        case .bench: await BenchFilesCommand.run(session)
        case .pipelines, .help, .version: .success
        }
    }

    /// Writes out what is left and ends the process. A result that did not reach its place is not success.
    private static func finish(_ status: ExitStatus, _ session: Session) -> Never {
        var status = status
        do throws(Failure) {
            try session.console.finish(outputWasUsed: session.settings.verb.takesFiles)
        } catch {
            if error.isClosedPipe { Signals.end(by: SIGPIPE) }
            session.console.error(nil, error.line)
            status.merge(error.status)
        }
        exit(status.rawValue)
    }
}
