import Codecs
import Format
import TestSupport
import Testing

/// The codec calls against a naive reading of Transforms.md, and what its decoder refuses.
@Suite struct CallsTests {
    @Test func workedExamples() throws {
        try expect(
            .x86, [0x90, 0xE8, 0x0A, 0, 0, 0, 0xE8, 5, 0, 0, 0, 0x48, 0x8D, 5, 0xFC, 0xFF, 0xFF, 0xFF, 0xE8, 0],
            [0x90, 0xE8, 0x10, 0, 0, 0, 0xE8, 0x10, 0, 0, 0, 0x48, 0x8D, 5, 0x0E, 0, 0, 0, 0xE8, 0])
        try expect(
            .arm64, [0x1F, 0x20, 3, 0xD5, 3, 0, 0, 0x94, 2, 0, 0, 0x94, 0xE8], [0x1F, 0x20, 3, 0xD5, 4, 0, 0, 0x94, 4, 0, 0, 0x94, 0xE8])
    }

    /// The largest and smallest distances that are converted wrap, and those beyond stay.
    @Test func onlyPlausibleDistancesAreConverted() throws {
        try expect(.x86, [0xE8, 0xFF, 0xFF, 0xFF, 0x07, 0], [0xE8, 4, 0, 0, 0xF8, 0])
        try expect(.x86, [0xE8, 0, 0, 0, 0xF8, 0], [0xE8, 5, 0, 0, 0xF8, 0])
        try expect(.x86, [0xE8, 0, 0, 0, 0x08, 0], [0xE8, 0, 0, 0, 0x08, 0])
        try expect(.x86, [0xE8, 0xFF, 0xFF, 0xFF, 0xF7, 0], [0xE8, 0xFF, 0xFF, 0xFF, 0xF7, 0])
        // An operand is not looked at for opcodes, even when it stays.
        try expect(.x86, [0xE8, 0xE8, 0, 0, 0x20, 0, 0, 0], [0xE8, 0xE8, 0, 0, 0x20, 0, 0, 0])
        try expect(.x86, [0xE8, 0, 0, 0, 0], [0xE8, 0, 0, 0, 0])
        try expect(.x86, [0x8F, 5, 0, 0, 0, 0], [0x8F, 5, 0, 0, 0, 0])
        let filler = Array(repeating: UInt8(0), count: 4096)
        // ADRP in the second page: 2^17 - 1 pages and one more wrap, 2^17 stay.
        try expect(.arm64, filler + [0xE0, 0xFF, 0x0F, 0xF0], filler + [0, 0, 0xF0, 0x90])
        try expect(.arm64, filler + [0, 0, 0x10, 0x90], filler + [0, 0, 0x10, 0x90])
        try expect(.arm64, filler + [0xFF, 0xFF, 0xFF, 0x97], filler + [0xFF, 0x03, 0, 0x94])
    }

    /// Bytes that are opcodes and plausible operands far more often than in any program, in all sizes around the kernels' words.
    @Test(arguments: CallsCodec.Architecture.allCases)
    func streamsAreAsSpecified(_ architecture: CallsCodec.Architecture) throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for count in Array(1...80) + [255, 256, 257, 1000, 4099, 20_000] {
            let input = CallOracle.instructions(count, &random)
            try expect(architecture, input, oracle(input, architecture))
        }
        for content in SampleInput.allCases {
            let input = content.bytes(10_001)
            try expect(architecture, input, oracle(input, architecture))
        }
    }

    /// Every stream is that of some input: what it is decoded to is encoded to it again.
    @Test(arguments: CallsCodec.Architecture.allCases)
    func anyStreamDecodes(_ architecture: CallsCodec.Architecture) throws {
        let stream = SampleInput.random.bytes(50_000)
        let codec = CallsCodec(architecture)
        #expect(try split(codec, try joined(codec, stream, count: stream.count)) == stream)
    }

    @Test func otherSizesAndParametersAreRefused() throws {
        for architecture in CallsCodec.Architecture.allCases {
            let codec = CallsCodec(architecture)
            #expect(codec.maximumStreamCounts(decodedCount: 77) == [77])
            for count in [0, 1, 76, 78, 154] {
                #expect(throws: CodecError.self) { try joined(codec, SampleInput.random.bytes(77), count: count) }
            }
        }
        for parameter in 0...UInt8.max {
            #expect((try? CallsCodec(parameters: [parameter]).parameters) == (parameter < 2 ? [parameter] : nil))
        }
        for parameters in [[], [0, 0]] as [[UInt8]] {
            #expect(throws: CodecError.self) { try CallsCodec(parameters: parameters) }
        }
        for children in 0...2 {
            let descriptor = PipelineDescriptor(
                codec: CallsCodec.id, parameters: [1], children: Array(repeating: .stored, count: children))
            #expect(((try? Pipeline(descriptor: descriptor)) != nil) == (children == 1))
        }
    }

    private func expect(_ architecture: CallsCodec.Architecture, _ input: [UInt8], _ stream: [UInt8]) throws {
        let codec = CallsCodec(architecture)
        #expect(try split(codec, input) == stream, "\(codec.label), \(input.count) bytes, seed \(SplitMix64.runSeed)")
        #expect(try joined(codec, stream, count: input.count) == input, "\(codec.label), \(input.count) bytes, seed \(SplitMix64.runSeed)")
    }

    private func oracle(_ input: [UInt8], _ architecture: CallsCodec.Architecture) -> [UInt8] {
        architecture == .x86 ? CallOracle.x86(input) : CallOracle.arm64(input)
    }

    private func split(_ codec: CallsCodec, _ input: [UInt8]) throws -> [UInt8]? {
        let scratch = ScratchArena(fenced: true)
        let source = GuardedBuffer(input)
        let streams = try codec.split(source.readOnly, scratch: scratch)
        #expect(source.isIntact && Array(source.readOnly) == input && (streams?.count ?? 1) == 1)
        return streams.map { Array($0[0]) }
    }

    private func joined(_ codec: CallsCodec, _ stream: [UInt8], count: Int) throws -> [UInt8] {
        let source = GuardedBuffer(stream)
        let target = GuardedBuffer(count: count)
        defer { withExtendedLifetime(source) {} }
        try codec.join([source.readOnly], into: target.bytes, scratch: ScratchArena(fenced: true))
        #expect(source.isIntact && target.isIntact)
        return Array(target.readOnly)
    }
}
