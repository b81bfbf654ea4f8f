import KernelDispatch
import Kernels
import TestSupport
import Testing

@Suite("element filters")
struct ElementFilterTests {
    private struct Pair {
        let name: String
        let forward, inverse: ElementFilter.Apply
        let oracle: ([UInt64], Int) -> [UInt64]
    }

    private static func zigzag(_ element: UInt64, _ width: Int) -> UInt64 {
        let isNegative = element >> UInt64(8 * width - 1) == 1
        return isNegative ? 2 &* ~element & ElementOracle.mask(width: width) | 1 : 2 &* element
    }

    private static func differences(_ elements: [UInt64], _ width: Int) -> [UInt64] {
        zip(elements, [0] + elements).map { ($0 &- $1) & ElementOracle.mask(width: width) }
    }

    private static func pairs(_ filters: KernelSet.Filters) -> [Pair] {
        [
            Pair(name: "difference", forward: filters.difference, inverse: filters.sum, oracle: differences),
            Pair(name: "xor", forward: filters.xorPrevious, inverse: filters.undoXorPrevious) { elements, _ in
                zip(elements, [0] + elements).map { $0 ^ $1 }
            },
            Pair(name: "zigzag", forward: filters.zigzag, inverse: filters.undoZigzag) { elements, width in
                elements.map { zigzag($0, width) }
            },
            Pair(name: "both", forward: filters.differenceZigzag, inverse: filters.undoDifferenceZigzag) { elements, width in
                differences(elements, width).map { zigzag($0, width) }
            },
        ]
    }

    @Test("filter as the definition says, and back, to another buffer", arguments: KernelSet.available, [1, 2, 4, 8])
    func apart(kernels: KernelSet, width: Int) {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        for count in ElementOracle.counts {
            let content = ElementOracle.randomBytes(count: count, width: width, generator: &generator)
            let slack = ElementOracle.slacks[count % 3]
            for pair in Self.pairs(kernels.filters) {
                let expected = ElementOracle.bytes(pair.oracle(ElementOracle.elements(content, width: width), width), width: width)
                let source = GuardedBuffer(content, slack: slack, noise: 0xC3)
                let filtered = GuardedBuffer(count: content.count)
                let restored = GuardedBuffer(count: content.count, slack: slack)
                pair.forward(source.readOnly.baseAddress!, count, width, filtered.bytes.baseAddress!)
                #expect(Array(filtered.bytes) == expected, "\(pair.name) of \(count), seed \(generator.seed)")
                pair.inverse(filtered.readOnly.baseAddress!, count, width, restored.bytes.baseAddress!)
                #expect(Array(restored.bytes) == content, "\(pair.name) of \(count), seed \(generator.seed)")
                #expect(Array(source.bytes) == content && filtered.isIntact && restored.isIntact)
                withExtendedLifetime((source, filtered)) {}
            }
        }
    }

    @Test("filter in place", arguments: KernelSet.available, [1, 2, 4, 8])
    func inPlace(kernels: KernelSet, width: Int) {
        var generator = SplitMix64(seed: SplitMix64.runSeed &+ 1)
        for count in ElementOracle.counts {
            let content = ElementOracle.randomBytes(count: count, width: width, generator: &generator)
            for pair in Self.pairs(kernels.filters) {
                let expected = ElementOracle.bytes(pair.oracle(ElementOracle.elements(content, width: width), width), width: width)
                let buffer = GuardedBuffer(content, slack: ElementOracle.slacks[count % 3], noise: 0xC3)
                pair.forward(buffer.readOnly.baseAddress!, count, width, buffer.bytes.baseAddress!)
                #expect(Array(buffer.bytes) == expected, "\(pair.name) of \(count), seed \(generator.seed)")
                pair.inverse(buffer.readOnly.baseAddress!, count, width, buffer.bytes.baseAddress!)
                #expect(Array(buffer.bytes) == content, "\(pair.name) of \(count), seed \(generator.seed)")
                #expect(buffer.isIntact)
            }
        }
    }
}
