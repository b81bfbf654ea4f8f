@testable import Engine
import Format
import TestSupport
import Testing

/// Swapped, repeated, dropped and replaced blocks: each block is intact by itself, and the archive is not.
@Suite struct BlockOrderTests {
    /// All orders of up to four blocks of three, in which each kind of rearrangement is by itself and beside each other.
    @Test func noShortRearrangementIsTakenForAnArchive() async throws {
        let archive = try await Rearranged(blocks: 3)
        var orders: [[Int]] = [[]]
        var longest = orders
        for _ in 1...4 {
            longest = longest.flatMap { (order: [Int]) -> [[Int]] in [order + [0], order + [1], order + [2]] }
            orders += longest
        }
        #expect(orders.count == 121)
        for order in orders where order != [0, 1, 2] { await archive.expectRefusal(order, "all orders") }
    }

    @Test func noRearrangementIsTakenForAnArchive() async throws {
        let archive = try await Rearranged(blocks: 6)
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for _ in 0..<(isLongRun ? 3000 : 400) {
            let order = (0..<Int.random(in: 4...8, using: &random)).map { _ in Int.random(in: 0..<6, using: &random) }
            if order != Array(0..<6) { await archive.expectRefusal(order, "seed \(random.seed)") }
        }
    }
}

/// The parts of an archive, to put together in another order.
private struct Rearranged {
    let raw: [UInt8]
    let head: [UInt8]
    let blocks: [[UInt8]]
    let tail: [UInt8]

    init(blocks count: Int) async throws {
        let sample = try await SalvageTests.Sample(blocks: count)
        raw = sample.raw
        blocks = (0..<count).map { Array(sample.archive[sample.stored($0)]) }
        head = Array(sample.archive[..<sample.stored(0).lowerBound])
        tail = Array(sample.archive[sample.stored(count - 1).upperBound...])
    }

    /// Expects every reader to refuse the blocks in this order, and what comes out before the first wrong one to be right.
    func expectRefusal(_ order: [Int], _ origin: String) async {
        let rearranged = head + order.flatMap { blocks[$0] } + tail
        for reader in Reader.allCases {
            #expect((try? await reader.read(rearranged)) == nil, "order \(order) through \(reader), \(origin)")
        }
        let sink = MemorySink()
        _ = try? await DecompressionEngine(workers: 2).run(from: InputBytes(MemoryInput(rearranged)), to: sink)
        #expect(raw.starts(with: sink.bytes), "order \(order), \(origin)")
    }
}
