import KernelDispatch
import TestSupport
import Testing

@Suite("byte planes")
struct BytePlanesTests {
    private struct Shape: CustomTestStringConvertible {
        let width, rotation: Int
        var testDescription: String { "width \(width), rotation \(rotation)" }
        static let all = [2, 4, 8].flatMap { width in [0, 1].map { Shape(width: width, rotation: $0) } }
    }

    private func planes(_ content: [UInt8], _ shape: Shape) -> [[UInt8]] {
        let bits = UInt64(8 * shape.width)
        let rotated = ElementOracle.elements(content, width: shape.width).map {
            shape.rotation == 0 ? $0 : ($0 << 1 | $0 >> (bits - 1)) & ElementOracle.mask(width: shape.width)
        }
        return (0..<shape.width).map { plane in rotated.map { UInt8(truncatingIfNeeded: $0 >> UInt64(8 * plane)) } }
    }

    @Test("split to the planes of the definition, and join them again", arguments: KernelSet.available, Shape.all)
    private func splitAndJoin(kernels: KernelSet, shape: Shape) {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        for count in ElementOracle.counts {
            let content = (0..<count * shape.width).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            let slack = ElementOracle.slacks[count % 3]
            let elements = GuardedBuffer(content, slack: slack)
            // Each plane at an alignment of its own.
            let planes = (0..<shape.width).map { GuardedBuffer(count: count, slack: 128 + $0 % 3 * (count % 5)) }
            kernels.planes.split(elements.readOnly.baseAddress!, count, shape.width, shape.rotation, planes.map { $0.bytes.baseAddress! })
            #expect(planes.map { Array($0.bytes) } == self.planes(content, shape), "\(count) elements, seed \(generator.seed)")
            #expect(planes.allSatisfy(\.isIntact) && Array(elements.bytes) == content)

            let joined = GuardedBuffer(count: content.count, slack: slack)
            kernels.planes.join(planes.map { $0.readOnly.baseAddress! }, count, shape.width, shape.rotation, joined.bytes.baseAddress!)
            #expect(Array(joined.bytes) == content && joined.isIntact, "\(count) elements, seed \(generator.seed)")
            withExtendedLifetime((elements, planes)) {}
        }
    }

    @Test("the top plane of rotated floats holds their exponents", arguments: KernelSet.available)
    func exponents(kernels: KernelSet) {
        let floats: [Float] = [1, -1, 1.5, 0, -0.0, 3.25e9, -1e-30, .infinity]
        let planes = (0..<4).map { _ in GuardedBuffer(count: floats.count) }
        let elements = GuardedBuffer(floats.withUnsafeBytes { Array($0) })
        kernels.planes.split(elements.readOnly.baseAddress!, floats.count, 4, 1, planes.map { $0.bytes.baseAddress! })
        #expect(Array(planes[3].bytes) == floats.map { UInt8($0.exponentBitPattern) })
        #expect(planes[0].bytes.map { $0 & 1 } == floats.map { $0.sign == .minus ? 1 : 0 })
        withExtendedLifetime((elements, planes)) {}
    }
}
