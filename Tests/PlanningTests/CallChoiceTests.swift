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

    /// Calls of one of 200 functions, or with operands of zero, between 1 to 16 of 20 stretches of four bytes.
    private func program(_ architecture: CallsCodec.Architecture, count: Int, isLinked: Bool = true) -> [UInt8] {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let stretches = (0..<20).map { _ in (0..<4).map { _ in UInt8(random.next() % 60) } }
        var bytes: [UInt8] = []
        while bytes.count < count {
            for _ in 0...random.next() % 16 {
                bytes += stretches[Int(random.next() % 20)].dropLast(architecture == .x86 ? Int(random.next() % 4) : 0)
            }
            let function = 997 * Int(random.next() % 200)
            var word = 0
            switch architecture {
            case .x86:
                bytes.append(0xE8)
                word = isLinked ? function - (bytes.count + 4) : 0
            case .arm64:
                word = 37 << 26 | (isLinked ? function - bytes.count / 4 : 0) & 0x3FF_FFFF
            }
            bytes += (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
        return bytes
    }

    @Test(arguments: CallsCodec.Architecture.allCases, [60_000, 600_000])
    func linkedCodeIsConverted(_ architecture: CallsCodec.Architecture, _ count: Int) throws {
        #expect(try self.architecture(program(architecture, count: count)) == architecture)
        #expect(try self.architecture(program(architecture, count: count, isLinked: false)) == nil)
    }

    /// Far apart, as versions of one program in an archive: the places differ from copy to copy, the distances do not.
    @Test(arguments: CallsCodec.Architecture.allCases)
    func repeatedCodeIsNot(_ architecture: CallsCodec.Architecture) throws {
        let one = program(architecture, count: 1 << 20)
        #expect(try self.architecture((0..<5).flatMap { _ in one }) == nil)
        #expect(try self.architecture(program(architecture, count: 5 << 20)) == architecture)
    }

    @Test(arguments: SampleInput.allCases)
    func othersAreNot(_ kind: SampleInput) throws {
        for count in [1, 5, 300, 20_000, 400_000] { #expect(try architecture(kind.bytes(count)) == nil, "\(count) bytes") }
    }

    @Test(arguments: [1, 4, 9, 12])
    func theLevelsMatchFinderFollows(_ level: Int) throws {
        let buffer = GuardedBuffer(program(.x86, count: 256 << 10))
        let choice = try SampledSelector(level: level).choose(buffer.readOnly, scratch: ScratchArena(fenced: true))
        #expect(choice.descriptor.expression.hasPrefix("x86(lz("))
    }

    @Test func theFastestLevelLeavesCalls() throws {
        let buffer = GuardedBuffer(program(.x86, count: 256 << 10))
        let choice = try SampledSelector(level: 0).choose(buffer.readOnly, scratch: ScratchArena(fenced: true))
        #expect(choice.descriptor.expression.hasPrefix("lz("))
    }
}
