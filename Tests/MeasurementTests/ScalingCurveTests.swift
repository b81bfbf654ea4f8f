import TestSupport
import Testing

@testable import Measurement

@Suite struct ScalingCurveFitTests {
    private func points(_ limit: Double, _ scale: Double, _ exponent: Double, count: Int = 9) -> [ScalingCurve.Point] {
        let curve = ScalingCurve.Fit(limit: limit, scale: scale, exponent: exponent, error: 0)
        return (0..<count).map { index in
            ScalingCurve.Point(size: 65_536 << index, remainder: curve.remainder(Double(65_536 << index)))
        }
    }

    @Test(arguments: [
        (0.2, 0.1, 0.5), (0.3, 0.2, 0.15), (0, 0.4, 0.1), (0.1, 0.02, 1.2), (0.9, 0.003, 2), (0.05, 0.5, 0.3), (0, 0.9, 0.012),
    ])
    func recoversKnownCurves(_ limit: Double, _ scale: Double, _ exponent: Double) throws {
        let fit = try #require(ScalingCurve.Fit.fitted(points(limit, scale, exponent)))
        #expect((fit.limit - limit).magnitude < 1e-4)
        #expect((fit.scale - scale).magnitude < 1e-4)
        #expect((fit.exponent - exponent).magnitude < 1e-3)
        #expect(fit.error < 1e-6)
    }

    @Test(arguments: 0..<20) func isNotFartherThanTheTruthUnderNoise(_ index: Int) throws {
        let seed = SplitMix64.runSeed &+ UInt64(index)
        var generator = SplitMix64(seed: seed)
        let (limit, scale, exponent) = (
            Double.random(in: 0...0.5, using: &generator), Double.random(in: 0.05...0.5, using: &generator),
            Double.random(in: 0.05...1.5, using: &generator)
        )
        let noise = 0.002
        var noisy = points(limit, scale, exponent)
        for index in noisy.indices { noisy[index].remainder += Double.random(in: -noise...noise, using: &generator) }
        let fit = try #require(ScalingCurve.Fit.fitted(noisy.shuffled(using: &generator)), "seed \(seed)")
        let truth = ScalingCurve.Fit(limit: limit, scale: scale, exponent: exponent, error: 0)
        let squares = noisy.reduce(0) { sum, point in
            let difference = truth.remainder(Double(point.size)) - point.remainder
            return sum + difference * difference
        }
        #expect(fit.error <= (squares / Double(noisy.count)).squareRoot() + 1e-9, "seed \(seed)")
        #expect(fit.limit >= 0 && fit.scale >= 0 && ScalingCurve.Fit.exponents.contains(fit.exponent), "seed \(seed)")
    }

    @Test func boundsHold() throws {
        // Falls to nothing faster than any allowed exponent, and straight over the logarithm below 0.
        let steep = (0..<5).map { ScalingCurve.Point(size: 65_536 << $0, remainder: $0 == 0 ? 1 : 0) }
        #expect(try #require(ScalingCurve.Fit.fitted(steep)).exponent <= 2 + 1e-9)
        let straight = (0..<5).map { ScalingCurve.Point(size: 65_536 << $0, remainder: 0.5 - 0.12 * Double($0)) }
        let fit = try #require(ScalingCurve.Fit.fitted(straight))
        #expect(fit.limit == 0)
        #expect(fit.scale > 0)
    }

    @Test func saysNothingWhereThereIsNoCurve() {
        #expect(ScalingCurve.Fit.fitted([]) == nil)
        #expect(ScalingCurve.Fit.fitted(points(0.2, 0.1, 0.5, count: 3)) == nil)
        #expect(ScalingCurve.Fit.fitted(points(0.2, 0.1, 0.5, count: 4)) != nil)
        #expect(ScalingCurve.Fit.fitted(points(0.2, 0, 0.5)) == nil, "level")
        #expect(ScalingCurve.Fit.fitted(points(0.9, -0.2, 0.5)) == nil, "rising")
        let one = ScalingCurve.Point(size: 65_536, remainder: 0.5)
        #expect(ScalingCurve.Fit.fitted([one, one, one, one]) == nil)
    }

    @Test func lineStaysAboveZero() {
        func line(_ points: [(Double, Double)]) -> NonNegativeLine { NonNegativeLine(points.map { .init(x: $0, y: $1) }) }
        let free = line([(0, 1), (1, 3), (2, 5)])
        #expect(free.intercept == 1 && free.slope == 2)
        let falling = line([(0, 4), (1, 2), (2, 0)])
        #expect(falling.intercept == 2 && falling.slope == 0)
        let below = line([(1, 0), (2, 2)])
        #expect(below.intercept == 0 && (below.slope - 0.8).magnitude < 1e-12)
        let single = line([(3, 7)])
        #expect(single.intercept == 7 && single.slope == 0)
        #expect(line([(1, -1), (2, -2)]).squares([.init(x: 1, y: 0)]) == 0)
        #expect(NonNegativeLine([.init(x: 0, y: 0), .init(x: 0, y: 4, weight: 3)]).intercept == 3)
    }
}

@Suite struct ScalingCurveMeasurementTests {
    @Test(arguments: [65_536, 65_537, 1 << 20, 3_000_000, 100 << 20]) func partsLieInTheSample(_ sampleSize: Int) throws {
        let plan = ScalingCurvePlan(sampleSize: sampleSize)
        let largest = try #require(plan.sizes.last)
        #expect(plan.sizes.first == 65_536)
        #expect(zip(plan.sizes, plan.sizes.dropFirst()).allSatisfy { $1 == 2 * $0 })
        #expect(largest <= min(sampleSize, 16 << 20) && 2 * largest > min(sampleSize, 16 << 20))
        #expect(plan.parts.allSatisfy { $0.count == largest && $0.lowerBound >= 0 && $0.upperBound <= sampleSize })
        #expect(zip(plan.parts, plan.parts.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
        #expect(plan.parts.reduce(0) { $0 + $1.count } <= max(ScalingCurvePlan.defaultCoverage, largest))
    }

    @Test func spreadsParts() {
        let plan = ScalingCurvePlan(sampleSize: 1000 << 16, coverage: 9 << 16, largestSize: 1 << 17)
        #expect(plan.sizes == [1 << 16, 1 << 17])
        #expect(plan.parts.count == 4)
        let rest = (1000 << 16) - (4 << 17)
        #expect(plan.parts[0].lowerBound == rest / 5)
        #expect(((1000 << 16) - plan.parts[3].upperBound - rest / 5).magnitude <= 4)
    }

    @Test func aShortSampleHasNoSizes() async {
        let plan = ScalingCurvePlan(sampleSize: 65_535)
        #expect(plan.sizes.isEmpty && plan.parts.isEmpty)
        let curve = await ScalingCurve.measure([], plan: plan) { _, _, _ in 0 }
        #expect(curve.series.map(\.name) == ["order-0", "level 1", "level 3", "level 9"])
        #expect(curve.series.allSatisfy { $0.points.isEmpty && $0.fit == nil })
        #expect(ScalingCurvePlan(sampleSize: .max, largestSize: .max).sizes.count == 47)
    }

    @Test func drawsLessOfTheCurveInLessTime() {
        let plan = { (seconds: Double, threads: Int) in
            ScalingCurvePlan.affordable(sampleSize: 100 << 20, secondsPerByte: 1 / Double(1 << 20), threads: threads, seconds: seconds)
        }
        // Nine sizes of 16 MiB at a mebibyte a second.
        #expect(plan(144, 1).sizes.count == 9 && plan(143, 1).sizes.count == 8)
        // Two workers halve all sizes but the largest.
        #expect(plan(80, 2).sizes.count == 9 && plan(79, 2).sizes.count == 8)
        #expect(plan(0, 1).sizes.count == ScalingCurve.Fit.fewestPoints && plan(0, 1).parts.count == 1)
        #expect(plan(40, 1).parts.allSatisfy { $0.count == plan(40, 1).sizes.last })
    }

    @Test @MainActor func fitsWhatTheCompressorGives() async throws {
        var sample = [UInt8](repeating: 0, count: 3 << 20)
        // Half of the bits of a byte are random.
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        for index in sample.indices { sample[index] = UInt8.random(in: 0..<16, using: &generator) }
        let plan = ScalingCurvePlan(sampleSize: sample.count, coverage: 2 << 20, largestSize: 1 << 20)
        let truth = ScalingCurve.Fit(limit: 0.25, scale: 0.25, exponent: 0.5, error: 0)
        var calls: [[Int]] = []
        let curve = await ScalingCurve.measure(sample, plan: plan, levels: [4, 7]) { part, size, level in
            calls.append([part.count, size, level])
            return Int(Double(part.count) * truth.remainder(Double(size)) / (level == 7 ? 2 : 1))
        }
        #expect(curve.series.map(\.name) == ["order-0", "level 4", "level 7"])
        #expect(calls.count == 2 * 5 * 2 && calls.allSatisfy { $0[0] == 1 << 20 })
        #expect(calls[0] == [1 << 20, 1 << 16, 4] && calls.last == [1 << 20, 1 << 20, 7])
        #expect(curve.series[0].points.allSatisfy { $0.remainder > 0.499 && $0.remainder <= 0.5 })
        let fit = try #require(curve.series[1].fit)
        #expect((fit.limit - 0.25).magnitude < 1e-3 && (fit.exponent - 0.5).magnitude < 1e-2)
        #expect(try #require(curve.series[2].fit).limit < 0.126)
    }

    @Test func handsOnWhatTheCompressorThrows() async {
        struct Broken: Error {}
        let bytes = [UInt8](repeating: 1, count: 65_536)
        await #expect(throws: Broken.self) {
            _ = try await ScalingCurve.measure(bytes, plan: ScalingCurvePlan(sampleSize: bytes.count)) { _, _, _ in
                throw Broken()
            }
        }
    }
}

@Suite struct OrderOneEntropyTests {
    private func entropy(_ bytes: [UInt8]) -> Double { bytes.withUnsafeBytes { Entropy.orderOne($0) } }

    @Test func isThatOfKnownSequences() {
        #expect(entropy([]) == 0)
        #expect(entropy([9]) == 0)
        #expect(entropy([7, 7, 7]) == 0)
        #expect(entropy((0..<1000).map { UInt8($0 % 250) }) == 0, "each byte follows from the one before")
        // After 0 come 0 and 1 alike, after 1 always 0: pairs 00 01 10, two of three with one bit.
        #expect((entropy([0, 0, 1, 0, 0, 1, 0, 0, 1, 0]) - 2.0 / 3).magnitude < 1e-12)
        // What the high byte of a pair of 255 is must not be lost.
        #expect(entropy([255, 255, 255, 0, 255, 255]) > 0)
    }

    @Test func isOrderZerosWithoutMemory() {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        let bytes = (0..<200_000).map { _ in UInt8.random(in: 0..<8, using: &generator) }
        #expect((entropy(bytes) - 3).magnitude < 0.01)
    }
}
