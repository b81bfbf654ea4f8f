import Codecs
import Planning
import TestSupport
import Testing

/// Which chunks are converted as machine code.
@Suite struct CallChoiceTests {
    private func architecture(_ input: [UInt8]) throws -> CallsCodec.Architecture? {
        let buffer = GuardedBuffer(input)
        return try FeatureSample(buffer.readOnly, scratch: ScratchArena(fenced: true)).callArchitecture()
    }

    /// Between bytes of few values, one call in 16 bytes of x86-64 or in 16 of Arm: of one of 200 functions, or with an operand of zero.
    private func program(_ architecture: CallsCodec.Architecture, count: Int, isLinked: Bool = true) -> [UInt8] {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        return (0..<count / 16).flatMap { index -> [UInt8] in
            let function = 997 * Int(random.next() % 200)
            let filler = (0..<11).map { _ in UInt8(random.next() % 60) }
            switch architecture {
            case .x86:
                let distance = isLinked ? function - (16 * index + 16) : 0
                return filler + [0xE8] + (0..<4).map { UInt8(truncatingIfNeeded: distance >> (8 * $0)) }
            case .arm64:
                let distance = isLinked ? function - (4 * index + 3) : 0
                let call = 37 << 26 | distance & 0x3FF_FFFF
                return filler + [0] + (0..<4).map { UInt8(truncatingIfNeeded: call >> (8 * $0)) }
            }
        }
    }

    @Test(arguments: CallsCodec.Architecture.allCases, [60_000, 1 << 20])
    func linkedCodeIsConverted(_ architecture: CallsCodec.Architecture, _ count: Int) throws {
        #expect(try self.architecture(program(architecture, count: count)) == architecture)
        #expect(try self.architecture(program(architecture, count: count, isLinked: false)) == nil)
    }

    @Test(arguments: SampleInput.allCases)
    func othersAreNot(_ kind: SampleInput) throws {
        for count in [1, 5, 300, 20_000, 400_000] { #expect(try architecture(kind.bytes(count)) == nil, "\(count) bytes") }
    }

    #if Zlib
        @Test(arguments: [4, 9, 12, 19])
        func theLevelsMatchFinderFollows(_ level: Int) throws {
            let buffer = GuardedBuffer(program(.x86, count: 1 << 20))
            let choice = try SampledSelector(level: level).choose(buffer.readOnly, scratch: ScratchArena(fenced: true))
            #expect(choice.descriptor.expression == "x86(deflate)")
        }
    #endif
}
