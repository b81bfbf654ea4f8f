import Kernels
import TestSupport
import Testing

/// The parsers of the fast levels, with settings as levels have them.
enum FastParsersCase: String, CaseIterable, CustomTestStringConvertible {
    case fast, fastShortHash, accelerated, double, doubleAccelerated

    var testDescription: String { rawValue }

    var settings: LZSettings {
        var settings = LZSettings()
        settings.hashLogarithm = self == .fast ? 13 : 14
        settings.hashedBytes = self == .fast || self == .accelerated ? 7 : 5
        settings.acceleration = self == .accelerated || self == .doubleAccelerated ? 3 : 1
        settings.minimumMatch = self == .fastShortHash ? 5 : self == .double ? 3 : 4
        return settings
    }

    private var isDouble: Bool { self == .double || self == .doubleAccelerated }

    /// Parses the `count` bytes at `input`, behind which 128 are readable, with a workspace that holds noise.
    func parse(_ input: UnsafePointer<UInt8>, _ count: Int) -> [LZSequence] {
        let settings = settings
        let size = isDouble ? DoubleHashParser.workspaceSize(settings) : FastParser.workspaceSize(settings)
        let workspace = GuardedBuffer(count: size, slack: 0, noise: 0x5C)
        let room = count / settings.minimumMatch + 1
        let output = GuardedBuffer(count: room * MemoryLayout<LZSequence>.stride, slack: 0)
        let sequences = output.bytes.baseAddress!.bindMemory(to: LZSequence.self, capacity: room)
        let parse = isDouble ? DoubleHashParser.parse : FastParser.parse
        let found = parse(input, count, settings, workspace.bytes.baseAddress!, sequences, LongMatches())
        #expect(workspace.isIntact && output.isIntact)
        return Array(UnsafeBufferPointer(start: sequences, count: found))
    }

    /// Parses a copy of `content` that is followed by 128 bytes of `slack` and an unmapped page.
    func parse(_ content: [UInt8], slack: UInt8 = 0) -> [LZSequence] {
        let memory = GuardedBuffer(content + Array(repeating: slack, count: 128), slack: 0)
        return parse(memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), content.count)
    }
}

/// What the sequences stand for, byte by byte; nil when they reach outside of what there is.
func expand(_ sequences: [LZSequence], _ content: [UInt8], shortest: Int) -> [UInt8]? {
    var output: [UInt8] = []
    output.reserveCapacity(content.count)
    for sequence in sequences {
        let (literals, length, distance) = (Int(sequence.literalCount), Int(sequence.matchCount), Int(sequence.distance))
        guard literals + length <= content.count - output.count, length >= shortest else { return nil }
        output += content[output.count..<output.count + literals]
        guard 1...max(1, output.count) ~= distance else { return nil }
        for _ in 0..<length { output.append(output[output.count - distance]) }
    }
    return output + content[output.count...]
}

@Suite("fast and double hash parsers")
struct FastParsersTests {
    @Test("sequences expand to the input, whatever follows it", arguments: FastParsersCase.allCases, SampleInput.allCases)
    func expands(parser: FastParsersCase, input: SampleInput) {
        let shortest = parser.settings.minimumMatch
        for count in [0, 1, shortest - 1, shortest, 7, 8, 63, 64, 65, 66, 97, 128, 300, 4097, 70_000] {
            let content = input.bytes(count)
            let sequences = parser.parse(content)
            let expanded = expand(sequences, content, shortest: shortest)
            #expect(expanded == content, "\(count) bytes, seed \(SplitMix64.runSeed)")
            // The slack repeats the input's last byte in one of these, so that a match would run on.
            #expect(parser.parse(content, slack: content.last ?? 1) == sequences, "\(count) bytes, seed \(SplitMix64.runSeed)")
        }
    }

    @Test("a mebibyte expands to itself", arguments: FastParsersCase.allCases)
    func mebibyte(parser: FastParsersCase) {
        let content = (0..<8).flatMap { SampleInput.allCases[$0 % 8].bytes(1 << 17, seed: SplitMix64.runSeed &+ UInt64($0)) }
        #expect(expand(parser.parse(content), content, shortest: parser.settings.minimumMatch) == content)
    }

    @Test("random pieces of random pieces expand to themselves", arguments: FastParsersCase.allCases)
    func pieces(parser: FastParsersCase) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        for round in 0..<60 {
            var content = (0..<64).map { _ in UInt8.random(in: 0...(round % 2 == 0 ? 3 : 255), using: &random) }
            while content.count < 3000 {
                let start = Int.random(in: 0..<content.count, using: &random)
                content += content[start..<min(content.count, start + Int.random(in: 1...90, using: &random))]
                if round % 3 != 0 { content.append(UInt8.random(in: 0...255, using: &random)) }
            }
            let sequences = parser.parse(content)
            #expect(expand(sequences, content, shortest: parser.settings.minimumMatch) == content, "seed \(seed), round \(round)")
        }
    }

    @Test("finds the repeats that are there", arguments: FastParsersCase.allCases)
    func finds(parser: FastParsersCase) {
        // One byte, short periods and a long repeat take hardly any sequence.
        for period in [1, 2, 3, 5, 8, 31, 32, 33, 64] {
            let unit = SampleInput.random.bytes(period)
            let content = (0..<20_000).map { unit[$0 % period] }
            let sequences = parser.parse(content)
            #expect(sequences.count <= 4, "period \(period)")
            #expect(sequences.reduce(0) { $0 + Int($1.matchCount) } >= 19_700, "period \(period)")
        }
        let noise = SampleInput.random.bytes(5000)
        let sequences = parser.parse(noise + noise)
        // Positions are left out in noise, and what is left out is found by looking back.
        #expect(sequences.contains { $0.distance == 5000 && $0.matchCount > 4000 })
    }

    @Test("the last byte that matches is taken and the one behind it is not", arguments: FastParsersCase.allCases)
    func lastByte(parser: FastParsersCase) {
        // One that leaves out positions may miss any one match.
        if parser.settings.acceleration > 1 { return }
        let noise = SampleInput.random.bytes(200)
        for length in 40...90 {
            var content = noise + noise.prefix(length)
            content.append(noise[length] ^ 1)
            content += SampleInput.random.bytes(200, seed: 9)
            let taken = parser.parse(content).first { $0.distance == 200 }
            #expect(taken.map { Int($0.matchCount) } == length)
        }
    }
}
