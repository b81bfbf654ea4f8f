import Kernels
import Testing

@Suite struct HuffmanCodeTests {
    /// Lengths of `counts`, and their cost as the kernel states it.
    static func lengths(_ counts: [UInt32]) -> (lengths: [UInt8], bits: Int) {
        let workspace = UnsafeMutableRawPointer.allocate(byteCount: CodeLengths.workspaceSize, alignment: 64)
        defer { workspace.deallocate() }
        var lengths = Array(repeating: UInt8(99), count: 256)
        let bits = CodeLengths.assign(counts, lengths: &lengths, workspace: workspace)
        return (lengths, bits)
    }

    private static func check(_ counts: [UInt32], _ comment: String) -> Int {
        let (lengths, bits) = lengths(counts)
        let kraft = lengths.reduce(0) { $0 + ($1 == 0 ? 0 : 4096 >> Int($1)) }
        #expect(kraft == 4096, "\(comment)")
        #expect((0..<256).allSatisfy { (lengths[$0] == 0) == (counts[$0] == 0) && lengths[$0] <= 12 }, "\(comment)")
        #expect(bits == (0..<256).reduce(0) { $0 + Int(lengths[$1]) * Int(counts[$1]) }, "\(comment)")
        return bits
    }

    @Test func optimalForFewSymbols() {
        for seed in 0..<120 as Range<UInt64> {
            var random = HuffmanRandom(seed: seed)
            let counts = random.counts(symbols: 2 + Int(seed % 30), octaves: 1 + seed % 24)
            #expect(Self.check(counts, "seed \(seed)") == LimitedLengthOracle.bits(counts), "seed \(seed)")
        }
    }

    @Test func optimalForManySymbols() {
        for (seed, symbols) in [(1, 256), (2, 255), (3, 200), (4, 100), (5, 64)] {
            var random = HuffmanRandom(seed: UInt64(seed))
            for octaves in [1, 4, 18] as [UInt64] {
                let counts = random.counts(symbols: symbols, octaves: octaves)
                #expect(Self.check(counts, "seed \(seed)") == LimitedLengthOracle.bits(counts), "seed \(seed), \(octaves) octaves")
            }
        }
    }

    @Test func extremes() {
        func counts(_ used: [UInt32]) -> [UInt32] { used + Array(repeating: 0, count: 256 - used.count) }
        #expect(Self.check(counts([1, 1_000_000]), "two") == 1_000_001)
        #expect(Self.check(counts([1_000_000, 1, 1]), "three") == 1_000_004)
        #expect(Self.check(Array(repeating: 4096, count: 256), "flat") == 8 << 20)
        var fibonacci: [UInt32] = [1, 1]
        while fibonacci.count < 30 { fibonacci.append(fibonacci[fibonacci.count - 1] + fibonacci[fibonacci.count - 2]) }
        let limited = counts(fibonacci)
        #expect(Self.check(limited, "Fibonacci") == LimitedLengthOracle.bits(limited))
        let few = counts(Array(repeating: 4, count: 3))
        #expect(Self.check(few, "three alike") == LimitedLengthOracle.bits(few))
        let skewed = [1_000_000] + Array(repeating: UInt32(1), count: 255)
        #expect(Self.check(skewed, "skewed") == LimitedLengthOracle.bits(skewed))
    }

    /// Fibonacci's numbers make the deepest trees: with 13 of them Huffman's code is just short enough, with 14 it is not.
    @Test(arguments: 2...30) func fibonacci(_ symbols: Int) {
        var weights: [UInt32] = [1, 1]
        while weights.count < symbols { weights.append(weights[weights.count - 1] + weights[weights.count - 2]) }
        for isReversed in [false, true] {
            let counts = (isReversed ? weights.reversed() : weights) + Array(repeating: 0, count: 256 - symbols)
            #expect(Self.check(counts, "\(symbols) symbols") == LimitedLengthOracle.bits(counts), "\(symbols) symbols")
        }
    }

    /// Few heavy symbols among many light ones: long codes at one end, and a shortest length that package-merge may rely on.
    @Test(arguments: [1, 2, 3, 5, 8, 20]) func heavySymbols(_ heavy: Int) {
        for weight in [2, 16, 300, 5000, 200_000] as [UInt32] {
            let counts = (0..<256).map { symbol -> UInt32 in
                symbol >= 90 ? 0 : symbol % 4 == 3 && symbol / 4 < heavy ? weight : UInt32(1 + symbol % 2)
            }
            #expect(Self.check(counts, "\(heavy) of \(weight)") == LimitedLengthOracle.bits(counts), "\(heavy) of \(weight)")
        }
    }

    @Test func canonicalTables() {
        for seed in 0..<40 as Range<UInt64> {
            var random = HuffmanRandom(seed: seed)
            let lengths = Self.lengths(random.counts(symbols: 2 + Int(random.next() % 255), octaves: 1 + seed % 20)).lengths
            let code = HuffmanCode(at: .allocate(byteCount: HuffmanCode.size, alignment: 64))
            defer { code.base.deallocate() }
            code.lengths.update(from: lengths, count: 256)
            code.build()
            let order = (0..<256).filter { lengths[$0] > 0 }.sorted { (lengths[$0], $0) < (lengths[$1], $1) }
            var next = 0  // The next code, left-aligned in 16 bits.
            for (rank, symbol) in order.enumerated() {
                let length = Int(lengths[symbol])
                #expect(code.ranked[rank] == symbol && Int(code.entries[symbol]) == (next >> (16 - length)) << 4 | length, "seed \(seed)")
                #expect(next < code.limits[length] && (length == 1 || next >= code.limits[length - 1]), "seed \(seed)")
                #expect(UInt16(next >> (16 - length)) &+ code.offsets[length] == rank, "seed \(seed)")
                next += 1 << (16 - length)
            }
            #expect(next == 65_536)
        }
    }
}

/// The least cost of a code limited to 12 bits, by another way than package-merge: level by level from the root, how many of the
/// `nodes` become leaves. Symbols are taken by falling weight; each one not taken yet costs one bit more at each level.
enum LimitedLengthOracle {
    static func bits(_ counts: [UInt32]) -> Int {
        let weights = counts.filter { $0 > 0 }.map { Int($0) }.sorted(by: >)
        var rest = Array(repeating: 0, count: weights.count + 1)  // Weight of the symbols from an index on.
        for index in weights.indices.reversed() { rest[index] = rest[index + 1] + weights[index] }
        // At a level: cost by symbols taken and nodes that are not leaves; more nodes than symbols are of no use.
        let width = weights.count + 1
        let none = Int.max / 2
        var costs = Array(repeating: none, count: width * width)
        costs[1] = 0
        for _ in 1...12 {
            var next = Array(repeating: none, count: width * width)
            for taken in 0..<width - 1 {
                for inner in 1..<width where costs[taken * width + inner] < none {
                    let cost = costs[taken * width + inner] + rest[taken]
                    let nodes = min(2 * inner, weights.count - taken)
                    for leaves in 0...nodes {
                        let place = (taken + leaves) * width + nodes - leaves
                        if next[place] > cost { next[place] = cost }
                    }
                }
            }
            for taken in [width - 1] { next[taken * width] = min(next[taken * width], costs[taken * width]) }
            costs = next
        }
        return costs[(width - 1) * width]
    }
}
