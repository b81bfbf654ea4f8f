/// Measures contenders in turn, A B C, A B C, so that what else the machine does hits all of them alike.
///
/// The first turn is a warm-up, in which what comes back is compared with the sample byte by byte. A contender that fails in any turn
/// is out, and why is told; the others go on. Within a turn those in memory come first.
package struct ComparisonRunner {
    private let folder: WorkFolder
    private let sampleSize: Int
    /// As asked for; nil lets ``RunPlan`` choose.
    private let runs: Int?
    private let timeLimit: UInt64
    private let launcher: String?
    private let clock: Clock
    private let announce: (String) -> Void
    private var records: [ContenderRecord]

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
    ///   - runs: nil lets each contender's time decide.
    ///   - timeLimit: seconds that a command may take; nil: two minutes and what a slow one needs.
    ///   - launcher: a program that is a ``CommandLauncher``; nil starts commands from here.
    ///   - announce: is told what runs next.
    package init(
        _ contenders: [Contender], folder: WorkFolder, sampleSize: Int, runs: Int?, timeLimit: Int? = nil, launcher: String? = nil,
        clock: Clock = .monotonic(),
        announce: @escaping (String) -> Void
    ) {
        records = contenders.map(ContenderRecord.init)
        self.folder = folder
        self.sampleSize = sampleSize
        self.runs = runs
        let seconds = timeLimit ?? 120 + sampleSize / Self.slowestSpeed
        self.timeLimit = UInt64(seconds) * 1_000_000_000
        self.launcher = launcher
        self.clock = clock
        self.announce = announce
    }

    /// Bytes a second: what the slowest compressors still do on a machine where ten others want the same processor.
    private static let slowestSpeed = 100_000

    /// - Parameter baseline: a contender's name; nil chooses one.
    package mutating func run(baseline: String?) async -> Outcome {
        await turn(0, of: nil) { _ in true }
        let plan =
            runs.map { RunPlan(runs: $0, contenders: records.count) } ?? RunPlan(warmUp: records.map(\.warmUpSeconds))
        for index in records.indices { records[index].firstTurn = plan.countsWarmUp[index] ? 0 : 1 }
        let last = plan.runs.max() ?? 0
        for number in 1..<(last + 1) { await turn(number, of: last) { plan.runs[$0] >= number } }
        measureStarts()
        return outcome(baseline, runs: last)
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

    private mutating func turn(_ number: Int, of last: Int?, takesPart: (Int) -> Bool) async {
        let active = records.indices.filter { records[$0].fault == nil && takesPart($0) }
        let turn = ContenderTurn(
            folder: folder, sampleSize: sampleSize, clock: clock, timeLimit: timeLimit, checksBytes: number == 0,
            launcher: launcher)
        let which = last.map { "run \(number) of \($0)" } ?? "warm-up"
        await measureInMemory(active, turn, which)
        for index in active {
            guard case .commands(let compression, let decompression) = records[index].contender.method else { continue }
            announce("\(records[index].contender.name), \(which)")
            do throws(ContenderFault) {
                records[index].append(try turn.measure(compression, decompression, suffix: records[index].contender.suffix))
            } catch {
                records[index].fault = error
            }
        }
    }

    private mutating func measureInMemory(_ active: [Int], _ turn: ContenderTurn, _ which: String) async {
        let inMemory = active.filter { records[$0].contender.kind == .memory }
        guard !inMemory.isEmpty else { return }
        let bytes = FileBytes.content(of: folder.input, sampleSize)
        for index in inMemory {
            guard case .memory(let codec) = records[index].contender.method else { continue }
            announce("\(records[index].contender.name), \(which)")
            do throws(ContenderFault) {
                guard let bytes else { throw ContenderFault("the sample cannot be read") }
                records[index].append(try await turn.measure(codec, bytes))
            } catch {
                records[index].fault = error
            }
        }
    }

    private func outcome(_ baseline: String?, runs: Int) -> Outcome {
        var outcome = Outcome(runs: runs)
        let reference = reference(baseline)
        outcome.baseline = reference?.contender.name
        outcome.rows = records.compactMap { $0.row(rawSize: sampleSize, over: reference) }
        ParetoFront.mark(&outcome.rows)
        outcome.absences = records.compactMap { record in
            record.fault.map { Comparison.Absence(name: record.contender.name, reason: $0.reason, isFailure: true) }
        }
        return outcome
    }

    /// The named contender; without a name the first one that measures up to most: `zstd -3`, another program, our own command.
    private func reference(_ name: String?) -> ContenderRecord? {
        let whole = records.filter { $0.fault == nil }
        if let name { return whole.first { $0.contender.name == name } }
        return whole.first { $0.contender.name == Self.usualBaseline } ?? whole.first { $0.contender.kind == .peer } ?? whole.first
    }

    private static let usualBaseline = "zstd -3"
}
