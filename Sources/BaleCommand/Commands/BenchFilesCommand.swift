internal import Bale
internal import Measurement

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Compares Bale and other programs on each file: a table or JSON, and a page with pictures.
enum BenchFilesCommand {
    static func run(_ session: Session) async -> ExitStatus {
        let benchmark: FileBenchmark
        do throws(Failure) {
            // What is wrong for every file is said once, and before minutes have passed.
            benchmark = try await prepare(session.settings)
        } catch {
            session.console.error(nil, error.line)
            return error.status
        }
        var compared: [(name: String, comparison: Comparison)] = []
        var status = await session.reporting(.bench) { (input) throws(Failure) in
            let (comparison, sample, folder) = try await measure(input.path, benchmark, session)
            compared.append((input.path.shown, comparison))
            let report = ComparisonReport(comparison: comparison, sample: sample, folder: folder)
            for absence in comparison.absences where absence.isFailure {
                session.console.error(input.path.shown, "\(absence.name) is left out: \(absence.reason)")
            }
            if !session.settings.json {
                session.console.print(report.text(input.path))
                try flush(session.console)
            }
            return (report.status, Report.Entry(path: input.path, write: report.write))
        }
        if let path = session.settings.reportFile, !compared.isEmpty {
            do throws(Failure) {
                try write(HTMLReport.document(compared), to: path)
            } catch {
                status.merge(session.report(error, path))
            }
        }
        return status
    }

    /// Shows the table before the next file is measured. Nobody waits for more behind a closed pipe; any other error of standard
    /// output is told at the end.
    private static func flush(_ console: Console) throws(Failure) {
        do throws(Failure) {
            try console.flush()
        } catch {
            if error.isClosedPipe { throw error }
        }
    }

    /// An old report stays until the new one is complete. A device or pipe is written into.
    private static func write(_ page: String, to path: Path) throws(Failure) {
        let file = try reportFile(path)
        let number = Array(page.utf8).withUnsafeBytes { writeAll($0, to: file.descriptor) }
        if number != 0 { throw .system(cannotWrite, number) }
        do throws(BaleError) {
            try file.commit()
        } catch {
            throw cannotWrite(error)
        }
    }

    private static func reportFile(_ path: Path) throws(Failure) -> ResultFile {
        var options = FileOptions()
        options.overwrites = true
        options.keepsMetadata = false
        do throws(BaleError) {
            return try ResultFile(path: path.bytes, options)
        } catch {
            throw cannotWrite(error)
        }
    }

    private static let cannotWrite = "cannot write the report"

    private static func cannotWrite(_ error: BaleError) -> Failure {
        error.errorNumber.map { .system(cannotWrite, $0) } ?? Failure("\(cannotWrite): \(error.message)")
    }

    /// Refuses a place where the report cannot be, before minutes are spent on it.
    private static func checkReport(_ path: Path) throws(Failure) {
        let found = FileStatus(path)
        if found?.kind == .folder { throw Failure("\(path.shown) is a folder", remedy: "--report takes the name of a file") }
        // A file is replaced by another one of its folder, what is none is written into.
        let target = Folders.resolve(path) ?? path
        let isFile = found == nil || found?.kind == .regular
        let isPossible = (isFile ? target.folder : target).withCString { access($0, isFile ? W_OK | X_OK : W_OK) == 0 }
        if !isPossible { throw .system("cannot write the report \(path.shown)") }
    }
}

extension BenchFilesCommand {
    private static let defaultLevels = [1, 3, 6]

    private static func prepare(_ settings: Settings) async throws(Failure) -> FileBenchmark {
        do throws(MeasurementError) {
            _ = try KernelMeasurement.permittedSets()
        } catch {
            throw Failure(error)
        }
        if let path = settings.reportFile { try checkReport(path) }
        let own = ownSettings(settings)
        for setting in own { try await check(setting) }
        let counts = settings.threadCounts.isEmpty ? [settings.threads ?? 0] : settings.threadCounts
        let threads = counts.map { $0 == 0 ? Machine.processorCount : $0 }
        let plan = ContenderPlan(
            own: own, threads: threads.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }, peers: settings.peers,
            ownProgram: ownProgram, searchPath: environmentVariable("PATH") ?? "")
        if let baseline = settings.baseline, !plan.contenders.contains(where: { $0.name == baseline }) {
            let names = plan.contenders.map { "'\($0.name)'" }.joined(separator: ", ")
            throw .usage("there is no row '\(baseline)' to be the baseline", remedy: "there are \(names)")
        }
        if settings.isRealTime { try enterRealTimeClass() }
        return FileBenchmark(
            plan: plan, runs: settings.runs, baseline: settings.baseline, timeLimit: settings.timeLimit, launcher: ownProgram,
            goals: settings.goals, scalingLevel: scalingLevel(own), threads: threads.max() ?? 1)
    }

    private static func enterRealTimeClass() throws(Failure) {
        guard RealTimeScheduling.isSupported else { throw .usage("--sched-rr is for Linux", remedy: "measure on an idle machine") }
        let number = RealTimeScheduling.enter()
        guard number != 0 else { return }
        var failure = Failure.system("--sched-rr cannot use the real-time class SCHED_RR", number)
        failure.remedy =
            "it takes root, CAP_SYS_NICE (in a container --cap-add=sys_nice), or 'ulimit -r 1', which a hard limit has to allow"
        throw failure
    }

    private static func ownSettings(_ settings: Settings) -> [OwnSetting] {
        let named = settings.levels.isEmpty ? settings.level.map { [$0] } ?? defaultLevels : settings.levels
        let levels = settings.levels.isEmpty && !settings.pipelines.isEmpty ? [] : named
        return levels.map { OwnSetting(level: $0) } + settings.pipelines.map { OwnSetting(level: settings.level, pipeline: $0) }
    }

    /// The default level where it is among those that are measured, else the first of them.
    private static func scalingLevel(_ own: [OwnSetting]) -> Int {
        let levels = own.compactMap { $0.pipeline == nil ? $0.level : nil }
        let usual = CompressionOptions().level
        return levels.contains(usual) ? usual : levels.first ?? usual
    }

    /// Refuses what the library would refuse for every file.
    private static func check(_ setting: OwnSetting) async throws(Failure) {
        var options = CompressionOptions()
        if let level = setting.level { options.level = level }
        options.pipeline = setting.pipeline
        do throws(BaleError) {
            _ = try await Compressor(options).compress([UInt8]())
        } catch {
            throw Failure(error)
        }
    }

    /// This program's file; the name that it was called by where the system does not tell.
    private static var ownProgram: String? {
        let path = Folders.resolve(Path("/proc/self/exe"))?.text ?? CommandLine.arguments.first
        return path.flatMap { $0.contains("/") ? $0 : nil }
    }

    private static func measure(
        _ path: Path, _ benchmark: FileBenchmark, _ session: Session
    ) async throws(Failure) -> (Comparison, FileSample, folder: String) {
        let file = try OpenFile.reading(path, flags: O_NONBLOCK)
        guard file.status.kind == .regular else {
            throw Failure("bench needs a file, not \(file.status.kindName)", remedy: "it is read several times")
        }
        guard let size = Int(exactly: file.status.size), size > 0 else { throw Failure("is empty, there is nothing to measure") }
        let budget = TimeBudget()
        var sample = FileSample(fileSize: size, wanted: session.settings.sampleSize ?? FileSample.defaultSize)
        defer { session.console.showProgress("") }
        let announce = { (what: String) in
            if session.progress != nil { session.console.showProgress("\(path.shown)  \(what)") }
        }
        do throws(ComparisonError) {
            let folder = try WorkFolder(sampleSize: sample.size)
            let deviceFolder = path.isStandardStream ? folder.path : path.folder.text ?? folder.path
            // A size that is asked for is not questioned.
            if session.settings.sampleSize == nil {
                sample = try await benchmark.affordable(sample, of: file.descriptor, in: folder, announce: announce)
            }
            let comparison = try await benchmark.measure(
                sample, try sample.read(from: file.descriptor), of: file.descriptor, in: folder, deviceFolder: deviceFolder, budget: budget,
                announce: announce)
            return (comparison, sample, folder.path)
        } catch {
            throw Failure(error)
        }
    }
}

extension Failure {
    /// Why a file is not compared.
    init(_ error: ComparisonError) {
        switch error {
        case .system(let what, let number): self = .system(what, number)
        case .inputChanged: self = Failure(.incomplete, "became shorter while it was read")
        case .noRoom(let bytes, let folders):
            self = Failure(
                "the measurement needs \(Figures.size(UInt64(bytes))) of room, and none of \(folders.joined(separator: ", ")) has that",
                remedy: "--sample measures less of the file, TMPDIR names another folder")
        }
    }
}
