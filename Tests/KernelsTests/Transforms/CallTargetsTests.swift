import KernelDispatch
import Kernels
import TestSupport
import Testing

@Suite("calls by their targets")
struct CallTargetsTests {
    /// Around the vectors, and around the blocks that are copied ahead of the conversion.
    private static let counts = Array(1...200) + [8191, 8192, 8193, 8197, 8198, 8255, 8256, 8261, 8262, 16_390]

    private func check(_ kernels: KernelSet.Calls.Directions, _ content: [UInt8], _ expected: [UInt8], _ seed: UInt64) {
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
            check(kernels.calls.x86, content, CallOracle.x86(content), generator.seed)
        }
    }

    /// As in programs: most words hold one instruction or none, at any place of theirs, the last one too.
    @Test("find single instructions everywhere", arguments: KernelSet.available)
    func single(kernels: KernelSet) {
        for opcode in [[0xE8], [0x8B, 0x05], [0x89, 0x3D], [0x8D, 0x15], [0x8F, 0x05]] as [[UInt8]] {
            for place in 0..<150 {
                var content = [UInt8](repeating: 0x90, count: 156)
                content.replaceSubrange(place..<place + 6, with: (opcode + [1, 2, 3, 4, 5]).prefix(6))
                check(kernels.calls.x86, content, CallOracle.x86(content), 0)
            }
        }
    }

    /// Every instruction begins within the one before, in chains through whole words.
    @Test("skip what operands cover", arguments: KernelSet.available)
    func chains(kernels: KernelSet) {
        for pattern in [[0xE8], [0x8B, 0x05], [0xE8, 0x8B, 0x05, 0x00], [0xE8, 0, 0, 0, 0]] as [[UInt8]] {
            for lead in 0..<70 {
                let content = [UInt8](repeating: 0, count: lead) + (0..<200).map { pattern[$0 % pattern.count] }
                check(kernels.calls.x86, content, CallOracle.x86(content), 0)
            }
        }
    }

    /// As in constants and text between functions: what has no opcodes is passed over faster, from any place on and up to any other.
    @Test("find instructions behind long stretches without any", arguments: KernelSet.available)
    func scattered(kernels: KernelSet) {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        let opcodes: [[UInt8]] = [[0xE8], [0x8B, 0x05], [0x89, 0x3D], [0x8D, 0x15], [0xE8, 0xE8]]
        for _ in 0..<100 {
            var content: [UInt8] = []
            for _ in 0...generator.next() % 6 {
                content += [UInt8](repeating: 0x20, count: Int(generator.next() % 500))
                content += opcodes[Int(generator.next() % 5)] + (0..<4).map { _ in UInt8(truncatingIfNeeded: generator.next() & 7) }
            }
            check(kernels.calls.x86, content, CallOracle.x86(content), generator.seed)
        }
    }

    @Test("convert instructions of 64-bit Arm", arguments: KernelSet.available)
    func arm64(kernels: KernelSet) {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        for count in Self.counts {
            let content = CallOracle.instructions(count, &generator)
            check(kernels.calls.arm64, content, CallOracle.arm64(content), generator.seed)
        }
    }

    @Test("convert distances of 64-bit Arm near every bound, in many pages", arguments: KernelSet.available)
    func distances(kernels: KernelSet) {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        for count in [4096 * 3 + 77, 300_001] {
            let instructions = (0...count / 4).map { _ in Self.instruction(generator.next()) }
            let content = (0..<count).map { UInt8(truncatingIfNeeded: instructions[$0 / 4] &>> UInt32($0 % 4 * 8)) }
            check(kernels.calls.arm64, content, CallOracle.arm64(content), generator.seed)
        }
    }

    /// BL or ADRP, of which one in eight has a wrong bit in its opcode and half have a distance near a bound of the plausible ones.
    private static func instruction(_ random: UInt64) -> UInt32 {
        let (bits, choice) = (UInt32(truncatingIfNeeded: random), UInt32(truncatingIfNeeded: random >> 32))
        let wrong: UInt32 = choice & 7 == 0 ? 1 << (24 + bits % 8) : 0
        let bound: UInt32 = choice & 8 == 0 ? 0x0010_0000 : 0x00F0_0000
        let distance = choice & 16 == 0 ? bits : bound &+ (bits & 0xFF) &- 0x80
        let call = 0x9400_0000 | distance & 0x03FF_FFFF
        let address = 0x9000_0000 | distance & 0x00FF_FFFF | bits & 0x6000_0000
        return (choice & 32 == 0 ? call : address) ^ wrong
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
