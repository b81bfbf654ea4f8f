import Kernels
import TestSupport
import Testing

/// Counts how often it is asked, and says of each position what it is told to say.
private final class CountingSearch: CandidateSearch {
    let bound: UInt32 = 1 << 30
    private(set) var lookups = 0
    private let answer: (UInt64, UInt32) -> UInt32

    init(_ answer: @escaping (UInt64, UInt32) -> UInt32) { self.answer = answer }

    func exchange(_ word: UInt64, _ position: UInt32) -> UInt32 {
        lookups += 1
        return answer(word, position)
    }
}

/// A sequence of `count` bytes of `symbols` values in which no word of `order` symbols comes twice, as long as it lasts.
private func deBruijn(_ symbols: Int, _ order: Int, _ count: Int) -> [UInt8] {
    // Source: Fredricksen and Maiorana, "Necklaces of beads in k colors and k-ary de Bruijn sequences", 1978.
    var word = Array(repeating: 0, count: symbols * order)
    var output: [UInt8] = []
    func extend(_ at: Int, _ period: Int) {
        if output.count >= count { return }
        if at > order {
            if order % period == 0 { output += word[1...period].map { UInt8($0) } }
            return
        }
        word[at] = word[at - period]
        extend(at + 1, period)
        for symbol in stride(from: word[at - period] + 1, to: symbols, by: 1) {
            word[at] = symbol
            extend(at + 1, at)
        }
    }
    extend(1, 1)
    return Array(output.prefix(count))
}

@Suite("work of the fast and double hash parsers")
struct ChunkParserWorkTests {
    private static let inputs: [(String, [UInt8])] = {
        let noise = SampleInput.random.bytes(30_000)
        let periods = (2...64).map { period in ("period \(period)", (0..<10_000).map { noise[$0 % period] }) }
        return periods + [
            ("one byte", Array(repeating: 7, count: 60_000)),
            ("de Bruijn", deBruijn(4, 8, 60_000)), ("de Bruijn of bytes", deBruijn(200, 2, 40_000)),
            ("a long repeat", noise + noise), ("random", noise), ("text", SampleInput.text.bytes(60_000)),
        ]
    }()

    private func lookups(
        _ content: [UInt8], lazy: Bool, _ answer: @escaping (UInt64, UInt32) -> UInt32
    ) -> (lookups: Int, sequences: Int) {
        let search = CountingSearch(answer)
        var settings = LZSettings()
        settings.lazySteps = lazy ? 1 : 0
        let memory = GuardedBuffer(content + Array(repeating: 0, count: 128), slack: 0)
        let input = memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        let workspace = GuardedBuffer(count: ChunkParser.workspaceSize, slack: 0)
        var sequences = Array(repeating: LZSequence(literalCount: 0, matchCount: 0, distance: 0), count: content.count / 4 + 1)
        let found = ChunkParser.parse(search, input, content.count, settings, workspace.bytes.baseAddress!, &sequences)
        return (search.lookups, found)
    }

    @Test("no position is looked up twice, whatever the candidates are", arguments: [false, true])
    func positions(lazy: Bool) {
        for (name, content) in Self.inputs {
            let count = UInt32(content.count)
            var last: [UInt64: UInt32] = [:]
            let candidates: [(UInt64, UInt32) -> UInt32] = [
                { word, position in last.updateValue(position, forKey: word & 0xFF_FFFF_FFFF) ?? 1 << 30 },
                // As collisions give them: always one and nearly never a match; ahead of the position; the position itself.
                { _, _ in 0 }, { _, position in position &* 0x9E37_79B1 % count }, { _, position in position },
            ]
            for candidate in candidates {
                #expect(lookups(content, lazy: lazy, candidate).lookups <= content.count, "\(name)")
            }
        }
    }

    @Test("noise is looked at every sixteenth byte or so")
    func noise() {
        let content = SampleInput.random.bytes(200_000)
        let work = lookups(content, lazy: true) { _, _ in 1 << 30 }
        #expect(work.sequences == 0)
        #expect(work.lookups < content.count / 8)
    }
}
