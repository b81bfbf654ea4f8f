import TestSupport
import Testing

@testable import Measurement

@Suite struct RunPlanTests {
    @Test func quickOnesRunOften() {
        #expect(RunPlan(warmUp: [0.001, 0.002]).runs == [50, 50])
        #expect(RunPlan(warmUp: [1, 1]).runs == [25, 25])
        #expect(RunPlan(warmUp: [2, 3]).runs == [10, 10])
        // However slow others are.
        #expect(RunPlan(warmUp: [1, 1, 30]).runs == [25, 25, 0])
        #expect(RunPlan(warmUp: [1, 1, 4]).runs == [20, 20, 5])
    }

    @Test func slowOnesGiveWay() {
        let plan = RunPlan(warmUp: [1, 25, 2, 8])
        #expect(plan.runs[0] >= 5 && plan.runs[2] >= 5)
        #expect(plan.runs[1] < 3)
        #expect(zip(plan.runs, [1, 25, 2, 8]).map { Double($0) * $1 }.reduce(0, +) <= RunPlan.budgets.upperBound)
        #expect(RunPlan(warmUp: [500]).runs == [0])
    }

    @Test func lessTimeIsFewerRuns() {
        #expect(RunPlan(warmUp: [1, 1], budget: 12).runs == [6, 6])
        #expect(RunPlan(warmUp: [1, 1, 30], budget: 12).runs == [6, 6, 0])
        #expect(RunPlan(warmUp: [1, 1, 30], budget: 7).runs == [3, 4, 0])
        // There is some time for runs in any case.
        #expect(RunPlan(warmUp: [1, 1], budget: -40).runs.reduce(0, +) == 5)
    }

    @Test func manyQuickOnesKeepOneRun() {
        #expect(RunPlan(warmUp: Array(repeating: 2.5, count: 10), budget: 80).runs.reduce(0, +) == 24)
        #expect(RunPlan(warmUp: Array(repeating: 2.5, count: 40)).runs == Array(repeating: 1, count: 40))
    }

    @Test func fewerWhereMoreFollow() {
        #expect(RunPlan(warmUp: [0.001, 0.002], most: RunPlan.usual).runs == [5, 5])
        #expect(RunPlan(warmUp: [1, 1, 30], budget: 7, most: RunPlan.usual).runs == [3, 4, 0])
    }

    @Test func failedOnesDoNotRun() {
        #expect(RunPlan(warmUp: [nil, 4]).runs == [0, 5])
        #expect(RunPlan(warmUp: []).runs.isEmpty)
    }

    @Test func theUserDecides() {
        #expect(RunPlan(runs: 2, contenders: 2).runs == [2, 2])
    }
}

@Suite struct SampleBudgetTests {
    /// A mebibyte a second with one thread, for a trial of 4 MiB.
    private func trial(speed: Double = 1, threads: Int = 1, busy: Double = 1, back: Double = 0) -> SampleBudget.Trial {
        let seconds = 4 / speed
        return SampleBudget.Trial(
            compression: RunFigures(seconds: seconds, processorSeconds: seconds * busy),
            decompression: RunFigures(seconds: back, processorSeconds: back), threads: threads)
    }

    private func size(_ trials: [SampleBudget.Trial], wanted: Int = 96) -> Int {
        SampleBudget.size(trials, trialSize: 4 << 20, wanted: wanted << 20, seconds: 45) >> 20
    }

    @Test func slowContendersMakeTheSampleSmaller() {
        #expect(size([trial(speed: 3)]) == 96)
        #expect(size([trial(speed: 2)]) == 90)
        #expect(size([trial(speed: 2), trial(speed: 2)]) == 42)
        #expect(size([trial(speed: 3, back: 2)]) == 54)
        #expect(size([]) == 96)
    }

    @Test func neverSmallerThanTheSmallest() {
        #expect(size([trial(speed: 0.01)]) == 8)
        #expect(size([trial(speed: 0.01)], wanted: 5) == 5)
        #expect(size([trial(speed: 0.1)], wanted: 9) == 8)
    }

    @Test func threadsThatHadNothingToDoWillWork() {
        // One of two threads was busy with 4 MiB: both will be.
        #expect(size([trial(speed: 1, threads: 2)]) == 90)
        #expect(size([trial(speed: 1, threads: 64)]) == 96)
        // They were already.
        #expect(size([trial(speed: 2, threads: 2, busy: 2)]) == 90)
        #expect(size([trial(speed: 1, threads: 1)]) == 42)
    }

    @Test func aLargeSampleKeepsWholePieces() {
        let size = SampleBudget.size([trial(speed: 1)], trialSize: 4 << 20, wanted: 128 << 20, seconds: 45)
        #expect(size == 40 << 20)
        let sample = FileSample(fileSize: 1 << 30, wanted: size)
        #expect(sample.pieceSize == 4 << 20 && sample.offsets.count == 10)
    }
}

@Suite struct TimeBudgetTests {
    @Test func runsFromTheBeginning() {
        var now: UInt64 = 7_000_000_000
        let budget = TimeBudget(clock: Clock(shortestSpan: 1) { now })
        #expect(budget.left == TimeBudget.total)
        now += 110_000_000_000
        #expect(budget.left == TimeBudget.total - 110)
    }
}

@Suite struct PairRatioTests {
    private func runs(_ seconds: [Int: Double]) -> [TimedRun] {
        seconds.sorted { $0.key < $1.key }.map {
            TimedRun(moment: $0.key, figures: RunFigures(seconds: $0.value, processorSeconds: 2 * $0.value))
        }
    }

    private func ratio(_ own: [Int: Double], _ baseline: [Int: Double]) -> Double? {
        PairRatio.median(runs(own), baseline: runs(baseline), \.seconds)
    }

    @Test func isTheMedianOverAllPairs() {
        #expect(ratio([2: 1], [1: 1, 3: 3]) == 2)
        // 2 / 1, 2 / 4, 6 / 1, 6 / 4
        #expect(ratio([2: 1, 4: 4], [1: 2, 5: 6]) == 1.75)
        // A bad run or two of five do not count.
        #expect(ratio([2: 1, 4: 1, 6: 90, 8: 1, 10: 1], [1: 2, 3: 70, 5: 2, 7: 2, 9: 2]) == 2)
    }

    @Test func comparesWithWhatRanMeanwhile() {
        // The baseline's neighbours belong to it, what ran long before or after does not.
        #expect(ratio([4: 1, 6: 1], [1: 9, 2: 9, 3: 2, 5: 2, 7: 2, 8: 9, 9: 9]) == 2)
        // At both ends there is one neighbour.
        #expect(ratio([1: 2], [2: 1, 3: 9]) == 0.5)
        #expect(ratio([5: 2], [2: 9, 3: 1]) == 0.5)
    }

    /// Where the load of a machine changes, ratios of medians take one from before, the other from after.
    @Test(arguments: 0...12) func isTheSameOnAMachineThatGetsSlower(_ change: Int) {
        let pace = { (moment: Int) in moment > change ? 4.0 : 1 }
        let baseline = Dictionary(uniqueKeysWithValues: stride(from: 1, through: 11, by: 2).map { ($0, pace($0)) })
        let own = Dictionary(uniqueKeysWithValues: stride(from: 2, through: 12, by: 2).map { ($0, pace($0) / 2) })
        #expect(ratio(own, baseline) == 2)
    }

    @Test func isOneForTheBaseline() {
        #expect(ratio([1: 3, 2: 5], [1: 3, 2: 5]) == 1)
        #expect(ratio([1: 3, 2: 5, 4: 7], [1: 3, 2: 5, 4: 7]) == 1)
    }

    @Test func needsAPair() {
        #expect(ratio([1: 1], [:]) == nil)
        #expect(ratio([:], [1: 1]) == nil)
        #expect(ratio([1: 0], [2: 1]) == nil)
    }

    @Test func takesAnyFigure() {
        #expect(PairRatio.median(runs([1: 1]), baseline: runs([2: 3]), { $0.seconds + $0.processorSeconds }) == 3)
    }
}

@Suite struct ParetoFrontTests {
    @Test func leavesOutWhatIsBeatenInBoth() {
        #expect(ParetoFront.members([(10, 1), (20, 2), (5, 3), (5, 4), (30, 0.5)]) == [true, false, true, false, true])
        #expect(ParetoFront.members([(10, 1), (10, 1)]) == [true, true])
        #expect(ParetoFront.members([(10, nil), (20, 1)]) == [false, true])
        #expect(ParetoFront.members([]).isEmpty)
    }

    /// By definition, against every pair.
    @Test func isWhatNobodyBeats() {
        var random = SplitMix64(seed: 5)
        let points = (0..<200).map { _ in (size: Int(random.next() % 50), seconds: Optional(Double(random.next() % 50))) }
        let members = ParetoFront.members(points)
        for (point, isMember) in zip(points, members) {
            let isBeaten = points.contains { other in
                other.size < point.size && other.seconds! <= point.seconds! || other.size <= point.size && other.seconds! < point.seconds!
            }
            #expect(isMember != isBeaten)
        }
    }

    @Test func memoryRowsAreAmongThemselves() {
        func row(_ name: String, _ kind: Comparison.Kind, _ size: Int, _ seconds: Double) -> Comparison.Row {
            let step = Comparison.Step(seconds: Timings([seconds]), processorSeconds: Timings([seconds]))
            return Comparison.Row(
                name: name, kind: kind, tool: "", setting: "", threads: 1, rawSize: 100, packedSize: size, compression: step,
                decompression: step)
        }
        var rows = [row("a", .command, 50, 2), row("b", .peer, 40, 1), row("c", .memory, 60, 0.5), row("d", .memory, 70, 0.6)]
        ParetoFront.mark(&rows)
        #expect(rows.map(\.isOnCompressionFront) == [false, true, true, false])
        #expect(rows.map(\.isOnDecompressionFront) == [false, true, true, false])
    }
}

@Suite struct FileSampleTests {
    @Test func smallFilesAreWhole() {
        let sample = FileSample(fileSize: 1000, wanted: 1000)
        #expect(sample.isWhole && sample.offsets == [0] && sample.pieceSize == 1000)
        #expect(FileSample(fileSize: 128 << 20).isWhole)
    }

    @Test func largeFilesAreSpreadPieces() {
        let sample = FileSample(fileSize: 10 << 30)
        #expect(sample.pieceSize == 4 << 20 && sample.offsets.count == 32 && sample.size == 128 << 20)
        #expect(sample.offsets.first == 0 && sample.offsets.last == (10 << 30) - (4 << 20))
        #expect(sample.offsets == sample.offsets.sorted() && Set(sample.offsets).count == 32)
        let small = FileSample(fileSize: 100 << 20, wanted: 12 << 20)
        #expect(small.pieceSize == 4 << 20 && small.offsets == [0, 48 << 20, 96 << 20])
        let trial = FileSample(fileSize: 100 << 20, wanted: 3 << 20, smallestPiece: 1 << 20)
        #expect(trial.pieceSize == 1 << 20 && trial.offsets == [0, 49 << 20, 99 << 20])
        #expect(FileSample(fileSize: 5000, wanted: 100).size == 100)
    }

    @Test func readsThePiecesInOrder() throws {
        let folder = try TemporaryFolder()
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 / 100) }
        let path = try folder.file("a", bytes)
        let sample = FileSample(fileSize: 1000, wanted: 100)
        let file = try ReadableFile(path)
        #expect(try sample.read(from: file.descriptor) == Array(repeating: 0, count: 100))
        #expect(try FileSample(fileSize: 1000).read(from: file.descriptor) == bytes)
        #expect(throws: ComparisonError.inputChanged) { try FileSample(fileSize: 1001).read(from: file.descriptor) }
    }
}
