import Kernels
import TestSupport
import Testing

private struct Counter: SearchMeter {
    var steps = 0
    mutating func add(_ steps: Int) { self.steps += steps }
}

/// A counter in which every word of two bytes of `symbols` values comes once: no match, and all words alike in frequency.
private func allPairs(_ symbols: Int, _ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    for a in 0..<symbols {
        bytes.append(UInt8(a))
        for b in a + 1..<symbols { bytes += [UInt8(a), UInt8(b)] }
    }
    return Array(bytes.prefix(count))
}

@Suite("work of the lazy parser")
struct LazyParserWorkTests {
    private static func steps(_ content: [UInt8], _ settings: LZSettings) -> Double {
        let memory = GuardedBuffer(content + Array(repeating: 0, count: 128), slack: 0)
        let input = memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        let workspace = GuardedBuffer(count: LazyRun<RowOf16, Counter>.workspaceSize(settings), slack: 0)
        var sequences = Array(repeating: LZSequence(literalCount: 0, matchCount: 0, distance: 0), count: content.count / 4 + 1)
        var counter = Counter()
        _ = LazyRun<RowOf16, Counter>.parse(
            input, content.count, settings, workspace.bytes.baseAddress!, &sequences, LongMatches(), &counter)
        return Double(counter.steps) / Double(content.count)
    }

    private static func settings(longTable: Bool) -> LZSettings {
        var settings = LZSettings()
        settings.hashLogarithm = 9
        settings.longHashLogarithm = longTable ? 9 : 0
        settings.hashedBytes = 5
        settings.searchDepth = 16
        settings.lazySteps = 2
        return settings
    }

    /// Words of five bytes, all with the hash of the first, each with `tail` behind it.
    private static func collisions(_ settings: LZSettings, count: Int, tail: [UInt8]) -> [UInt8] {
        let workspace = GuardedBuffer(count: RowHash<RowOf16>.workspaceSize(settings.hashLogarithm), slack: 0)
        let table = RowHash<RowOf16>(settings.hashLogarithm, hashedBytes: 5, at: workspace.bytes.baseAddress!)
        var random = SplitMix64(seed: 5)
        var bytes: [UInt8] = []
        while bytes.count < count {
            let word = random.next()
            let candidate = withUnsafeBytes(of: word.littleEndian) { Array($0) }
            if table.hash(candidate, 0) == 77 { bytes += candidate.prefix(5) + tail }
        }
        return bytes
    }

    @Test("no input takes more than four times the work of text", arguments: [false, true])
    func bounded(longTable: Bool) {
        let settings = Self.settings(longTable: longTable)
        let text = Self.steps(SampleInput.text.bytes(20_000), settings)
        let noise = SampleInput.random.bytes(8000)
        var inputs: [(String, [UInt8])] = [2, 3, 4, 5, 7, 8, 9, 16, 17, 31, 32, 33, 48, 63, 64].map { period in
            ("period \(period)", (0..<8000).map { noise[$0 % period] })
        }
        // Every 100 bytes something new: matches end, and all candidates are long.
        inputs.append(("broken period", (0..<16_000).map { $0 % 100 == 99 ? noise[$0 / 100] : noise[$0 % 100 % 7] }))
        inputs.append(("long candidates", (0..<16_000).map { $0 % 200 == 199 ? noise[$0 / 200] : noise[$0 % 200] }))
        inputs += [
            ("one byte", Array(repeating: 7, count: 16_000)), ("all pairs", allPairs(120, 12_000)),
            ("a long repeat", noise + noise), ("random", noise),
            ("collisions", Self.collisions(settings, count: 4000, tail: [])),
            ("collisions with equal bytes behind", Self.collisions(settings, count: 8000, tail: [1, 2, 3, 4, 5, 6])),
        ]
        for (name, content) in inputs {
            let work = Self.steps(content, settings)
            #expect(work < 4 * text, "\(name): \(work) steps a byte, text \(text)")
        }
    }

    @Test("noise is searched more and more rarely")
    func noise() {
        let settings = Self.settings(longTable: false)
        #expect(Self.steps(SampleInput.random.bytes(100_000), settings) < 0.2)
    }
}
