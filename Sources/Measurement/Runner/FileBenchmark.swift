internal import Engine

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Compares contenders on one file.
package struct FileBenchmark: Sendable {
    package var plan: ContenderPlan
    /// Nil lets each contender's time decide.
    package var runs: Int?
    package var baseline: String?
    /// Seconds for one run of a command; nil for a generous default.
    package var timeLimit: Int?

    /// A program that is a ``CommandLauncher``; nil starts commands from this process, whose size then is their least peak memory.
    package var launcher: String?
    /// What the measured rows are to be advised for.
    package var goals: [Advice.Goal]
    /// The level whose speed by the number of workers is measured, and the most of them.
    package var scalingLevel: Int
    package var threads: Int

    package init(
        plan: ContenderPlan, runs: Int? = nil, baseline: String? = nil, timeLimit: Int? = nil, launcher: String? = nil,
        goals: [Advice.Goal] = [], scalingLevel: Int, threads: Int
    ) {
        self.launcher = launcher
        self.goals = goals
        self.scalingLevel = scalingLevel
        self.threads = threads
        self.plan = plan
        self.runs = runs
        self.baseline = baseline
        self.timeLimit = timeLimit
    }

    /// The sample, or a smaller one where the slow contenders could not be measured with it in time. All contenders run once on little of
    /// the file for that.
    /// - Parameters:
    ///   - sample: as much of the file as is wanted.
    ///   - file: its descriptor.
    ///   - folder: a folder for the commands' files.
    ///   - announce: is told what runs next.
    package func affordable(
        _ sample: FileSample, of file: Int32, in folder: WorkFolder, announce: @escaping (String) -> Void
    ) async throws(ComparisonError) -> FileSample {
        guard runs == nil, sample.size > SampleBudget.smallestSize else { return sample }
        let trial = FileSample(fileSize: sample.fileSize, wanted: SampleBudget.trialSize, smallestPiece: SampleBudget.trialPiece)
        try Self.write(try trial.read(from: file), to: folder.input)
        var runner = ComparisonRunner(
            plan.contenders, folder: folder, sampleSize: trial.size, runs: nil, timeLimit: timeLimit, launcher: launcher
        ) { announce("\($0) on a trial") }
        let size = SampleBudget.size(await runner.trial(), trialSize: trial.size, wanted: sample.size)
        return size < sample.size ? FileSample(fileSize: sample.fileSize, wanted: size) : sample
    }

    /// - Parameters:
    ///   - sample: the file's sample.
    ///   - bytes: what it holds.
    ///   - folder: a folder for the commands' files.
    ///   - file: the file's descriptor, where goals may want more of it than the sample.
    ///   - deviceFolder: where the device is tried.
    ///   - budget: what is left of the time; where ``runs`` are given it is not kept to.
    ///   - announce: is told what runs next.
    package func measure(
        _ sample: FileSample, _ bytes: consuming [UInt8], of file: Int32? = nil, in folder: WorkFolder, deviceFolder: String,
        budget: TimeBudget = TimeBudget(), announce: @escaping (String) -> Void
    ) async throws(ComparisonError) -> Comparison {
        announce("yardsticks")
        WarmMemory.begin()
        let others = OthersUse()
        try Self.fill(folder, with: bytes)
        var yardsticks = Comparison.Yardsticks.measured(bytes, deviceFolder: deviceFolder)
        yardsticks.measurementSeconds = await Self.measurementSeconds(bytes, folder)
        let (scaling, curve) = await models(bytes, yardsticks, announce)
        // The commands come without them in memory.
        bytes = []
        var runner = ComparisonRunner(
            plan.contenders, folder: folder, sampleSize: sample.size, runs: runs, budget: budget, timeLimit: timeLimit, launcher: launcher,
            announce: announce)
        let look = CloserLook(benchmark: self, sample: sample, file: file, folder: folder, budget: budget, announce: announce)
        runner.advise(goals, yardsticks, leaving: look.isPossible ? TimeBudget.closerLook : 0)
        let outcome = await runner.run(baseline: baseline)
        var comparison = Comparison(
            fileSize: sample.fileSize, sampleSize: sample.size, runs: outcome.runs, machine: Machine.description, yardsticks: yardsticks)
        comparison.baseline = outcome.baseline
        comparison.rows = outcome.rows
        comparison.absences = plan.absences + outcome.absences
        comparison.scaling = scaling
        comparison.curve = curve
        comparison.closerLook = await look.taken(outcome.rows, yardsticks)
        comparison.advice = goals.map { AdviceModel.advise($0, rows: comparison.rows(for: $0), yardsticks: yardsticks) }
        let shares = others.shares
        comparison.machine.othersUse = shares?.programs
        comparison.machine.stolen = shares?.stolen
        return comparison
    }

    /// Nil for what the sample is too small for. The library failing is told by its rows.
    private func models(
        _ bytes: [UInt8], _ yardsticks: Comparison.Yardsticks, _ announce: @escaping (String) -> Void
    ) async -> (ThreadScaling?, ScalingCurve?) {
        let models = LibraryModels(clock: .monotonic(), announce: announce)
        let counts = sequence(first: 1) { $0 * 2 }.prefix { $0 < threads } + [threads]
        let scaling = try? await models.scaling(
            bytes, level: scalingLevel, threads: Array(counts), outputSpeed: yardsticks.memoryCopySpeed,
            seconds: TimeBudget.scaling)
        return (scaling, try? await models.curve(bytes, threads: threads, seconds: TimeBudget.curve))
    }

    /// Puts in what commands read: the sample, and the byte that starts are measured with.
    static func fill(_ folder: WorkFolder, with bytes: [UInt8]) throws(ComparisonError) {
        try write(bytes, to: folder.input)
        try write([0], to: folder.oneByte)
    }

    private static func write(_ bytes: [UInt8], to path: String) throws(ComparisonError) {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw .system("cannot write \(path)", errno) }
        defer { close(file) }
        let failure: SystemError? = bytes.withUnsafeBytes { all in
            do throws(SystemError) {
                try Descriptor(file).write([all])
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw .system("cannot write \(path)", failure.number) }
    }

    /// What measuring a contender in memory costs by itself: the null codec's time, both ways.
    private static func measurementSeconds(_ bytes: [UInt8], _ folder: WorkFolder) async -> Double? {
        let turn = ContenderTurn(folder: folder, sampleSize: bytes.count, clock: .monotonic(), timeLimit: 0, checksBytes: false)
        var timings = Timings()
        for _ in 0..<5 {
            guard let figures = try? await turn.measure(.null, bytes) else { return nil }
            timings.append(figures.compression.seconds + figures.decompression.seconds)
        }
        return timings.median
    }
}
