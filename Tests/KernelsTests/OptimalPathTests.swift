import Kernels
import TestSupport
import Testing

/// A segment with all its matches, and prices for it.
private final class PathCase {
    let content: [UInt8]
    let minimumMatch: Int
    let prices: ParsePrices
    private let memory: GuardedBuffer
    private let tables = GuardedBuffer(count: ParseStatistics.workspaceSize + ParsePrices.workspaceSize, slack: 0)
    private let workspace = GuardedBuffer(count: (OptimalPath.workspaceSize + 63) & ~63, slack: 0, noise: 0x11)

    init(_ content: [UInt8], minimumMatch: Int) {
        self.content = content
        self.minimumMatch = minimumMatch
        memory = GuardedBuffer(content)
        let place = tables.bytes.baseAddress!
        let statistics = ParseStatistics(at: place)
        prices = ParsePrices(at: place + ParseStatistics.workspaceSize)
        statistics.guess(input, content.count)
        prices.set(statistics)
    }

    private var input: UnsafePointer<UInt8> { UnsafePointer(memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)) }

    /// Makes repeats as dear as new distances, so that the way to a position does not change what goes on from it.
    func priceRepeatsAsNew() {
        for token in 0..<64 { for place in 1...3 { prices.tokens[token + 64 * place] = 1 << 20 } }
    }

    /// The nearest distance for each length, at each position.
    func allMatches() -> (firsts: [UInt32], matches: [LZMatch]) {
        var firsts: [UInt32] = []
        var matches: [LZMatch] = []
        for at in content.indices {
            // What is longer is no part of a segment.
            let end = min(content.count, at + 255)
            firsts.append(UInt32(matches.count))
            var best = minimumMatch - 1
            for earlier in (0..<at).reversed() {
                let length = (at..<end).prefix { content[$0] == content[earlier + $0 - at] }.count
                if length > best { matches.append(LZMatch(length: UInt32(length), distance: UInt32(at - earlier))) }
                best = max(best, length)
            }
        }
        return (firsts + [UInt32(matches.count)], matches)
    }

    /// The parser's path and its price.
    func path() -> (sequences: [LZSequence], cost: Int) {
        var settings = LZSettings()
        settings.minimumMatch = minimumMatch
        settings.targetLength = 256
        var path = OptimalPath(input, settings: settings, prices: prices, workspace: workspace.bytes.baseAddress!)
        let (firsts, matches) = allMatches()
        let states = path.cover(0, content.count, firsts, matches + [LZMatch(length: 0, distance: 0)], from: OptimalPath.Border())
        let state = path.cheapest(states)
        var sequences = Array(repeating: LZSequence(literalCount: 0, matchCount: 0, distance: 0), count: content.count + 1)
        let found = path.trace(path.lastMatchEnd(states, state), into: &sequences)
        let costs = [states.costs.0, states.costs.1, states.costs.2, states.costs.3]
        #expect(workspace.isIntact)
        return (Array(sequences[..<found]), costs[state])
    }

    // MARK: Prices, told again

    /// A sequence without its literals.
    func price(_ literals: Int, _ length: Int, _ distance: UInt32, _ place: Int) -> Int {
        let extra = length - minimumMatch
        var price = Int(prices.tokens[place << 6 | min(literals, 3) << 4 | min(extra, 15)])
        if extra >= 15 { price += Int(prices.matchLengths[min(extra - 15, 255)]) }
        if literals >= 3 { price += Int(prices.literalLengths[min(literals - 3, 255)]) }
        guard place == 0 else { return price }
        let bits = max(0, 28 - distance.leadingZeroBitCount)
        price += Int(prices.classes[8 * bits + Int(distance >> UInt32(bits))])
        return bits < 4 ? price : price + Int(prices.lowBits[Int(distance & 15)])
    }

    /// All of a parse, up to the states' price of the literals that are still open: they have no token yet.
    func price(_ sequences: [LZSequence], withRepeats: Bool) -> Int {
        var history = LZHistory()
        var at = 0
        var total = 0
        for sequence in sequences {
            let place = history.use(sequence.distance)
            for _ in 0..<sequence.literalCount { total += literal(&at) }
            total += price(Int(sequence.literalCount), Int(sequence.matchCount), sequence.distance, withRepeats ? place : 0)
            at += Int(sequence.matchCount)
        }
        let open = content.count - at
        while at < content.count { total += literal(&at) }
        return open >= 3 ? total + Int(prices.literalLengths[min(open - 3, 255)]) : total
    }

    private func literal(_ at: inout Int) -> Int {
        defer { at += 1 }
        return Int(prices.literals[Int(content[at])])
    }

    // MARK: Every parse

    private struct Key: Hashable {
        var at, literals: Int
        var recent: [UInt32]
    }

    /// The least price that any parse with these matches has.
    func least(withRepeats: Bool) -> Int {
        let (firsts, matches) = allMatches()
        var known: [Key: Int] = [:]
        func least(_ at: Int, _ literals: Int, _ history: LZHistory) -> Int {
            if at == content.count { return literals >= 3 ? Int(prices.literalLengths[min(literals - 3, 255)]) : 0 }
            let key = Key(at: at, literals: literals, recent: [history.first, history.second, history.third])
            if let cost = known[key] { return cost }
            var best = least(at + 1, literals + 1, history) + Int(prices.literals[Int(content[at])])
            var candidates = Array(matches[Int(firsts[at])..<Int(firsts[at + 1])])
            if withRepeats {
                for distance in [history.first, history.second, history.third] where distance <= at {
                    let length = (at..<content.count).prefix { content[$0] == content[$0 - Int(distance)] }.count
                    candidates.append(LZMatch(length: UInt32(length), distance: distance))
                }
            }
            for match in candidates where Int(match.length) >= minimumMatch {
                for length in minimumMatch...Int(match.length) {
                    var next = history
                    let place = next.use(match.distance)
                    let cost = price(literals, length, match.distance, withRepeats ? place : 0)
                    best = min(best, cost + least(at + length, 0, withRepeats ? next : history))
                }
            }
            known[key] = best
            return best
        }
        return least(0, 0, LZHistory())
    }
}

@Suite("optimal path")
struct OptimalPathTests {
    /// Small inputs with many ways through them.
    private func inputs(_ count: Int) -> [[UInt8]] {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        return (0..<count).map { index in
            let symbols = 2 + index % 3
            var bytes: [UInt8] = []
            while bytes.count < 14 + index % 9 {
                let copy = bytes.count > 4 && random.next() % 3 == 0
                let from = copy ? Int.random(in: 0..<bytes.count - 3, using: &random) : 0
                if copy { bytes += bytes[from..<from + 4] } else { bytes.append(UInt8.random(in: 0..<UInt8(symbols), using: &random)) }
            }
            return bytes
        }
    }

    @Test("without repeats it is the best of all parses", arguments: [3, 4])
    func exhaustive(minimumMatch: Int) {
        for content in inputs(40) {
            let segment = PathCase(content, minimumMatch: minimumMatch)
            segment.priceRepeatsAsNew()
            let (sequences, cost) = segment.path()
            #expect(cost == segment.price(sequences, withRepeats: false), "\(content), seed \(SplitMix64.runSeed)")
            #expect(cost == segment.least(withRepeats: false), "\(content), seed \(SplitMix64.runSeed)")
        }
    }

    @Test("with repeats it is within a hundredth of the best", arguments: [3, 4])
    func repeats(minimumMatch: Int) {
        var found = 0
        var best = 0
        for content in inputs(40) {
            let segment = PathCase(content, minimumMatch: minimumMatch)
            let (sequences, cost) = segment.path()
            #expect(cost == segment.price(sequences, withRepeats: true), "\(content), seed \(SplitMix64.runSeed)")
            found += cost
            best += segment.least(withRepeats: true)
        }
        #expect(found >= best)
        #expect(found * 100 <= best * 101, "\(found) against \(best), seed \(SplitMix64.runSeed)")
    }

    @Test("a path's price is that of its sequences", arguments: [SampleInput.text, .runs, .sparse, .table])
    func totals(input: SampleInput) {
        let segment = PathCase(input.bytes(500), minimumMatch: 3)
        let (sequences, cost) = segment.path()
        #expect(cost == segment.price(sequences, withRepeats: true), "seed \(SplitMix64.runSeed)")
    }
}
