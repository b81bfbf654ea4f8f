import Kernels
import TestSupport
import Testing

/// Every parser with long matches to take.
enum LongParsingCase: String, CaseIterable, CustomTestStringConvertible {
    case fast, double, greedy, lazy

    var testDescription: String { rawValue }

    var settings: LZSettings {
        var settings = LZSettings()
        settings.minimumMatch = 4
        settings.hashLogarithm = 14
        settings.hashedBytes = 5
        settings.searchDepth = 8
        settings.lazySteps = self == .greedy ? 0 : 2
        settings.longHashLogarithm = self == .lazy ? 14 : 0
        settings.targetLength = 128
        return settings
    }

    /// Parses a copy of `content` that is followed by 128 bytes of `slack` and an unmapped page, in a workspace of noise.
    func parse(_ content: [UInt8], _ matches: [LongMatch], slack: UInt8 = 0) -> [LZSequence] {
        let settings = settings
        let memory = GuardedBuffer(content + Array(repeating: slack, count: 128), slack: 0)
        let input = UnsafePointer(memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self))
        let workspace = GuardedBuffer(count: (workspaceSize(content.count) + 63) / 64 * 64, slack: 0, noise: 0x5C)
        let room = content.count / settings.minimumMatch + 1
        let output = GuardedBuffer(count: room * MemoryLayout<LZSequence>.stride, slack: 0)
        let sequences = output.bytes.baseAddress!.bindMemory(to: LZSequence.self, capacity: room)
        let found = matches.withUnsafeBufferPointer { matches in
            let long = LongMatches(matches.baseAddress, count: matches.count)
            return parse(input, content.count, workspace.bytes.baseAddress!, sequences, long)
        }
        #expect(workspace.isIntact && output.isIntact)
        return Array(UnsafeBufferPointer(start: sequences, count: found))
    }

    private func workspaceSize(_ count: Int) -> Int {
        switch self {
        case .fast: FastParser.workspaceSize(settings)
        case .double: DoubleHashParser.workspaceSize(settings)
        case .greedy, .lazy: LazyParser.workspaceSize(settings)
        }
    }

    private func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, _ workspace: UnsafeMutableRawPointer, _ out: UnsafeMutablePointer<LZSequence>,
        _ long: LongMatches
    ) -> Int {
        switch self {
        case .fast: FastParser.parse(input, count, settings: settings, workspace: workspace, sequences: out, long: long)
        case .double: DoubleHashParser.parse(input, count, settings: settings, workspace: workspace, sequences: out, long: long)
        case .greedy, .lazy: LazyParser.parse(input, count, settings: settings, workspace: workspace, sequences: out, long: long)
        }
    }
}

@Suite("parsing with long matches")
struct LongParsingTests {
    @Test("sequences expand to the input, whatever follows it", arguments: LongParsingCase.allCases, SampleInput.allCases)
    func expands(parser: LongParsingCase, input: SampleInput) {
        for count in [65, 129, 300, 3000, 20_000] {
            let content = input.bytes(count)
            let matches = longMatches(content)
            let sequences = parser.parse(content, matches)
            let expanded = expand(sequences, content, shortest: parser.settings.minimumMatch)
            #expect(expanded == content, "\(count) bytes, seed \(SplitMix64.runSeed)")
            #expect(parser.parse(content, matches, slack: content.last!) == sequences, "\(count) bytes, seed \(SplitMix64.runSeed)")
        }
    }

    @Test("repeats of all sizes expand to themselves", arguments: LongParsingCase.allCases)
    func repeats(parser: LongParsingCase) {
        let seed = UInt64.random(in: 0...UInt64.max)
        for round in 0..<12 {
            let lengths = [64...80, 64...400, 200...2000][round % 3]
            var sample = PlantedRepeats(count: 12_000, lengths: lengths, seed: seed &+ UInt64(round))
            // The parser's own short matches reach into the long ones.
            if round % 2 == 0 { sample.content += SampleInput.text.bytes(3000) + sample.content.prefix(2000) }
            let matches = round % 4 < 2 ? sample.planted : longMatches(sample.content)
            let sequences = parser.parse(sample.content, matches)
            let expanded = expand(sequences, sample.content, shortest: parser.settings.minimumMatch)
            #expect(expanded == sample.content, "seed \(seed), round \(round)")
        }
    }

    @Test("matches that touch each other, the start and the end are taken", arguments: LongParsingCase.allCases)
    func touching(parser: LongParsingCase) {
        let noise = SampleInput.random.bytes(1000)
        let content = noise + noise.prefix(100) + noise[500..<600] + noise.prefix(64)
        let matches = [
            LongMatch(start: 1000, length: 100, distance: 1000), LongMatch(start: 1100, length: 100, distance: 600),
            LongMatch(start: 1200, length: 64, distance: 1200),
        ]
        let sequences = parser.parse(content, matches)
        #expect(expand(sequences, content, shortest: parser.settings.minimumMatch) == content)
        #expect(sequences.reduce(0) { $0 + Int($1.matchCount) } >= 200)
        #expect(parser.parse(content, []).isEmpty == false)
    }

    @Test("a repeat that the tables have forgotten is taken", arguments: LongParsingCase.allCases)
    func farRepeat(parser: LongParsingCase) {
        let old = SampleInput.text.bytes(4000, seed: 3)
        let content = old + SampleInput.table.bytes(60_000, seed: 4) + old
        let distance = UInt32(content.count - old.count)
        let sequences = parser.parse(content, longMatches(content))
        let taken = sequences.filter { $0.distance == distance }.reduce(0) { $0 + Int($1.matchCount) }
        #expect(taken > 3900)
        #expect(expand(sequences, content, shortest: parser.settings.minimumMatch) == content)
    }
}
