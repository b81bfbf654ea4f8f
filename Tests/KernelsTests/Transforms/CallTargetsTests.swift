import KernelDispatch
import Kernels
import TestSupport
import Testing

@Suite("calls by their targets")
struct CallTargetsTests {
    /// Around the vectors, and around the blocks that are copied ahead of the conversion.
    private static let counts = Array(1...200) + [8191, 8192, 8193, 8197, 8198, 8255, 8256, 8261, 8262, 16_390]

    private func check(_ kernels: KernelSet.Calls, _ content: [UInt8], _ expected: [UInt8], _ seed: UInt64) {
        let source = GuardedBuffer(content, slack: 0)
        let places = GuardedBuffer(count: content.count, slack: 0)
        kernels.places(source.readOnly.baseAddress!, content.count, places.bytes.baseAddress!)
        #expect(Array(places.bytes) == expected && places.isIntact, "\(content.count) bytes, seed \(seed)")
        let restored = GuardedBuffer(count: content.count, slack: 0)
        kernels.distances(places.readOnly.baseAddress!, content.count, restored.bytes.baseAddress!)
        #expect(Array(restored.bytes) == content && restored.isIntact, "\(content.count) bytes, seed \(seed)")
        #expect(Array(source.bytes) == content)
    }

    @Test("convert what the definition says and no byte else", arguments: KernelSet.available)
    func random(kernels: KernelSet) {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        for count in Self.counts {
            let content = CallOracle.instructions(count, &generator)
            check(kernels.calls, content, CallOracle.x86(content), generator.seed)
        }
    }

    /// As in programs: most words hold one instruction or none, at any place of theirs, the last one too.
    @Test("find single instructions everywhere", arguments: KernelSet.available)
    func single(kernels: KernelSet) {
        for opcode in [[0xE8], [0x8B, 0x05], [0x89, 0x3D], [0x8D, 0x15], [0x8F, 0x05]] as [[UInt8]] {
            for place in 0..<150 {
                var content = [UInt8](repeating: 0x90, count: 156)
                content.replaceSubrange(place..<place + 6, with: (opcode + [1, 2, 3, 4, 5]).prefix(6))
                check(kernels.calls, content, CallOracle.x86(content), 0)
            }
        }
    }

    /// Every instruction begins within the one before, in chains through whole words.
    @Test("skip what operands cover", arguments: KernelSet.available)
    func chains(kernels: KernelSet) {
        for pattern in [[0xE8], [0x8B, 0x05], [0xE8, 0x8B, 0x05, 0x00], [0xE8, 0, 0, 0, 0]] as [[UInt8]] {
            for lead in 0..<70 {
                let content = [UInt8](repeating: 0, count: lead) + (0..<200).map { pattern[$0 % pattern.count] }
                check(kernels.calls, content, CallOracle.x86(content), 0)
            }
        }
    }

    @Test("convert instructions of 64-bit Arm")
    func arm64() {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        let kernels = KernelSet.Calls(places: CallTargets.placesArm64, distances: CallTargets.distancesArm64)
        for count in Self.counts {
            let content = CallOracle.instructions(count, &generator)
            check(kernels, content, CallOracle.arm64(content), generator.seed)
        }
    }

    @Test("find the same opcodes without vectors")
    func opcodes() {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        for _ in 0..<500 {
            let content = GuardedBuffer(CallOracle.instructions(CallOpcodes.wordSpan, &generator), slack: 0)
            let code = content.readOnly.baseAddress!
            #expect(CallOpcodes.x86(code) == CallOpcodes.portableX86(code), "seed \(generator.seed)")
            withExtendedLifetime(content) {}
        }
    }
}
