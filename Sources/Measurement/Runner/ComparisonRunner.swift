/// Measures contenders in turn, A B C, A B C, so that what else the machine does hits all of them alike.
///
/// The first turn is a warm-up, in which what comes back is compared with the sample byte by byte. A contender that fails in any turn
/// is out, and why is told; the others go on. The baseline begins a turn and runs again between others that take long; those in memory
/// come next.
package struct ComparisonRunner {
    private let folder: WorkFolder
    private let sampleSize: Int
    /// As asked for; nil lets ``RunPlan`` choose.
    private let runs: Int?
    private let timeLimit: UInt64
    private let launcher: String?
    private let clock: Clock
    private let announce: (String) -> Void
    /// Nil without bound; it holds where `runs` is nil.
    private let budget: TimeBudget?
    private var records: [ContenderRecord]
    /// Runs so far.
    private var moment = 0
    /// When the baseline is to run again.
    private var baselineDue: UInt64?
    /// What the rows are to be advised for, and what the cost models need to know of the machine.
    private var goals: [Advice.Goal] = []
    private var yardsticks: Comparison.Yardsticks?
    /// Seconds that are to be left of the budget.
    private var reserve: Double = 0

    /// What the measurement gave.
    package struct Outcome: Sendable {
        package var rows: [Comparison.Row] = []
        package var absences: [Comparison.Absence] = []
        /// The most runs that a contender had.
        package var runs = 0
        package var baseline: String?
    }

    /// - Parameters:
    ///   - folder: holds the sample as its input.
    ///   - runs: nil lets each contender's time decide, and the budget.
    ///   - timeLimit: seconds that a command may take; nil: two minutes and what a slow one needs.
    ///   - launcher: a program that is a ``CommandLauncher``; nil starts commands from here.
    ///   - announce: is told what runs next.
    package init(
        _ contenders: [Contender], folder: WorkFolder, sampleSize: Int, runs: Int?, budget: TimeBudget? = nil, timeLimit: Int? = nil,
        launcher: String? = nil, clock: Clock = .monotonic(), announce: @escaping (String) -> Void
    ) {
        records = contenders.map(ContenderRecord.init)
        self.folder = folder
        self.sampleSize = sampleSize
        self.runs = runs
        self.budget = budget
        let seconds = timeLimit ?? 120 + sampleSize / Self.slowestSpeed
        self.timeLimit = UInt64(seconds) * 1_000_000_000
        self.launcher = launcher
        self.clock = clock
        self.announce = announce
    }

    /// Bytes a second: what the slowest compressors still do on a machine where ten others want the same processor.
    private static let slowestSpeed = 100_000

    /// Those that may be the best choice for a goal run more often, unless the user's number of runs says otherwise.
    /// - Parameter reserve: seconds that are to be left of the budget.
    package mutating func advise(_ goals: [Advice.Goal], _ yardsticks: Comparison.Yardsticks, leaving reserve: Double = 0) {
        self.goals = goals
        self.yardsticks = yardsticks
        self.reserve = reserve
    }

    /// - Parameter baseline: a contender's name; nil chooses one.
    package mutating func run(baseline: String?) async -> Outcome {
        await turn(0, of: nil, baseline) { _ in true }
        let plan =
            runs.map { RunPlan(runs: $0, contenders: records.count) }
            ?? RunPlan(
                warmUp: records.map(\.warmUpSeconds), budget: (left - contestTime) * Self.ownShare,
                most: goals.isEmpty ? RunPlan.most : RunPlan.usual)
        let last = plan.runs.max() ?? 0
        for number in 1..<(last + 1) where number == 1 || hasTime { await turn(number, of: last, baseline) { plan.runs[$0] >= number } }
        for index in records.indices {
            // The user's number is that of runs after the warm-up.
            let isEnough = runs != nil || records[index].compression.count > RunPlan.fewest
            records[index].firstTurn = isEnough ? 1 : 0
        }
        measureStarts()
        await contest(baseline)
        return outcome(baseline)
    }

    /// Seconds for the runs of those that may be the best choice, for each goal.
    private static let contestSeconds: Double = 10
    /// And for all goals together.
    private static let longestContest: Double = 30

    private var contestTime: Double { runs == nil ? min(Double(goals.count) * Self.contestSeconds, Self.longestContest) : 0 }

    /// More runs, turn by turn, of those that may be the best choice for a goal.
    private mutating func contest(_ baseline: String?) async {
        guard contestTime > 0, let yardsticks else { return }
        let start = clock.now()
        while hasTime, Double(clock.now() - start) / 1e9 < contestTime {
            let rows = outcome(baseline).rows
            let names = goals.reduce(into: Set<String>()) {
                $0.formUnion(AdviceContest.contested($1, rows: rows, yardsticks: yardsticks))
            }
            let again = Set(records.indices.filter { names.contains(records[$0].contender.name) && records[$0].runCount < RunPlan.most })
            if again.isEmpty { return }
            await turn(nil, of: nil, baseline) { again.contains($0) }
        }
    }

    /// Of the time for runs: the rest is the baseline's, for ``measureBaseline(_:beforeTurn:)``.
    private static let ownShare = 0.8

    private var left: Double { (budget?.left ?? .infinity) - reserve }

    private var hasTime: Bool { runs != nil || left > 0 }

    /// One run of each contender, without runs of the baseline beside it.
    /// - Returns: what those took that did well, for ``SampleBudget``.
    package mutating func trial() async -> [SampleBudget.Trial] {
        await turn(0, of: nil, nil) { _ in true }
        return records.compactMap { record in
            record.warmUp.map {
                SampleBudget.Trial(
                    compression: $0.compression, decompression: $0.decompression, threads: record.contender.threads)
            }
        }
    }

    /// Runs of one byte, of which the median counts.
    private static let startRuns = 3

    private mutating func measureStarts() {
        let turn = ContenderTurn(
            folder: folder, sampleSize: sampleSize, clock: clock, timeLimit: timeLimit, checksBytes: false, launcher: launcher)
        for _ in 0..<Self.startRuns {
            for index in records.indices where records[index].fault == nil {
                let contender = records[index].contender
                guard case .commands(let compression, let decompression) = contender.method else { continue }
                announce("\(contender.name), its start")
                if let start = turn.measureStart(compression, decompression, suffix: contender.suffix) {
                    records[index].starts.append(start)
                }
            }
        }
    }

    /// The baseline begins; then come those in memory, which need the sample there.
    /// - Parameter number: 0 is the warm-up; nil without a number.
    private mutating func turn(_ number: Int?, of last: Int?, _ baseline: String?, takesPart: (Int) -> Bool) async {
        let first = reference(baseline)
        let active = records.indices.filter { records[$0].fault == nil && takesPart($0) }.sorted {
            (rank($0, first), $0) < (rank($1, first), $1)
        }
        let which = number == 0 ? "warm-up" : last.map { "run \(number ?? $0) of \($0)" } ?? "once more"
        let turn = ContenderTurn(
            folder: folder, sampleSize: sampleSize, clock: clock, timeLimit: timeLimit, checksBytes: number == 0, launcher: launcher)
        var bytes: [UInt8]?
        for index in active {
            if index != first { await measureBaselineIfDue(first, turn, &bytes) }
            await measure(index, turn, which, &bytes)
            if index == first { noteBaseline(index) }
        }
        await measureBaselineIfDue(first, turn, &bytes)
    }

    private func rank(_ index: Int, _ first: Int?) -> Int { index == first ? 0 : records[index].contender.kind == .memory ? 1 : 2 }

    /// - Parameter bytes: the sample while those in memory run: commands come without it.
    private mutating func measure(
        _ index: Int, _ turn: ContenderTurn, _ which: String, _ bytes: inout [UInt8]?, isReference: Bool = false
    ) async {
        let contender = records[index].contender
        announce("\(contender.name), \(which)")
        do throws(ContenderFault) {
            let figures: TurnFigures
            switch contender.method {
            case .memory(let codec):
                if bytes == nil { bytes = FileBytes.content(of: folder.input, sampleSize) }
                guard let bytes else { throw ContenderFault("the sample cannot be read") }
                figures = try await turn.measure(codec, bytes)
            case .commands(let compression, let decompression):
                if !isReference { bytes = nil }
                figures = try turn.measure(compression, decompression, suffix: contender.suffix)
            }
            moment += 1
            records[index].append(figures, moment: moment, isReference: isReference)
        } catch {
            records[index].fault = error
        }
    }

    /// Seconds after which the baseline runs again, so that none is compared with a run of long ago; and how many times its own time at
    /// least, so that this costs no more than a fifth of all.
    private static let baselineDistance: Double = 2
    private static let baselineRarity: Double = 4

    private mutating func noteBaseline(_ index: Int) {
        let distance = max(Self.baselineDistance, (records[index].lastSeconds ?? 0) * Self.baselineRarity)
        baselineDue = clock.now() + UInt64(distance * 1e9)
    }

    private mutating func measureBaselineIfDue(_ index: Int?, _ turn: ContenderTurn, _ bytes: inout [UInt8]?) async {
        guard let index, let baselineDue, clock.now() >= baselineDue, records[index].fault == nil else { return }
        await measure(index, turn, "beside the others", &bytes, isReference: true)
        noteBaseline(index)
    }

    private func outcome(_ baseline: String?) -> Outcome {
        var outcome = Outcome(runs: max((records.filter { $0.fault == nil }.map(\.compression.count).max() ?? 0) - 1, 0))
        let reference = reference(baseline).map { records[$0] }
        outcome.baseline = reference?.contender.name
        outcome.rows = records.compactMap { $0.row(rawSize: sampleSize, over: reference) }
        ParetoFront.mark(&outcome.rows)
        outcome.absences = records.compactMap { record in
            record.fault.map { Comparison.Absence(name: record.contender.name, reason: $0.reason, isFailure: true) }
        }
        return outcome
    }

    /// The named contender; without a name the first one that measures up to most: `zstd -3`, another program, our own command.
    private func reference(_ name: String?) -> Int? {
        let whole = records.indices.filter { records[$0].fault == nil }
        if let name { return whole.first { records[$0].contender.name == name } }
        return whole.first { records[$0].contender.name == Self.usualBaseline }
            ?? whole.first { records[$0].contender.kind == .peer } ?? whole.first
    }

    private static let usualBaseline = "zstd -3"
}
