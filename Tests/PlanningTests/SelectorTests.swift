import Codecs
import Planning
import TestSupport
import Testing

@Suite struct SelectorTests {
    private static let size = 256 << 10

    private func choice(_ level: Int, _ input: some Collection<UInt8>) throws -> Pipeline {
        let buffer = GuardedBuffer(Array(input))
        return try SampledSelector(level: level).choose(buffer.readOnly, scratch: ScratchArena(fenced: true))
    }

    private func encodedCount(_ level: Int, _ input: [UInt8]) throws -> Int {
        let scratch = ScratchArena()
        let source = GuardedBuffer(input)
        let target = GuardedBuffer(count: input.count)
        return try SampledSelector(level: level).choose(source.readOnly, scratch: scratch)
            .encode(source.readOnly, into: target.bytes, scratch: scratch).payload.count
    }

    /// The lengths' streams take more time to read with codes than those save.
    @Test func level0CodesFourStreams() throws {
        let expression = "lz(huffman,huffman,huffman,huffman,stored,stored,stored)"
        #expect(try choice(0, SampleInput.text.bytes(Self.size)).descriptor.expression == expression)
    }

    @Test(arguments: 0...9)
    func noiseIsStored(_ level: Int) throws {
        #expect(try choice(level, SampleInput.random.bytes(Self.size)).isStored)
    }

    /// Half of the noise stands there a second time.
    @Test(arguments: [0, 1, 3, 9])
    func repeatedNoiseIsMatchedWhereLongMatchesAreSought(_ level: Int) throws {
        let noise = SampleInput.random.bytes(Self.size)
        let buffer = GuardedBuffer(noise + noise.prefix(Self.size / 2))
        for finds in [false, true] {
            let selector = SampledSelector(level: level, findsLongMatches: finds)
            let choice = try selector.choose(buffer.readOnly, scratch: ScratchArena(fenced: true))
            // Higher levels see some of so near a repeat in the sample.
            if finds || level < 2 { #expect(choice.isStored == !finds) }
        }
        let once = GuardedBuffer(noise)
        #expect(try SampledSelector(level: level, findsLongMatches: true).choose(once.readOnly, scratch: ScratchArena()).isStored)
    }

    @Test(arguments: LevelTable.levels)
    func equalBytesAreConstant(_ level: Int) throws {
        #expect(try choice(level, SampleInput.zeros.bytes(50_000)).name == "constant")
        // The one other byte stands where no sample looks.
        var bytes = SampleInput.zeros.bytes(Self.size)
        bytes[5001] = 1
        #expect(try choice(level, bytes).name != "constant")
    }

    @Test(arguments: 0...19)
    func weightsGetPlanes(_ level: Int) throws {
        let choice = try choice(level, SampleInput.floats.bytes(Self.size)).descriptor.expression
        #expect(choice.hasPrefix("planes4"), "\(choice)")
    }

    /// As weights, with three of four elements zero.
    @Test(arguments: 0...19)
    func prunedWeightsGetBitmaps(_ level: Int) throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        var bytes = SampleInput.floats.bytes(Self.size)
        for element in stride(from: 0, to: bytes.count, by: 4) where random.next() % 4 != 0 {
            bytes.replaceSubrange(element..<element + 4, with: [0, 0, 0, 0])
        }
        let choice = try choice(level, bytes).descriptor.expression
        #expect(choice.hasPrefix("sparse4(planes4"), "\(choice)")
    }

    /// Samples of 16 bits with noise: a slow wave's differences are small.
    @Test(arguments: 0...19)
    func soundGetsDifferences(_ level: Int) throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        var value: Int16 = 0
        let bytes = (0..<Self.size / 2).flatMap { _ in
            value &+= Int16(truncatingIfNeeded: random.next() % 256) - 128
            return [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
        }
        let choice = try choice(level, bytes).descriptor.expression
        #expect(choice.hasPrefix("delta2(planes2"), "\(choice)")
    }

    @Test(arguments: 0...9)
    func longRunsAreTakenOut(_ level: Int) throws {
        #expect(try choice(level, SampleInput.runs.bytes(Self.size)).name == "runlength")
    }

    @Test(arguments: LevelTable.levels)
    func textGetsMatches(_ level: Int) throws {
        #expect(try choice(level, SampleInput.text.bytes(Self.size)).name == "lz")
    }

    /// Level 0 makes few sequences whatever the size, for the sake of speed; the optimal parser fits any size. What they save is in the guard's sizes.
    @Test(arguments: LevelTable.levels)
    func smallBlocksHaveShortMatches(_ level: Int) throws {
        let text = SampleInput.text.bytes(LZRow.smallBlockSize + 1)
        let usual = LevelTable.row(level).settings.lz.settings.minimumMatch
        #expect(try choice(level, text).descriptor.parameters == [UInt8(usual)])
        let small = try choice(level, text.dropLast()).descriptor.parameters
        #expect(small == [UInt8(level == 0 ? usual : min(usual, level < 3 ? 5 : 4))])
    }

    /// No choice may do worse than another pipeline by more than the trees' losses allow on such clear cases.
    @Test(arguments: SampleInput.allCases)
    func higherLevelsAreNotLarger(_ kind: SampleInput) throws {
        let input = kind.bytes(Self.size)
        let counts = try [0, 1, 4, 9, 19].map { try encodedCount($0, input) }
        for (lower, higher) in zip(counts, counts.dropFirst()) {
            #expect(higher <= lower + lower / 20, "\(counts)")
        }
    }

    @Test(arguments: [1, 2, 15, 16, 17, 1000, 16_383, 16_384, 16_385], SampleInput.allCases)
    func smallChunksAreSampledInBounds(_ count: Int, _ kind: SampleInput) throws {
        for level in [0, 1, 3, 6, 19] { _ = try choice(level, kind.bytes(count)) }
    }

    @Test func scratchIsLeftAsItWas() throws {
        let scratch = ScratchArena()
        let buffer = GuardedBuffer(SampleInput.text.bytes(Self.size))
        let before = try scratch.allocate(0).baseAddress
        let mark = scratch.mark
        _ = try SampledSelector(level: 16).choose(buffer.readOnly, scratch: scratch)
        let after = scratch.mark
        scratch.release(to: mark)
        let next = try scratch.allocate(0).baseAddress
        scratch.release(to: after)
        #expect(try scratch.allocate(0).baseAddress == next && before != next)
    }

    @Test func fixedSelectorKeepsItsPipeline() throws {
        let buffer = GuardedBuffer(SampleInput.random.bytes(1000))
        let selector = FixedSelector(Pipeline(HuffmanCodec()))
        #expect(try selector.choose(buffer.readOnly, scratch: ScratchArena()).name == "huffman")
    }
}
