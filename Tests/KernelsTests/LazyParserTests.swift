import Kernels
import TestSupport
import Testing

/// Settings as levels have them, with tables so small that rows overflow.
enum LazyParserCase: String, CaseIterable, CustomTestStringConvertible {
    case greedy, lazy, lazyShortest, lazyTwice, wideRows, withLongTable, accelerated

    var testDescription: String { rawValue }

    var settings: LZSettings {
        var settings = LZSettings()
        settings.hashLogarithm = 10
        settings.longHashLogarithm = self == .withLongTable ? 9 : 0
        settings.hashedBytes = self == .withLongTable || self == .lazyShortest ? 4 : 5
        settings.searchDepth = self == .greedy || self == .lazy ? 8 : self == .wideRows ? 32 : 16
        settings.lazySteps = self == .greedy ? 0 : self == .lazy ? 1 : 2
        settings.minimumMatch = self == .lazyShortest ? 3 : self == .accelerated ? 6 : 4
        settings.acceleration = self == .accelerated ? 3 : 1
        return settings
    }

    /// Parses a copy of `content` that is followed by 128 bytes of `slack` and an unmapped page.
    func parse(_ content: [UInt8], slack: UInt8 = 0) -> [LZSequence] {
        parse(content, followedBy: Array(repeating: slack, count: 128))
    }

    /// The same with any 128 bytes behind, and a workspace that holds noise.
    func parse(_ content: [UInt8], followedBy slack: [UInt8]) -> [LZSequence] {
        let memory = GuardedBuffer(content + slack, slack: 0)
        let input = memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        let workspace = GuardedBuffer(count: LazyParser.workspaceSize(settings), slack: 0, noise: 0x5C)
        let room = content.count / settings.minimumMatch + 1
        let output = GuardedBuffer(count: room * MemoryLayout<LZSequence>.stride, slack: 0)
        let sequences = output.bytes.baseAddress!.bindMemory(to: LZSequence.self, capacity: room)
        let found = LazyParser.parse(
            input, content.count, settings: settings, workspace: workspace.bytes.baseAddress!, sequences: sequences)
        #expect(workspace.isIntact && output.isIntact)
        return Array(UnsafeBufferPointer(start: sequences, count: found))
    }
}

@Suite("lazy parser")
struct LazyParserTests {
    @Test("sequences expand to the input, whatever follows it", arguments: LazyParserCase.allCases, SampleInput.allCases)
    func expands(parser: LazyParserCase, input: SampleInput) {
        let shortest = parser.settings.minimumMatch
        for count in [0, 1, 8, 31, 32, 33, 34, 63, 65, 300, 4097, 16_000] {
            let content = input.bytes(count)
            let sequences = parser.parse(content)
            #expect(expand(sequences, content, shortest: shortest) == content, "\(count) bytes, seed \(SplitMix64.runSeed)")
            // The slack repeats the input's last byte in one of these, so that a match would run on.
            #expect(parser.parse(content, slack: content.last ?? 1) == sequences, "\(count) bytes, seed \(SplitMix64.runSeed)")
        }
    }

    @Test("random pieces of random pieces expand to themselves", arguments: LazyParserCase.allCases)
    func pieces(parser: LazyParserCase) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        for round in 0..<40 {
            var content = (0..<64).map { _ in UInt8.random(in: 0...(round % 2 == 0 ? 3 : 255), using: &random) }
            while content.count < 2000 {
                let start = Int.random(in: 0..<content.count, using: &random)
                content += content[start..<min(content.count, start + Int.random(in: 1...90, using: &random))]
                if round % 3 != 0 { content.append(UInt8.random(in: 0...255, using: &random)) }
            }
            let sequences = parser.parse(content)
            #expect(expand(sequences, content, shortest: parser.settings.minimumMatch) == content, "seed \(seed), round \(round)")
        }
    }

    @Test("finds the repeats that are there", arguments: LazyParserCase.allCases)
    func finds(parser: LazyParserCase) {
        for period in [1, 2, 3, 5, 8, 31, 32, 33, 64] {
            let unit = SampleInput.random.bytes(period)
            let content = (0..<5000).map { unit[$0 % period] }
            let sequences = parser.parse(content)
            #expect(sequences.count <= 3, "period \(period)")
            #expect(sequences.reduce(0) { $0 + Int($1.matchCount) } >= 4850, "period \(period)")
        }
        let noise = SampleInput.random.bytes(800)
        #expect(parser.parse(noise + noise).contains { $0.distance == 800 && $0.matchCount > 700 })
    }

    @Test("the last byte that matches is taken and the one behind it is not", arguments: LazyParserCase.allCases)
    func lastByte(parser: LazyParserCase) {
        let noise = SampleInput.random.bytes(200)
        for length in 40...90 {
            var content = noise + noise.prefix(length)
            content.append(noise[length] ^ 1)
            content += SampleInput.random.bytes(200, seed: 9)
            let taken = parser.parse(content).first { $0.distance == 200 }
            #expect(taken.map { Int($0.matchCount) } == length)
        }
    }

    @Test("a repeat that goes on behind the end is not seen there", arguments: LazyParserCase.allCases)
    func continued(parser: LazyParserCase) {
        let noise = SampleInput.random.bytes(300)
        for length in 1...60 {
            let content = noise + noise.prefix(length)
            let continued = parser.parse(content, followedBy: Array(noise[length..<length + 128]))
            #expect(continued == parser.parse(content), "\(length) bytes repeated")
            #expect(expand(continued, content, shortest: parser.settings.minimumMatch) == content)
        }
    }

    @Test("a later match that gains more is preferred, an equal one is not")
    func later() {
        let noise = SampleInput.random.bytes(600)
        // At the first of these bytes six match; from the second one on, thirty.
        let near = Array(noise[100..<106]) + [1, 2, 3, 4, 5, 6, 7, 8]
        let far = Array(noise[101..<106]) + Array(noise[300..<325])
        let content = noise + near + far + SampleInput.random.bytes(100, seed: 3) + [noise[100]] + far + noise.suffix(60)
        let taken = { (parser: LazyParserCase) in parser.parse(content).map { Int($0.matchCount) } }
        #expect(taken(.lazy).contains(30))
        #expect(!taken(.greedy).contains(30))
    }
}

@Suite("row comparison")
struct RowCompareTests {
    @Test("each byte of each word counts, and both ways give the same")
    func same() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        for round in 0..<2000 {
            // Few values, and 0x00, 0x7F, 0x80 and 0xFF among them, for which carries between bytes would show.
            let words = (0..<8).map { _ in
                (0..<4).reduce(UInt32(0)) { word, _ in word &<< 8 | UInt32([0, 0x7F, 0x80, 0xFF, 1].randomElement(using: &random)!) }
            }
            let wanted = round % 2 == 0 ? words[round / 2 % 8] : UInt32(truncatingIfNeeded: random.next())
            var expected: UInt64 = 0
            for bit in 0..<32 where (words[bit / 4] ^ wanted) &>> UInt32(bit % 4 * 8) & 0xFF == 0 { expected |= 1 << UInt64(bit) }
            #expect(RowCompare.equalBytes(words, wanted) == expected, "seed \(seed), round \(round)")
            #expect(RowCompare.portableEqualBytes(words, wanted) == expected, "seed \(seed), round \(round)")
        }
    }
}
