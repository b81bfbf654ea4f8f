import Checksum
import KernelDispatch
import TestSupport
import Testing

/// XXH3-64 of blocks, in the vectors of each instruction set.
@Suite("hash")
struct HashTests {
    /// How many of the bytes 0, 31, 62 ... modulo 251, and what libxxhash 0.8.1 makes of them. Each of XXH3's ways for short inputs has
    /// its shortest and longest here.
    private static let known: [(count: Int, hash: UInt64)] = [
        (1, 0xC44B_DFF4_074E_ECDB),
        (3, 0x3698_B801_91E6_25F9),
        (4, 0x2E4A_C2F1_C521_57FC),
        (8, 0x60E1_BAA9_1347_A1F2),
        (9, 0x9C88_FC32_C37B_56CB),
        (16, 0x8626_370B_70D8_AC70),
        (17, 0xAA7A_5F47_9409_A664),
        (128, 0x040E_9775_6280_237A),
        (129, 0xF0F4_DC98_CE46_1DFD),
        (240, 0x8ACE_CB90_BE72_B9C3),
        (241, 0x82D3_EBF5_0A3E_9C42),
        (1023, 0xEEB9_D24A_BAA5_44DD),
        (1024, 0xCBDF_F56B_050F_2C1C),
        (1025, 0x9BAB_F502_35CE_A0A0),
        (4096, 0xF250_6E94_C3D1_2D24),
        (100000, 0x02DF_1E98_5A77_6B74),
    ]

    private static func pattern(_ count: Int) -> [UInt8] { (0..<count).map { UInt8($0 * 31 % 251) } }

    @Test("is libxxhash's", arguments: KernelSet.available)
    func published(kernels: KernelSet) {
        for (count, hash) in Self.known {
            #expect(Self.pattern(count).withUnsafeBytes(kernels.hash64) == hash, "\(count) bytes")
        }
        #expect(kernels.hash64(UnsafeRawBufferPointer(start: nil, count: 0)) == 0x2D06_8005_38D3_94C2)
    }

    /// A stripe has 64 bytes, and a block, after which the sums are scrambled, 1,024.
    @Test("is the portable one at every length, at the end of a mapping", arguments: KernelSet.available)
    func lengths(kernels: KernelSet) {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let memory = GuardedBytes(capacity: 8192)
        let around = [1024, 2048, 3072, 7168].flatMap { block in [-65, -64, -63, -1, 0, 1, 63, 64, 65].map { block + $0 } }
        for count in Array(0...1100) + around {
            let noise = (0..<count).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let bytes = UnsafeRawBufferPointer(start: memory.place(noise), count: count)
            #expect(kernels.hash64(bytes) == XXH3.hash64(bytes), "\(count) bytes, seed \(random.seed)")
        }
    }

    @Test("is the portable one however the bytes are aligned", arguments: KernelSet.available)
    func alignments(kernels: KernelSet) {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let noise = (0..<5000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        noise.withUnsafeBytes { noise in
            for start in 0...64 {
                for count in [1, 17, 129, 241, 1023, 1024, 1025, 4096] {
                    let bytes = UnsafeRawBufferPointer(rebasing: noise[start..<start + count])
                    #expect(kernels.hash64(bytes) == XXH3.hash64(bytes), "\(count) bytes from \(start), seed \(random.seed)")
                }
            }
        }
    }
}
