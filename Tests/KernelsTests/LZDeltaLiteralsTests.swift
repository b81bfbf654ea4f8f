import Kernels
import TestSupport
import Testing

/// What an encoder counts to choose between literals as they are and as differences, against arrays.
@Suite struct LZDeltaLiteralsTests {
    private static func sample(_ block: LZBlock, literals: Int) -> (plain: [UInt32], delta: [UInt32]) {
        let input = GuardedBuffer(block.bytes)
        var plain = [UInt32](repeating: 9, count: 256)
        var delta = plain
        LZDeltaLiterals.sample(
            input.readOnly.baseAddress!.assumingMemoryBound(to: UInt8.self), block.sequences, block.sequences.count, literalCount: literals,
            plain: &plain, delta: &delta)
        return (plain, delta)
    }

    /// Of few literals all are counted that stand before a match.
    @Test func countsAllOfFew() {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for count in [1, 2, 31, 32, 33, 100] {
            var block = LZBlock(sequences: 0, minimumMatch: 4, &random)
            for _ in 0..<count {
                let distance = Int.random(in: 1...40, using: &random)
                block.append(literals: Int.random(in: 0...30, using: &random), match: 4, distance: distance, &random)
            }
            let streams = block.written(minimumMatch: 4, lowBits: 0)
            let differences = block.written(minimumMatch: 4, lowBits: 0, hasDeltaLiterals: true)
            let counted = Self.sample(block, literals: streams.literals.count)
            #expect(counted.plain == Self.histogram(streams.literals), "seed \(random.seed), \(count)")
            #expect(counted.delta == Self.histogram(differences.literals), "seed \(random.seed), \(count)")
        }
    }

    /// Of many literals about as many are counted as of fewer, wherever they stand.
    @Test func countsPartsOfMany() {
        var random = SplitMix64(seed: SplitMix64.runSeed &+ 1)
        var block = LZBlock(sequences: 0, minimumMatch: 4, &random)
        for index in 0..<3000 { block.append(literals: index == 2000 ? 5000 : 10, match: 4, distance: 9, &random) }
        let streams = block.written(minimumMatch: 4, lowBits: 0)
        let counted = Self.sample(block, literals: streams.literals.count)
        #expect((4096...4096 + 32).contains(counted.plain.reduce(0, +)))
        #expect(counted.plain.reduce(0, +) == counted.delta.reduce(0, +))
        let all = Self.histogram(streams.literals)
        #expect(zip(counted.plain, all).allSatisfy { $0 <= $1 })
    }

    private static func histogram(_ bytes: [UInt8]) -> [UInt32] {
        bytes.reduce(into: [UInt32](repeating: 0, count: 256)) { $0[Int($1)] += 1 }
    }
}
