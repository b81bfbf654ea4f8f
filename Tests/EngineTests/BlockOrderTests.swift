@testable import Engine
import Format
import TestSupport
import Testing

/// Swapped, repeated, dropped and replaced blocks: each block is intact by itself, and the archive is not.
@Suite struct BlockOrderTests {
    @Test func noRearrangementIsTakenForAnArchive() async throws {
        let sample = try await SalvageTests.Sample(blocks: 6)
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let whole = (0..<6).map { Array(sample.archive[sample.stored($0)]) }
        let head = Array(sample.archive[..<sample.stored(0).lowerBound])
        let tail = Array(sample.archive[sample.stored(5).upperBound...])
        var tested = 0
        for _ in 0..<3000 {
            let order = (0..<Int.random(in: 4...8, using: &random)).map { _ in Int.random(in: 0..<6, using: &random) }
            if order == Array(0..<6) { continue }
            let rearranged = head + order.flatMap { whole[$0] } + tail
            for reader in Reader.allCases {
                #expect((try? await reader.read(rearranged)) == nil, "order \(order) through \(reader), seed \(random.seed)")
            }
            // What comes out before the first wrong block is right.
            let sink = MemorySink()
            _ = try? await DecompressionEngine(workers: 2).run(from: InputBytes(MemoryInput(rearranged)), to: sink)
            #expect(sample.raw.starts(with: sink.bytes), "order \(order), seed \(random.seed)")
            tested += 1
        }
        print("rearranged archives: tested \(tested), seed \(random.seed)")
    }
}
