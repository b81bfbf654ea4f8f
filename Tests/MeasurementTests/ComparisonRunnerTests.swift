import Synchronization
import TestSupport
import Testing

@testable import Measurement

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A contender in memory that notes its calls.
private func noting(
    _ name: String, _ calls: CallLog, packs: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 },
    unpacks: @escaping @Sendable ([UInt8]) -> [UInt8] = { $0 }
) -> Contender {
    let codec = MemoryCodec(
        compress: { bytes in
            calls.append("\(name)+")
            return packs(bytes)
        },
        decompress: { bytes in
            calls.append("\(name)-")
            return unpacks(bytes)
        })
    return Contender(name: name, kind: .memory, tool: "bale", setting: "", threads: 1, method: .memory(codec))
}

private final class CallLog: Sendable {
    private let names = Mutex<[String]>([])
    func append(_ name: String) { names.withLock { $0.append(name) } }
    var all: [String] { names.withLock { $0 } }
}

/// A clock that stands still but while contenders work.
private final class ClockHands: Sendable {
    private let state = Mutex<(time: UInt64, calls: [String: Int])>((0, [:]))
    var time: UInt64 { state.withLock { $0.time } }

    /// - Parameter seconds: what the calls of that name take, over and over.
    func turn(_ name: String, _ seconds: [Double]) {
        state.withLock { state in
            let call = state.calls[name, default: 0]
            state.time += UInt64(seconds[call % seconds.count] * 1e9)
            state.calls[name] = call + 1
        }
    }
}

private final class Counter {
    private(set) var count = 0
    func next() -> Int {
        count += 1
        return count
    }
}

@Suite struct ComparisonRunnerTests {
    @Test func runsContendersInTurnAfterAWarmUp() async throws {
        let calls = CallLog()
        let comparison = try await compare([noting("a", calls), noting("b", calls)], runs: 2)
        #expect(calls.all == Array(repeating: ["a+", "a-", "b+", "b-"], count: 3).flatMap { $0 })
        #expect(comparison.rows.map(\.compression.seconds.count) == [2, 2])
        #expect(comparison.rows.map(\.decompression.seconds.count) == [2, 2])
        #expect(comparison.runs == 2)
    }

    @Test func leavesOutWhatGivesOtherBytesBack() async throws {
        let comparison = try await compare([noting("wrong", CallLog(), packs: { $0.reversed() }), noting("right", CallLog())])
        #expect(comparison.rows.map(\.name) == ["right"])
        #expect(comparison.absences == [Comparison.Absence(name: "wrong", reason: "gave other bytes back", isFailure: true)])
    }

    @Test func comparesWithTheBaseline() async throws {
        let contenders = [noting("a", CallLog()), noting("b", CallLog())]
        #expect(try await compare(contenders).baseline == "a")
        let comparison = try await compare(contenders, baseline: "b")
        #expect(comparison.baseline == "b")
        #expect(comparison.rows.last?.compression.speedOverBaseline == 1)
        #expect(comparison.rows.first?.compression.speedOverBaseline != nil)
    }

    /// By a clock on which a call takes a second and the baseline three at first.
    @Test func theBaselineRunsBesideSlowOnes() async throws {
        let calls = CallLog()
        let looks = Counter()
        let clock = Clock(shortestSpan: 1) { UInt64(looks.next()) * 1_000_000_000 }
        let folder = try WorkFolder(sampleSize: 1, parent: "/tmp")
        let input = open(folder.input, O_WRONLY | O_CREAT, 0o600)
        close(input)
        let names = (0..<9).map { "\($0)" }
        var runner = ComparisonRunner(
            names.map { noting($0, calls, packs: { $0 + [0] }, unpacks: { Array($0.dropLast()) }) }, folder: folder, sampleSize: 0, runs: 1,
            clock: clock, announce: { _ in })
        let outcome = await runner.run(baseline: "4")
        let order = calls.all.filter { $0.hasSuffix("+") }.map { $0.dropLast() }
        // It begins both turns, and comes again after about eight seconds.
        #expect(order.first == "4")
        let places = order.indices.filter { order[$0] == "4" }
        #expect(places.count > 2 && zip(places, places.dropFirst()).allSatisfy { $1 - $0 <= 3 })
        #expect(names.allSatisfy { name in order.count { $0 == name } >= 2 })
        #expect(names.filter { $0 != "4" }.allSatisfy { name in order.count { $0 == name } == 2 })
        // What it ran besides is in no row.
        #expect(outcome.rows.count == 9 && outcome.rows.allSatisfy { $0.compression.seconds.count == 1 })
        #expect(outcome.rows.allSatisfy { $0.compression.speedOverBaseline == 1 })
    }

    @Test func slowOnesCountTheirWarmUp() async throws {
        let comparison = try await compare([noting("a", CallLog())], runs: nil)
        #expect(comparison.runs == RunPlan.most && comparison.rows[0].compression.seconds.count == RunPlan.most)
        // No time is left: one turn after the warm-up, and both count.
        var now: UInt64 = 0
        let late = Clock(shortestSpan: 1) {
            now += 1_000_000_000
            return now
        }
        let budget = TimeBudget(clock: late)
        now += 1_000_000_000_000
        let folder = try WorkFolder(sampleSize: 1, parent: "/tmp")
        close(open(folder.input, O_WRONLY | O_CREAT, 0o600))
        var runner = ComparisonRunner(
            [noting("a", CallLog(), packs: { $0 + [0] }, unpacks: { Array($0.dropLast()) })], folder: folder, sampleSize: 0, runs: nil,
            budget: budget, announce: { _ in })
        let outcome = await runner.run(baseline: nil)
        #expect(outcome.runs == 1 && outcome.rows[0].compression.seconds.count == 2)
    }

    @Test(arguments: [true, false]) func thoseThatMayBeBestRunAgain(_ isAdvised: Bool) async throws {
        let hands = ClockHands()
        let bytes = [UInt8](repeating: 7, count: 1000)
        let seconds = ["steady": [1], "shaky": [0.9, 1.3, 0.9], "slow": [2]]
        let contenders = ["steady", "shaky", "slow"].map { name in
            Contender(
                name: name, kind: .memory, tool: "bale", setting: "", threads: 1,
                method: .memory(
                    MemoryCodec(
                        compress: { _ in
                            hands.turn(name, seconds[name] ?? [])
                            return [0]
                        },
                        decompress: { _ in
                            hands.turn("\(name), back", [0.001])
                            return bytes
                        })))
        }
        let folder = try WorkFolder(sampleSize: bytes.count, parent: "/tmp")
        let input = open(folder.input, O_WRONLY | O_CREAT, 0o600)
        #expect(write(input, bytes, bytes.count) == bytes.count)
        close(input)
        var runner = ComparisonRunner(
            contenders, folder: folder, sampleSize: bytes.count, runs: nil, clock: Clock(shortestSpan: 1) { hands.time },
            announce: { _ in })
        let yardsticks = Comparison.Yardsticks(orderZeroEntropy: 0, orderOneEntropy: 0, memoryCopySpeed: 1)
        if isAdvised { runner.advise([.transfer(bytesPerSecond: 100)], yardsticks) }
        let runs = await runner.run(baseline: nil).rows.map(\.compression.seconds.count)
        // Without a goal all run as often as there is time for.
        let range = isAdvised ? 6...RunPlan.most : 11...13
        #expect(runs.count == 3 && range.contains(runs[1]))
        #expect(runs[0] == (isAdvised ? RunPlan.usual : runs[1]) && runs[2] == runs[0])
    }

    @Test func aTrialFindsTheSampleThatFitsTheTime() async throws {
        let folder = try TemporaryFolder()
        let file = try ReadableFile(try folder.file("a", [UInt8](repeating: 7, count: 20 << 20)))
        let calls = CallLog()
        var plan = ContenderPlan(own: [], threads: [1], peers: [], ownProgram: nil, searchPath: "")
        plan.contenders = [noting("a", calls)]
        let work = try WorkFolder(sampleSize: 1, parent: "/tmp")
        let sample = FileSample(fileSize: 20 << 20)
        let benchmark = FileBenchmark(plan: plan, scalingLevel: 1, threads: 1)
        #expect(try await benchmark.affordable(sample, of: file.descriptor, in: work) { _ in } == sample)
        #expect(calls.all == ["a+", "a-"])
        #expect(FileBytes.size(of: work.input) == SampleBudget.trialSize)
        // Who says how many runs are wanted has the time for them.
        _ = try await FileBenchmark(plan: plan, runs: 1, scalingLevel: 1, threads: 1).affordable(sample, of: file.descriptor, in: work) {
            _ in
        }
        #expect(calls.all.count == 2)
    }

    @Test func aCloserLookTakesMoreOfTheFile() async throws {
        let folder = try TemporaryFolder()
        let file = try ReadableFile(try folder.file("a", (0..<(1 << 20)).map { UInt8(truncatingIfNeeded: $0 >> 8) }))
        let calls = CallLog()
        var plan = ContenderPlan(own: [], threads: [1], peers: [], ownProgram: nil, searchPath: "")
        plan.contenders = [noting("near", calls), noting("far", calls)]
        let work = try WorkFolder(sampleSize: 1, parent: "/tmp")
        let yardsticks = Comparison.Yardsticks(orderZeroEntropy: 0, orderOneEntropy: 0, memoryCopySpeed: 1)
        // By a quarter of the file one keeps the bound of 10 MB/s hardly, and the other one by far.
        let rows = [("near", 0.5, 0.025), ("far", 0.6, 0.001)].map { name, remainder, seconds in
            let step = Comparison.Step(seconds: Timings([seconds]), processorSeconds: Timings([seconds]))
            return Comparison.Row(
                name: name, kind: .memory, tool: "bale", setting: "", threads: 1, rawSize: 1 << 18,
                packedSize: Int(remainder * Double(1 << 18)), compression: step, decompression: step)
        }
        func look(_ goals: [Advice.Goal], runs: Int? = nil, of descriptor: Int32?, wanted: Int = 1 << 18) -> CloserLook {
            CloserLook(
                benchmark: FileBenchmark(plan: plan, runs: runs, goals: goals, scalingLevel: 1, threads: 1),
                sample: FileSample(fileSize: 1 << 20, wanted: wanted, smallestPiece: 1 << 16), file: descriptor, folder: work,
                budget: TimeBudget(), announce: { _ in })
        }
        let goal = Advice.Goal.realtime(bytesPerSecond: 10e6)
        let taken = await look([.archive, goal], of: file.descriptor).taken(rows, yardsticks)
        #expect(taken?.sampleSize == 1 << 20)
        #expect(taken?.rows.map(\.name) == ["near"] && taken?.rows.first?.rawSize == 1 << 20)
        #expect(taken?.rows.first?.compression.speedOverBaseline == nil && taken?.rows.first?.isOnCompressionFront == false)
        #expect(!calls.all.contains("far+") && calls.all.contains("near+"))
        #expect(FileBytes.names(in: work.path).isEmpty)
        // Nothing to look for: no bound, another one, the whole file, a number of runs that the user chose, no file.
        #expect(await look([.archive], of: file.descriptor).taken(rows, yardsticks) == nil)
        #expect(await look([.realtime(bytesPerSecond: 1e6)], of: file.descriptor).taken(rows, yardsticks) == nil)
        #expect(await look([goal], of: file.descriptor, wanted: 1 << 20).taken(rows, yardsticks) == nil)
        #expect(await look([goal], runs: 3, of: file.descriptor).taken(rows, yardsticks) == nil)
        #expect(await look([goal], of: nil).taken(rows, yardsticks) == nil)
    }

    /// The null codec: all that is measured around a codec is two looks at the clock for each direction.
    @Test func measuringReadsTheClockTwice() async throws {
        let looks = Counter()
        let clock = Clock(shortestSpan: 1) { UInt64(looks.next()) * 1_000_000_000 }
        let folder = try WorkFolder(sampleSize: 1, parent: "/tmp")
        let turn = ContenderTurn(folder: folder, sampleSize: 5, clock: clock, timeLimit: 0, checksBytes: true)
        let figures = try await turn.measure(.null, Array("bytes".utf8))
        #expect(looks.count == 4)
        #expect(figures.compression.seconds == 1 && figures.decompression.seconds == 1)
        #expect(figures.packedSize == 5)
    }

    @Test func bothWaysOfBaleGiveTheBytesBack() async throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        let plan = ContenderPlan(own: [OwnSetting(level: 1)], threads: [2], peers: [], ownProgram: nil, searchPath: "")
        let comparison = try await compare(plan.contenders, bytes)
        #expect(comparison.rows.map(\.name) == ["memory -1"])
        #expect(comparison.rows[0].remainder < 0.5)
        #expect(comparison.rows[0].compression.peakMemory == nil)
        #expect(comparison.yardsticks.memoryCopySpeed > 0)
    }

    #if os(Linux)
        @Test func tellsTheSchedulingClass() {
            #expect(RealTimeScheduling.isSupported)
            let seen = RealTimeScheduling.current
            #expect(seen != nil && seen == Machine.description.schedulingClass)
            // Field 41 of the line that the kernel writes for a process: the class's number.
            let fields = FileBytes.text(of: "/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
            let names = ["0": "other", "1": "fifo", "2": "rr", "3": "batch", "5": "idle", "6": "deadline"]
            #expect(seen == names[String(fields[38])])
        }
    #endif

    @Test func addsUpWhatProcessorsDid() {
        #expect(Machine.processorTime("cpu  100 20 30 5000 600 7 8 9 1000 0") == Machine.ProcessorTime(busy: 1.65, stolen: 0.09))
        #expect(Machine.processorTime("cpu  100 20") == nil)
        #expect(OthersUse().shares == nil)
    }

    @Test func removesItsFolder() throws {
        let parent = try TemporaryFolder()
        do {
            let folder = try WorkFolder(sampleSize: 10, parent: parent.path)
            _ = try #require(FileBytes.names(in: parent.path).first)
            #expect(folder.path.hasPrefix(parent.path + "/bale-bench-"))
        }
        #expect(FileBytes.names(in: parent.path).isEmpty)
    }

    @Test func refusesAFolderWithoutRoom() {
        #expect(throws: ComparisonError.noRoom(bytes: 4 << 50, folders: ["/tmp"])) { try WorkFolder(sampleSize: 1 << 50, parent: "/tmp") }
        #expect(throws: ComparisonError.self) { try WorkFolder(sampleSize: 1, parent: "/nowhere") }
    }
}
