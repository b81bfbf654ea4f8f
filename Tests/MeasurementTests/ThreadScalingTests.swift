import TestSupport
import Testing

@testable import Measurement

@Suite struct ThreadScalingTests {
    private static let mebibyte = 1_048_576.0

    /// Points of a known model, with relative noise of time up to `noise`.
    private func points(
        _ threads: [Int], serial: Double, parallel: Double, noise: Double = 0, seed: UInt64 = 1
    ) -> [ThreadScaling.Point] {
        var generator = SplitMix64(seed: seed)
        return threads.map { count in
            func speed() -> Double {
                Self.mebibyte / ((serial + parallel / Double(count)) * (1 + Double.random(in: -noise...noise, using: &generator)))
            }
            return ThreadScaling.Point(threads: count, compressionSpeed: speed(), decompressionSpeed: 2 * speed())
        }
    }

    private func isNear(_ value: Double, _ expected: Double, within share: Double = 1e-9) -> Bool {
        (value - expected).magnitude <= share * expected.magnitude
    }

    /// Nothing but 10 us for a block of 1 MiB.
    private let light = SerialWork(microsecondsPerBlock: 10, blockSize: 1 << 20, remainder: 0.5, outputSpeed: nil)

    @Test func recoversAKnownModel() throws {
        let scaling = try #require(
            ThreadScaling.fitted(setting: "3", points: points([1, 2, 4, 8], serial: 5e-4, parallel: 1e-2), serial: light))
        #expect(isNear(scaling.compression.serialSeconds, 5e-4))
        #expect(isNear(scaling.compression.parallelSeconds, 1e-2))
        #expect(isNear(scaling.decompression.serialSeconds, 2.5e-4))
        #expect(try #require(scaling.compression.error) < 1e-9)
        #expect(isNear(scaling.compression.speed(64), Self.mebibyte / (5e-4 + 1e-2 / 64)))
        #expect(scaling.serialMicrosecondsPerBlock == 10)
    }

    @Test(arguments: 0..<20) func staysNearUnderNoise(_ index: Int) throws {
        let seed = SplitMix64.runSeed &+ UInt64(index)
        let points = points([1, 2, 3, 4, 6, 8, 12, 16], serial: 5e-4, parallel: 1e-2, noise: 0.03, seed: seed)
        let scaling = try #require(ThreadScaling.fitted(setting: "3", points: points, serial: nil))
        #expect(isNear(scaling.compression.speed(16), Self.mebibyte / (5e-4 + 1e-2 / 16), within: 0.1), "seed \(seed)")
        #expect(try #require(scaling.compression.error) < 0.03, "seed \(seed)")
    }

    @Test func neverFitsNegativeWork() throws {
        // Faster than linear: the serial part would be below 0.
        let speeds = [(1, 100e6), (2, 220e6), (4, 480e6)]
        let points = speeds.map { ThreadScaling.Point(threads: $0, compressionSpeed: $1, decompressionSpeed: 100e6) }
        let scaling = try #require(ThreadScaling.fitted(setting: "3", points: points, serial: nil))
        #expect(scaling.compression.serialSeconds == 0)
        #expect(scaling.compression.parallelSeconds > 0)
        // Decompression gains nothing from workers: all of it is serial.
        #expect(scaling.decompression.parallelSeconds < 1e-12)
        #expect(isNear(scaling.decompression.speed(64), 100e6, within: 1e-6))
    }

    @Test func theMeasuredSerialWorkIsAFloor() throws {
        let linear = points([1, 2, 4, 8], serial: 0, parallel: 1e-2)
        let scaling = try #require(ThreadScaling.fitted(setting: "3", points: linear, serial: light))
        #expect(isNear(scaling.compression.serialSeconds, 1e-5))
        #expect(scaling.compression.speed(1_000_000) < Self.mebibyte / 1e-5)
    }

    @Test func twoPointsDoNotFitTheSerialPart() throws {
        let scaling = try #require(ThreadScaling.fitted(setting: "3", points: points([1, 2], serial: 1e-3, parallel: 1e-2), serial: light))
        #expect(isNear(scaling.compression.serialSeconds, 1e-5))
        // The parallel part takes what is left, and the error says how badly.
        #expect(try #require(scaling.compression.error) > 0.01)
        #expect(
            scaling.assumptions[0] == "The speeds of 1, 2 workers are too few to fit the serial part; it is what was measured directly. "
                + "The predictions are upper bounds.")
        // 1 MiB in 1e-3 + 1e-2 / 64 s.
        #expect(scaling.assumptions[1].contains("64 workers would compress at 907 MB/s and decompress at 1.81 GB/s"))
    }

    @Test func onePointIsTakenAsItIs() throws {
        let scaling = try #require(ThreadScaling.fitted(setting: "lz4", points: points([1], serial: 0, parallel: 1e-2), serial: nil))
        #expect(isNear(scaling.compression.speed(1), Self.mebibyte / 1e-2))
        #expect(scaling.compression.error == nil)
        #expect(scaling.serialMicrosecondsPerBlock == nil)
        #expect(scaling.assumptions[0].contains("The speeds of 1 worker are too few"))
        #expect(scaling.assumptions[0].contains("taken to be nothing"))
        #expect(!scaling.assumptions.contains { $0.contains("If all that is lost") })
    }

    @Test func noPointsAreNoModel() {
        #expect(ThreadScaling.fitted(setting: "3", points: [], serial: light) == nil)
        let none = ThreadScaling.Point(threads: 0, compressionSpeed: 1, decompressionSpeed: 1)
        let still = ThreadScaling.Point(threads: 1, compressionSpeed: 0, decompressionSpeed: 1)
        #expect(ThreadScaling.fitted(setting: "3", points: [none, still], serial: light) == nil)
    }

    @Test func orderedWritingIsSerialWork() throws {
        let serial = SerialWork(microsecondsPerBlock: 8, blockSize: 4 << 20, remainder: 0.25, outputSpeed: 2e9)
        #expect(isNear(serial.compressionSeconds, 2e-6 + 0.25 * Self.mebibyte / 2e9))
        #expect(isNear(serial.decompressionSeconds, 2e-6 + Self.mebibyte / 2e9))
        let scaling = try #require(ThreadScaling.fitted(setting: "3", points: points([1, 2], serial: 0, parallel: 1e-2), serial: serial))
        #expect(scaling.decompression.speed(100_000) < 2e9)
        #expect(scaling.assumptions.contains { $0.contains("one writer at a time, at 2.00 GB/s") })
        #expect(scaling.assumptions.contains("The input has a block for each worker: 512 MiB for 128."))
    }

    @Test func serialWorkNeverTakesMoreThanEverything() throws {
        let heavy = SerialWork(microsecondsPerBlock: 1e6, blockSize: 1 << 20, remainder: 1, outputSpeed: nil)
        let scaling = try #require(ThreadScaling.fitted(setting: "3", points: points([1, 2], serial: 0, parallel: 1e-2), serial: heavy))
        #expect(scaling.compression.serialSeconds == 5e-3, "all that two workers take")
        #expect(scaling.compression.parallelSeconds >= 0)
    }

    @Test func efficiencyIsAgainstTheFewestWorkers() throws {
        let points = [(2, 200e6), (4, 300e6)].map { ThreadScaling.Point(threads: $0, compressionSpeed: $1, decompressionSpeed: $1) }
        let scaling = try #require(ThreadScaling.fitted(setting: "3", points: points, serial: nil))
        #expect(scaling.efficiency(points[0], \.compressionSpeed) == 1)
        #expect(scaling.efficiency(points[1], \.compressionSpeed) == 0.75)
        let predicted = try #require(scaling.predictedEfficiency(64, \.compression, \.compressionSpeed))
        #expect(isNear(predicted, scaling.compression.speed(64) / 64 / 100e6))
    }
}

@Suite struct SerialWorkTests {
    /// A clock that stands still while nothing is stored. Storing takes 7 us for a block and 1 ns for four bytes, and a while more at first.
    private final class FakeStore {
        static let byteCount = 1 << 20
        var time: UInt64 = 5
        var sizes: [Int] = []

        var clock: Clock { Clock(shortestSpan: 1) { self.time } }

        func store(_ blockSize: Int) {
            sizes.append(blockSize)
            time += UInt64(Self.byteCount / blockSize * 7000 + Self.byteCount / 4) + (sizes.count < 3 ? 1_000_000 * UInt64(sizes.count) : 0)
        }
    }

    @Test @MainActor func isWhatABlockCostsApartFromItsBytes() async throws {
        let fake = FakeStore()
        let time = await SerialWork.microsecondsPerBlock(byteCount: FakeStore.byteCount, runs: 3, clock: fake.clock) { fake.store($0) }
        #expect(try #require(time) == 7)
        #expect(fake.sizes == [4096, 65_536, 4096, 65_536, 4096, 65_536, 4096, 65_536], "in turn, after a warm-up")
    }

    @Test func theMedianCounts() async throws {
        let fake = FakeStore()
        let time = await SerialWork.microsecondsPerBlock(byteCount: FakeStore.byteCount, runs: 3, clock: fake.clock) { size in
            fake.store(size)
            if fake.sizes.count == 5 { fake.time += 1_000_000_000 }
        }
        #expect(try #require(time) == 7)
    }

    @Test func isNotBelowNothing() async {
        var time: UInt64 = 0
        let clock = Clock(shortestSpan: 1) { time }
        #expect(await SerialWork.microsecondsPerBlock(byteCount: 1 << 20, runs: 2, clock: clock) { time += UInt64($0) } == 0)
        #expect(await SerialWork.microsecondsPerBlock(byteCount: 4096, runs: 2, clock: clock) { time += UInt64($0) } == nil)
        #expect(await SerialWork.microsecondsPerBlock(byteCount: 1 << 20, runs: 0, clock: clock) { time += UInt64($0) } == nil)
    }

    @Test func handsOnWhatStoringThrows() async {
        struct Full: Error {}
        let clock = Clock(shortestSpan: 1) { 0 }
        await #expect(throws: Full.self) {
            try await SerialWork.microsecondsPerBlock(byteCount: 1 << 20, runs: 1, clock: clock) { _ in throw Full() }
        }
    }
}
