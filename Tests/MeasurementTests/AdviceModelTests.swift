import Testing

@testable import Measurement

@Suite struct AdviceModelTests {
    /// A row of 100 MB. Speeds are MB/s at the median, `worst` is the slowest run's time over the median's.
    private func row(
        _ name: String, _ remainder: Double, compress: Double, decompress: Double, threads: Int = 1, worst: Double = 1, tool: String = "t",
        kind: Comparison.Kind = .peer
    ) -> Comparison.Row {
        func step(_ speed: Double) -> Comparison.Step {
            let seconds = 100 / speed
            return Comparison.Step(
                seconds: Timings([seconds, seconds, seconds * worst]), processorSeconds: Timings([seconds * Double(threads)]))
        }
        return Comparison.Row(
            name: name, kind: kind, tool: tool, setting: "1", threads: threads, rawSize: 100_000_000,
            packedSize: Int(100_000_000 * remainder), compression: step(compress), decompression: step(decompress))
    }

    private func advise(_ goal: Advice.Goal, _ rows: [Comparison.Row], write: Double? = nil, read: Double? = nil) -> Advice {
        AdviceModel.advise(
            goal, rows: rows,
            yardsticks: Comparison.Yardsticks(
                orderZeroEntropy: 8, orderOneEntropy: 8, memoryCopySpeed: 10e9, deviceWriteSpeed: write, deviceReadSpeed: read))
    }

    private func cost(_ advice: Advice, _ name: String) throws -> Advice.Cost {
        try #require(advice.costs.first { $0.row == name })
    }

    private func isNear(_ value: Double, _ expected: Double) -> Bool { (value - expected).magnitude <= 1e-9 * expected.magnitude }

    /// From fast and large to slow and small.
    private var usual: [Comparison.Row] {
        [
            row("fast", 0.5, compress: 500, decompress: 2000), row("middle", 0.4, compress: 100, decompress: 1000),
            row("slow", 0.35, compress: 5, decompress: 500), row("glacial", 0.349, compress: 0.2, decompress: 500),
        ]
    }

    @Test func archiveTakesTheSmallestThatIsWorthItsTime() throws {
        let advice = advise(.archive, usual)
        #expect(advice.unit == "GB")
        #expect(advice.choice?.row == "slow")
        let slow = try cost(advice, "slow")
        #expect(slow.parts.map(\.name) == ["keep", "compress", "restore"])
        #expect(slow.parts[0].value == 0.35)
        // 200 core seconds at $0.04 an hour, against a gigabyte at $0.01 a month for 60 months.
        #expect(isNear(slow.parts[1].value, 200 * 0.04 / 3600 / 0.6))
        #expect(isNear(slow.total, slow.parts.reduce(0) { $0 + $1.value }))
        #expect(advice.costs.map(\.total) == advice.costs.map(\.total).sorted())
        #expect(advice.costs.last?.row == AdviceModel.uncompressed)
    }

    @Test func archivePaysForCoresAndNotForWaiting() throws {
        let advice = advise(
            .archive, [row("one", 0.4, compress: 10, decompress: 100), row("eight", 0.4, compress: 20, decompress: 100, threads: 8)])
        #expect(advice.choice?.row == "one")
    }

    @Test func transferPaysForTheSlowestStepAndTheFill() throws {
        let advice = advise(.transfer(bytesPerSecond: 100e6), usual)
        #expect(advice.unit == "s")
        let fast = try cost(advice, "fast")
        #expect(fast.parts.map(\.name) == ["compress", "send", "decompress"])
        #expect(zip(fast.parts.map(\.value), [2, 5, 0.5]).allSatisfy(isNear))
        #expect(isNear(fast.total, 5 + 2.5 * 16.777216 / 1000))
        // The slowest counts whole, of the others what cannot run beside it.
        #expect(zip(fast.parts.map(\.counted), [2 * 16.777216 / 1000, 5, 0.5 * 16.777216 / 1000]).allSatisfy(isNear))
        #expect(isNear(try cost(advice, AdviceModel.uncompressed).total, 10))
        #expect(advice.choice?.row == "fast")
    }

    @Test(arguments: [(1e6, "slow"), (20e6, "middle"), (200e6, "fast"), (10e9, "uncompressed")])
    func transferCompressesLessOnAFasterLine(_ speed: Double, _ best: String) {
        #expect(advise(.transfer(bytesPerSecond: speed), usual).choice?.row == best)
    }

    @Test func transferAddsUpWhatCannotStream() throws {
        let rows = [row("7zz -mx5", 0.5, compress: 100, decompress: 100, tool: "7zz"), row("pipe", 0.5, compress: 100, decompress: 100)]
        let advice = advise(.transfer(bytesPerSecond: 50e6), rows)
        #expect(isNear(try cost(advice, "7zz -mx5").total, 30))
        #expect(try cost(advice, "pipe").total < 11)
    }

    @Test(arguments: [0, -1, .nan, .infinity]) func survivesAnImpossibleSpeed(_ speed: Double) {
        for goal in [Advice.Goal.transfer(bytesPerSecond: speed), .realtime(bytesPerSecond: speed)] {
            let advice = advise(goal, usual)
            #expect(advice.costs.allSatisfy { $0.total.isFinite })
        }
    }

    @Test func storeTakesTheSmallestThatKeepsUp() throws {
        let advice = advise(.store, usual, write: 98e6, read: 900e6)
        #expect(advice.choice?.row == "middle")
        let slow = try cost(advice, "slow")
        #expect(slow.objection == "writing at 5.00 MB/s of input, the device alone writes 98.0 MB/s")
        #expect(slow.limits.map(\.name) == ["write", "read"])
        #expect(isNear(slow.limits[0].seconds, 200))
        // The fast row's compressed bytes take the device longer than compressing.
        #expect(isNear(try cost(advice, "fast").limits[0].seconds, 0.5 * 1000 / 98))
        #expect(advice.explanation.contains("writes 98.0 MB/s and reads 900 MB/s:"))
    }

    @Test func storeMindsReadingBack() throws {
        let advice = advise(.store, usual, write: 90e6, read: 1.9e9)
        #expect(advice.choice?.row == "fast")
        #expect(try cost(advice, "middle").objection == "reading back at 1.00 GB/s, the device alone reads 1.90 GB/s")
        let beyond = advise(.store, usual, write: 5e9, read: 5e9)
        #expect(beyond.choice?.row == AdviceModel.uncompressed)
    }

    @Test func storeSaysWhatItAssumes() {
        let advice = advise(.store, usual)
        #expect(advice.explanation.contains("writes 500 MB/s and reads 500 MB/s (assumed"))
        #expect(advice.choice?.row == "fast")
    }

    @Test func realtimeKeepsAMarginByTheSlowestRun() throws {
        let rows = [
            row("steady", 0.5, compress: 110, decompress: 1000), row("shaky", 0.4, compress: 110, decompress: 1000, worst: 1.2),
            row("slow", 0.3, compress: 90, decompress: 1000),
        ]
        let advice = advise(.realtime(bytesPerSecond: 100e6), rows)
        #expect(advice.choice?.row == "steady")
        #expect(try cost(advice, "shaky").objection == "its slow runs compress 91.7 MB/s")
        #expect(try cost(advice, "slow").objection != nil)
        #expect(isNear(try cost(advice, "steady").limits[0].seconds, 1000 / 110 * 1.05))
        #expect(advise(.realtime(bytesPerSecond: 105e6), rows).choice?.row == AdviceModel.uncompressed)
        // One disturbed run does not count for more than half again the median.
        let disturbed = [row("a", 0.5, compress: 151, decompress: 1, worst: 30)]
        #expect(advise(.realtime(bytesPerSecond: 100e6), disturbed).choice?.row == "a")
    }

    @Test func startingIsPaidOnce() throws {
        var small = row("small", 0.5, compress: 100, decompress: 1000)
        small.compression.startSeconds = 0.6
        small.compression.startProcessorSeconds = 0.4
        small.decompression.startSeconds = 0.1
        // Of 1 s for 100 MB 0.6 s are starting: 4 s for a gigabyte, and once more 0.6 s. Decompressing is no faster than twenty times.
        let sending = try cost(advise(.transfer(bytesPerSecond: 1e9), [small]), "small")
        #expect(zip(sending.parts.map(\.value), [4.6, 0.5, 0.1 * 0.05 * 10 + 0.1]).allSatisfy(isNear))
        let keeping = try cost(advise(.archive, [small]), "small")
        #expect(isNear(keeping.parts[1].value, 6.4 * 0.04 / 3600 / 0.6))
        let keepingUp = try cost(advise(.realtime(bytesPerSecond: 200e6), [small]), "small")
        #expect(isNear(keepingUp.limits[0].seconds, 4.6 * 1.05))
    }

    @Test func inMemoryRowsAreForWantOfOthers() {
        let memory = row("memory -1", 0.1, compress: 1000, decompress: 1000, kind: .memory)
        #expect(advise(.archive, [memory] + usual).costs.count == usual.count + 1)
        #expect(advise(.archive, [memory]).choice?.row == "memory -1")
    }

    @Test func nothingMeasuredIsNoAdvice() {
        var bare = row("bare", 0.5, compress: 1, decompress: 1)
        bare.compression.seconds = Timings()
        #expect(advise(.archive, []).costs.isEmpty)
        #expect(advise(.archive, [bare]).choice == nil)
    }

    @Test func equalCostsKeepTheRowsOrder() {
        let rows = ["b", "a", "c"].map { row($0, 0.5, compress: 1000, decompress: 1000) }
        #expect(advise(.realtime(bytesPerSecond: 1e6), rows).costs.map(\.row) == ["b", "a", "c", AdviceModel.uncompressed])
    }

    @Test(arguments: [
        (0, "0"), (5, "5"), (91.66, "91.7"), (123.4, "123"), (0.0185, "0.0185"), (999.6, "1000"), (1e9, "1000000000"), (0.1 + 0.2, "0.3"),
    ])
    func numbersHaveThreeDigits(_ value: Double, _ text: String) {
        #expect(AdviceNumber.text(value) == text)
    }
}
