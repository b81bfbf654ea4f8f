import TestSupport
import Testing

@testable import Measurement

@Suite struct AdviceContestTests {
    /// A row of 100 MB with these seconds of its compressing runs; decompressing takes no time worth mentioning.
    private func row(_ name: String, _ remainder: Double, _ seconds: [Double]) -> Comparison.Row {
        Comparison.Row(
            name: name, kind: .peer, tool: "t", setting: "1", threads: 1, rawSize: 100_000_000, packedSize: Int(100_000_000 * remainder),
            compression: Comparison.Step(seconds: Timings(seconds), processorSeconds: Timings(seconds)),
            decompression: Comparison.Step(seconds: Timings([1e-4]), processorSeconds: Timings([1e-4])))
    }

    private let yardsticks = Comparison.Yardsticks(orderZeroEntropy: 8, orderOneEntropy: 8, memoryCopySpeed: 10e9)

    private func contested(_ goal: Advice.Goal, _ rows: [Comparison.Row]) -> [String] {
        AdviceContest.contested(goal, rows: rows, yardsticks: yardsticks).sorted()
    }

    private let sending = Advice.Goal.transfer(bytesPerSecond: 1e9)

    @Test func whatIsBestAtItsWorstStands() {
        // 0.5 s and 0.6 s for a gigabyte at most; the others take 0.7 s at least.
        let rows = [row("a", 0.3, [0.05, 0.055, 0.06]), row("b", 0.3, [0.07, 0.08, 0.09]), row("c", 0.9, [0.01, 0.02])]
        #expect(contested(sending, rows) == [])
    }

    @Test func thoseThatMayBeBestRunAgain() {
        let rows = [row("a", 0.3, [0.05, 0.055, 0.06]), row("b", 0.3, [0.055, 0.08, 0.09]), row("c", 0.3, [0.065, 0.066, 0.067])]
        #expect(contested(sending, rows) == ["a", "b"])
    }

    @Test func doingNothingTakesPart() {
        // Of two runs one was disturbed: not compressing looks better than the mean of both, and costs 1 s.
        #expect(contested(sending, [row("a", 0.3, [0.07, 0.2])]) == ["a"])
        #expect(contested(sending, [row("a", 0.3, [0.07, 0.08])]) == [])
        #expect(contested(sending, [row("a", 0.3, [0.11, 0.2])]) == [])
    }

    @Test func whatIsCertainNeedsNoRuns() {
        // Two that are equal within the tolerance: either is a good choice.
        #expect(contested(sending, [row("a", 0.3, [0.05, 0.051]), row("b", 0.3, [0.0505, 0.0515])]) == [])
        // The second alone is uncertain, and may be the best.
        #expect(contested(sending, [row("a", 0.3, [0.05, 0.051]), row("b", 0.3, [0.045, 0.06])]) == ["b"])
        // Sizes are known at once.
        #expect(contested(.archive, [row("a", 0.3, [0.05, 0.1]), row("b", 0.31, [0.01, 0.02])]) == [])
    }

    @Test func aBoundThatMayBreakIsTriedAgain() {
        let goal = Advice.Goal.realtime(bytesPerSecond: 1e9)
        // A bound of 0.1 s for 100 MB, and 5 % over the median count.
        #expect(contested(goal, [row("small", 0.2, [0.09, 0.11]), row("large", 0.4, [0.02, 0.03])]) == ["small"])
        #expect(contested(goal, [row("small", 0.2, [0.12, 0.11]), row("large", 0.4, [0.02, 0.03])]) == [])
        #expect(contested(goal, [row("small", 0.2, [0.08, 0.09]), row("large", 0.4, [0.05, 0.2])]) == [])
        // Its usual median is well inside, but one run in five was too slow.
        #expect(contested(goal, [row("small", 0.2, [0.08, 0.08, 0.08, 0.11, 0.11])]) == ["small"])
    }

    @Test func whatASampleDoesNotSettleIsMeasuredWithMore() {
        let goal = Advice.Goal.realtime(bytesPerSecond: 1e9)
        func unsettled(_ goal: Advice.Goal, _ rows: [Comparison.Row]) -> [String] {
            AdviceContest.unsettled(goal, rows: rows, yardsticks: yardsticks).sorted()
        }
        // A bound of 0.1 s for 100 MB, and 5 % over the median count: both sides of it are near.
        let plain = row("plain", 0.4, [0.02, 0.02])
        #expect(unsettled(goal, [row("over", 0.2, [0.11, 0.11]), plain]) == ["over"])
        #expect(unsettled(goal, [row("under", 0.2, [0.08, 0.08]), plain]) == ["under"])
        #expect(unsettled(goal, [row("far", 0.2, [0.13, 0.13]), row("fast", 0.3, [0.07, 0.07]), plain]) == [])
        // What costs more than the row that keeps it anyway decides nothing; two that may be the choice are both looked at.
        #expect(unsettled(goal, [row("large", 0.5, [0.1, 0.1]), plain]) == [])
        #expect(unsettled(goal, [row("a", 0.2, [0.1, 0.1]), row("b", 0.3, [0.1, 0.1]), plain]) == ["a", "b"])
        // The device bounds, not the row's speed: what is known for certain is not looked at. Goals without a bound have nothing to look for.
        #expect(unsettled(.store, [row("a", 0.9, [0.001, 0.001])]) == [])
        #expect(unsettled(.store, [row("a", 0.9, [0.2, 0.2])]) == ["a"])
        for goal in [Advice.Goal.archive, sending] { #expect(unsettled(goal, [row("a", 0.2, [0.1, 0.1])]) == []) }
        #expect(unsettled(goal, []) == [])
    }

    @Test func goalsWithABoundGoByTheCloserLook() {
        var comparison = Comparison(
            fileSize: 200_000_000, sampleSize: 100_000_000, runs: 2,
            machine: Comparison.Machine(processor: "", processorCount: 1, instructionSet: "portable"), yardsticks: yardsticks)
        comparison.rows = [row("a", 0.2, [0.11]), row("b", 0.3, [0.05])]
        let goal = Advice.Goal.realtime(bytesPerSecond: 1e9)
        #expect(comparison.rows(for: goal) == comparison.rows)
        comparison.closerLook = Comparison.CloserLook(sampleSize: 200_000_000, rows: [row("a", 0.2, [0.08])])
        #expect(comparison.rows(for: goal).map(\.compression.seconds.median) == [0.08, 0.05])
        #expect(comparison.rows(for: sending) == comparison.rows && comparison.rows(for: .archive) == comparison.rows)
        let choices = [comparison.rows, comparison.rows(for: goal)].map {
            AdviceModel.advise(goal, rows: $0, yardsticks: yardsticks).choice?.row
        }
        #expect(choices == ["b", "a"])
    }

    @Test func aSlowRunSaysLessTheMoreThereAre() {
        let steady = Array(repeating: 0.05, count: 20)
        #expect(contested(sending, [row("a", 0.3, steady + [0.5]), row("b", 0.3, Array(repeating: 0.055, count: 20))]) == [])
    }

    @Test func nothingMeasuredIsNothingToContest() {
        #expect(contested(.archive, []) == [])
        #expect(contested(sending, [row("a", 0.3, [])]) == [])
    }

    /// Rows of random noise, measured as the contest says: the choice is as good as it promises, but for chance.
    @Test func theContestEndsWithAGoodChoice() {
        var generator = SplitMix64(seed: 11)
        var (good, before) = (0, 0)
        for _ in 0..<60 {
            let truth = (0..<5).map { _ in Double.random(in: 0.05...0.09, using: &generator) }
            // Two runs of five take up to three times as long.
            func run(_ index: Int) -> Double {
                let isDisturbed = Int.random(in: 0..<5, using: &generator) < 2
                return truth[index] * Double.random(in: 0.98...1.02, using: &generator)
                    * (isDisturbed ? Double.random(in: 1...3, using: &generator) : 1)
            }
            var seconds = truth.indices.map { index in (0..<5).map { _ in run(index) } }
            func rows() -> [Comparison.Row] { seconds.enumerated().map { row("\($0)", 0.01, $1) } }
            func isGood() -> Bool {
                let choice = AdviceModel.advise(sending, rows: rows(), yardsticks: yardsticks).choice.flatMap { Int($0.row) }
                return choice.map { truth[$0] <= (truth.min() ?? 0) * 1.05 } ?? false
            }
            before += isGood() ? 1 : 0
            for _ in 0..<45 {
                let names = contested(sending, rows())
                if names.isEmpty { break }
                for name in names { if let index = Int(name) { seconds[index].append(run(index)) } }
            }
            good += isGood() ? 1 : 0
        }
        #expect(good >= 55 && good > before + 5, "\(good) of 60, \(before) after five runs")
    }
}
