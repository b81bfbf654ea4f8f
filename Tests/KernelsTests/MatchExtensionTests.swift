import Kernels
import TestSupport
import Testing

@Suite("match extension")
struct MatchExtensionTests {
    @Test("the portable comparison of eight bytes gives the bits of this processor's")
    func zeroBytes() {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for _ in 0..<20_000 {
            var bytes = (0..<64).map { _ in [0, 0, 1, 0x7F, 0x80, 0xFF][Int.random(in: 0..<6, using: &random)] as UInt8 }
            let (at, earlier) = (Int.random(in: 17...40, using: &random), Int.random(in: 0...16, using: &random))
            bytes.withUnsafeMutableBufferPointer {
                let input = UnsafePointer($0.baseAddress!)
                let low = MatchExtension.zeroBytes(MatchExtension.difference(input, at, earlier))
                let high = MatchExtension.zeroBytes(MatchExtension.difference(input, at + 8, earlier + 8))
                #expect(MatchExtension.equalBytes(input, at, earlier) == low | high << 8, "seed \(SplitMix64.runSeed)")
            }
        }
    }

    @Test("stops at every length, forwards and backwards")
    func lengths() {
        for length in 0...100 {
            var bytes = Array(repeating: UInt8(5), count: 128 + 128 + 32)
            // 128 equal bytes behind 0 and 128, but for one byte on either side of the match.
            bytes[128 + length] = 6
            bytes.withUnsafeMutableBufferPointer {
                let input = UnsafePointer($0.baseAddress!)
                #expect(MatchExtension.forward(input, 128, 0, 256) == length)
                #expect(MatchExtension.forward(input, 128, 0, 128 + length / 2) == length / 2)
                #expect(MatchExtension.backward(input, 129 + length + 20, 1 + length + 20, 1 + length + 20) == 20)
                #expect(MatchExtension.backward(input, 129 + length + 20, 1 + length + 20, 11) == 11)
                #expect(MatchExtension.backward(input, 129 + length + 3, 1 + length + 3, 1 + length + 3) == 3)
            }
        }
    }
}
