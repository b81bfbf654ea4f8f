import TestSupport
import Testing

@testable import Measurement

@Suite struct TimingsTests {
    @Test func findsBestMedianAndSpread() {
        let odd = Timings([5, 2, 9])
        #expect(odd.best == 2)
        #expect(odd.median == 5)
        #expect(odd.worst == 9)
        #expect(odd.spread == 4.5)
        #expect(Timings([4, 1, 3, 2]).median == 2.5)
        #expect(Timings([7]).median == 7)
        #expect(Timings([7]).spread == 1)
    }

    @Test func slowDoesNotGrowWithTheCount() {
        #expect(Timings([5, 1, 4, 2, 3]).slow == 4)
        #expect(Timings((1...25).map { Double($0) }).slow == 20)
        #expect(Timings([7]).slow == 7)
        #expect(Timings([1, 9]).slow == 9)
        #expect(Timings([1, 9, 2]).slow == 9)
        #expect(Timings().slow == nil)
    }

    @Test func moreSamplesSayMoreOfTheMedian() {
        #expect(Timings([5, 1, 4, 2, 3]).medianRange == 1...5)
        #expect(Timings([7]).medianRange == 7...7)
        #expect(Timings((1...9).reversed().map { Double($0) }).medianRange == 2...8)
        #expect(Timings((1...25).map { Double($0) }).medianRange == 8...18)
        // However slow the slowest are.
        #expect(Timings((1...24).map { Double($0) } + [1e9]).medianRange == 8...18)
        #expect(Timings((1...30).map { Double($0) }).medianRange.map { $0.contains(15.5) } == true)
    }

    /// Of many medians of random samples the range holds the true one as often as it says.
    @Test(arguments: [5, 9, 16, 50]) func theRangeHoldsTheMedian(_ count: Int) {
        var generator = SplitMix64(seed: 7)
        let hits = (0..<1000).count { _ in
            // Skewed, as times are: the median of 1/u is 2.
            Timings((0..<count).map { _ in 1 / Double.random(in: 0.001...1, using: &generator) }).medianRange?.contains(1 / 0.5005) == true
        }
        #expect(hits > 910)
    }

    @Test func hasNothingToSayWithoutSamples() {
        let empty = Timings()
        #expect(empty.best == nil)
        #expect(empty.median == nil)
        #expect(empty.spread == nil)
        #expect(empty.medianRange == nil)
        #expect(Timings([0, 1]).spread == nil)
    }

    @Test func keepsTheOrderOfSamples() {
        var timings = Timings()
        for sample in [3.0, 1, 2] { timings.append(sample) }
        #expect(timings.samples == [3, 1, 2])
        #expect(timings.count == 3)
    }
}

@Suite struct EntropyTests {
    private func entropy(_ bytes: [UInt8]) -> Double { bytes.withUnsafeBytes { Entropy.orderZero($0) } }

    @Test func isThatOfKnownDistributions() {
        #expect(entropy([]) == 0)
        #expect(entropy([7, 7, 7]) == 0)
        #expect(entropy([0, 1]) == 1)
        #expect(entropy((0...255).map { UInt8($0) }) == 8)
        #expect(abs(entropy([0, 0, 0, 1]) - 0.811_278) < 1e-6)
    }
}

@Suite struct ChunkSampleTests {
    @Test func takesAllChunksThatFit() {
        let sample = ChunkSample(fileSize: 10_000, chunkSize: 4096, sampleSize: 1 << 20)
        #expect(sample.chunkCount == 2)
        #expect(sample.offsets == [0, 4096])
    }

    @Test func takesAShortFileWhole() {
        let sample = ChunkSample(fileSize: 100, chunkSize: 4096, sampleSize: 4096)
        #expect(sample.chunkSize == 100)
        #expect(sample.chunkCount == 1)
        #expect(sample.offsets == [0])
    }

    @Test func takesOneChunkAtLeast() {
        #expect(ChunkSample(fileSize: 1 << 20, chunkSize: 8192, sampleSize: 1).offsets == [0])
    }

    @Test(arguments: [2, 3, 7, 64, 99, 100])
    func spreadsFromTheFirstToTheLast(_ wanted: Int) {
        let sample = ChunkSample(fileSize: 100 * 4096 + 17, chunkSize: 4096, sampleSize: wanted * 4096)
        #expect(sample.offsets.count == wanted)
        #expect(sample.offsets.first == 0)
        #expect(sample.offsets.last == 99 * 4096)
        let distances = zip(sample.offsets, sample.offsets.dropFirst()).map { ($1 - $0) / 4096 }
        #expect(distances.max()! - distances.min()! <= 1)
        #expect(distances.min()! >= 1)
    }

    @Test(arguments: [(4096, 64), (128 << 10, 64), (1 << 20, 8), (8 << 20, 1)])
    func boundsTheDefault(_ chunkSize: Int, _ count: Int) {
        #expect(ChunkSample(fileSize: 1 << 30, chunkSize: chunkSize).offsets.count == count)
    }

    @Test func survivesTheLargestFile() {
        let sample = ChunkSample(fileSize: .max)
        #expect(sample.offsets.count == 64)
        #expect(sample.offsets.last == (Int.max / (128 << 10) - 1) * (128 << 10))
    }
}
