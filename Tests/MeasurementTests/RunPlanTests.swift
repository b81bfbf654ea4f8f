import TestSupport
import Testing

@testable import Measurement

@Suite struct RunPlanTests {
    @Test func quickOnesRunOften() {
        #expect(RunPlan(warmUp: [0.001, 0.002]).runs == [25, 25])
        #expect(RunPlan(warmUp: [1, 1]).runs == [10, 10])
        #expect(RunPlan(warmUp: [2, 3]).runs == [5, 5])
        #expect(RunPlan(warmUp: [2, 3]).countsWarmUp == [false, false])
    }

    @Test func slowOnesGiveWay() {
        let plan = RunPlan(warmUp: [1, 25, 2, 8])
        #expect(plan.runs[0] == 5 && plan.runs[2] == 5)
        #expect(plan.runs[1] < 3 && plan.countsWarmUp[1])
        #expect(zip(plan.runs, [1, 25, 2, 8]).map { Double($0) * $1 }.reduce(0, +) <= RunPlan.budgets.upperBound)
        // The longer the warm-up has taken, the less is left.
        #expect(RunPlan(warmUp: [4, 4, 80]).runs == [3, 2, 0] || RunPlan(warmUp: [4, 4, 80]).runs == [2, 3, 0])
        #expect(RunPlan(warmUp: [500]).runs == [0])
        #expect(RunPlan(warmUp: [500]).countsWarmUp == [true])
    }

    @Test func manyQuickOnesKeepTheFewestRuns() {
        #expect(RunPlan(warmUp: Array(repeating: 2.5, count: 40)).runs == Array(repeating: 3, count: 40))
    }

    @Test func failedOnesDoNotRun() {
        let plan = RunPlan(warmUp: [nil, 4])
        #expect(plan.runs == [0, 5])
        #expect(plan.countsWarmUp == [false, false])
        #expect(RunPlan(warmUp: []).runs.isEmpty)
    }

    @Test func theUserDecides() {
        #expect(RunPlan(runs: 2, contenders: 2).runs == [2, 2])
        #expect(RunPlan(runs: 2, contenders: 2).countsWarmUp == [false, false])
    }
}

@Suite struct PairRatioTests {
    @Test func pairsRunsOfTheSameTurn() {
        // The machine was four times as slow in the last turn: no pair shows it.
        #expect(PairRatio.median([9, 2, 2, 8], over: [1, 1, 1, 4], from: 1) == 2)
        #expect(PairRatio.median([1, 2, 4], over: [1, 1], from: 0) == 1.5)
        #expect(PairRatio.median([1], over: [1], from: 1) == nil)
        #expect(PairRatio.median([1, 1], over: [0, 0], from: 0) == nil)
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
        let small = FileSample(fileSize: 100 << 20, wanted: 3 << 20)
        #expect(small.pieceSize == 1 << 20 && small.offsets == [0, 49 << 20, 99 << 20])
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
