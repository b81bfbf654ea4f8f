import Kernels
import TestSupport
import Testing

/// Settings as levels have them, and small ones that reach their limits soon.
enum OptimalParserCase: String, CaseIterable, CustomTestStringConvertible {
    case three, four, shallow, twoPasses

    var testDescription: String { rawValue }

    var settings: LZSettings {
        var settings = LZSettings()
        settings.minimumMatch = self == .four ? 4 : 3
        settings.hashLogarithm = self == .shallow ? 8 : 14
        settings.searchDepth = self == .shallow ? 2 : 24
        settings.targetLength = self == .shallow ? 20 : self == .four ? 1000 : 200
        settings.passes = self == .twoPasses ? 2 : 1
        return settings
    }

    /// Parses a copy of `content` that is followed by 128 bytes of `slack` and an unmapped page, in a workspace of noise.
    func parse(_ content: [UInt8], slack: UInt8 = 0, work: inout OptimalParser.Work) -> [LZSequence] {
        let memory = GuardedBuffer(content + Array(repeating: slack, count: 128), slack: 0)
        let size = OptimalParser.workspaceSize(settings, count: content.count)
        let workspace = GuardedBuffer(count: (size + 63) / 64 * 64, slack: 0, noise: 0x5C &+ slack)
        let room = content.count / settings.minimumMatch + 1
        let output = GuardedBuffer(count: room * MemoryLayout<LZSequence>.stride, slack: 0)
        let sequences = output.bytes.baseAddress!.bindMemory(to: LZSequence.self, capacity: room)
        let found = OptimalParser.parse(
            memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), content.count, settings: settings,
            workspace: workspace.bytes.baseAddress!, sequences: sequences, work: &work)
        #expect(workspace.isIntact && output.isIntact)
        return Array(UnsafeBufferPointer(start: sequences, count: found))
    }

    func parse(_ content: [UInt8], slack: UInt8 = 0) -> [LZSequence] {
        var work = OptimalParser.Work()
        return parse(content, slack: slack, work: &work)
    }
}

@Suite("optimal parser")
struct OptimalParserTests {
    @Test("sequences expand to the input, whatever follows it", arguments: OptimalParserCase.allCases, SampleInput.allCases)
    func expands(parser: OptimalParserCase, input: SampleInput) {
        for count in [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 64, 300, 2500] {
            let content = input.bytes(count)
            let sequences = parser.parse(content)
            let expanded = expand(sequences, content, shortest: parser.settings.minimumMatch)
            #expect(expanded == content, "\(count) bytes, seed \(SplitMix64.runSeed)")
            // The slack repeats the input's last byte here, so that a match would run on.
            #expect(parser.parse(content, slack: content.last ?? 1) == sequences, "\(count) bytes, seed \(SplitMix64.runSeed)")
        }
    }

    @Test("inputs of several regions expand to themselves", arguments: [OptimalParserCase.three, .twoPasses])
    func regions(parser: OptimalParserCase) {
        let kinds: [SampleInput] = [.text, .runs, .table, .random, .skewed, .text, .sparse, .floats]
        let content = kinds.enumerated().flatMap { $1.bytes(13_000, seed: SplitMix64.runSeed &+ UInt64($0)) }
        #expect(expand(parser.parse(content), content, shortest: parser.settings.minimumMatch) == content, "seed \(SplitMix64.runSeed)")
    }

    @Test("a long match over several regions is one sequence")
    func longMatch() {
        let noise = SampleInput.random.bytes(40_000)
        let sequences = OptimalParserCase.three.parse(noise + noise)
        #expect(expand(sequences, noise + noise, shortest: 3) == noise + noise)
        #expect(sequences.contains { $0.matchCount > 39_900 && $0.distance == 40_000 })
    }

    @Test("a short repeat is found near and, from four bytes, far")
    func finds() {
        let noise = SampleInput.random.bytes(3000)
        let near = noise + noise[100..<103] + [noise[103] ^ 1]
        #expect(OptimalParserCase.three.parse(near).contains { $0.matchCount == 3 && $0.distance == 2900 })
        let far = noise + noise[100..<104] + [noise[104] ^ 1]
        #expect(OptimalParserCase.four.parse(far).contains { $0.matchCount == 4 && $0.distance == 2900 })
    }

    // MARK: Work

    /// Shapes that make trees into lists, or that have matches of nearly every length everywhere.
    private static let adversaries: [(String, [UInt8])] = {
        let noise = SampleInput.random.bytes(12_000)
        func made(_ byte: (Int) -> UInt8) -> [UInt8] { (0..<20_000).map(byte) }
        let periods: [(String, [UInt8])] = [2, 3, 4, 7, 8, 16, 31, 64].map { period in
            ("period \(period)", made { noise[$0 % period] })
        }
        let broken = made { $0 % 199 == 198 ? noise[$0 / 199] : 7 }
        let nearly = made { $0 % 190 == 189 ? noise[$0 / 190] : noise[$0 % 190] }
        // Source: Golomb, "Shift Register Sequences", 1967. No 15 bits come twice.
        var register = 1
        let deBruijn = made { _ in
            register = register >> 1 ^ (register & 1) * 0x6000
            return UInt8(register & 1)
        }
        return periods + [
            ("de Bruijn", deBruijn),
            ("one byte", Array(repeating: 7, count: 20_000)), ("runs of 198", broken), ("rows of 189 equal bytes", nearly),
            ("a long repeat", noise + noise), ("random", noise),
            ("two symbols", noise.map { $0 & 1 }),
        ]
    }()

    @Test("no input takes unduly much work", arguments: [OptimalParserCase.three, .four])
    func work(parser: OptimalParserCase) {
        // English text takes 11 nodes and 17 lengths a byte at this depth, and lengths are priced four at a time: 32 take a node's time.
        let limit = 4 * (32 * 11 + 17)
        for (name, content) in Self.adversaries + [("text", SampleInput.text.bytes(20_000))] {
            var work = OptimalParser.Work()
            _ = parser.parse(content, work: &work)
            // The first region, which is all here, is searched three times.
            #expect((32 * work.nodes + work.lengths / 3) / content.count <= limit, "\(name): \(work)")
        }
    }
}
