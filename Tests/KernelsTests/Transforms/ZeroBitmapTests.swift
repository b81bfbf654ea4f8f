import KernelDispatch
import TestSupport
import Testing

@Suite("zero bitmaps")
struct ZeroBitmapTests {
    /// The bitmap and the values of the definition.
    private func packed(_ content: [UInt8], width: Int) -> (bitmap: [UInt8], values: [UInt8]) {
        let elements = ElementOracle.elements(content, width: width)
        var bitmap = [UInt8](repeating: 0, count: (elements.count + 7) / 8)
        for (index, element) in elements.enumerated() where element != 0 { bitmap[index / 8] |= 1 << UInt8(index % 8) }
        return (bitmap, ElementOracle.bytes(elements.filter { $0 != 0 }, width: width))
    }

    private func check(_ kernels: KernelSet, _ content: [UInt8], width: Int, _ seed: UInt64) {
        let count = content.count / width
        let expected = packed(content, width: width)
        let slack = ElementOracle.slacks[count % 3]
        let elements = GuardedBuffer(content, slack: slack)
        let bitmap = GuardedBuffer(count: expected.bitmap.count)
        let values = GuardedBuffer(count: expected.values.count, slack: slack)
        let kept = kernels.bitmaps.pack(
            elements.readOnly.baseAddress!, count, width, bitmap.bytes.baseAddress!, values.bytes.baseAddress!)
        #expect(kept * width == expected.values.count, "\(count) of \(width), seed \(seed)")
        #expect(Array(bitmap.bytes) == expected.bitmap, "\(count) of \(width), seed \(seed)")
        #expect(Array(values.bytes) == expected.values, "\(count) of \(width), seed \(seed)")
        #expect(bitmap.isIntact && values.isIntact && Array(elements.bytes) == content)

        let restored = GuardedBuffer(count: content.count, slack: slack)
        kernels.bitmaps.unpack(
            bitmap.readOnly.baseAddress!, values.readOnly.baseAddress!, count, width, restored.bytes.baseAddress!)
        #expect(Array(restored.bytes) == content && restored.isIntact, "\(count) of \(width), seed \(seed)")
        #expect(kernels.bitmaps.ones(bitmap.readOnly.baseAddress!, count) == kept)
        withExtendedLifetime((elements, bitmap, values)) {}
    }

    @Test("pack what the definition says, and unpack it again", arguments: KernelSet.available, [1, 2, 4, 8])
    func random(kernels: KernelSet, width: Int) {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        for count in ElementOracle.counts {
            check(kernels, ElementOracle.randomBytes(count: count, width: width, generator: &generator), width: width, generator.seed)
        }
    }

    @Test("nothing but zeros, and none", arguments: KernelSet.available, [1, 2, 4, 8])
    func extremes(kernels: KernelSet, width: Int) {
        for count in ElementOracle.counts {
            check(kernels, [UInt8](repeating: 0, count: count * width), width: width, 0)
            // The highest byte alone is not zero.
            check(kernels, (0..<count * width).map { $0 % width == width - 1 ? 0x80 : 0 }, width: width, 0)
        }
    }

    @Test("count the ones before any limit, and read nothing behind it", arguments: KernelSet.available)
    func limits(kernels: KernelSet) {
        var generator = SplitMix64(seed: SplitMix64.runSeed)
        let bytes = (0..<400).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        for count in Array(0...140) + [255, 256, 257, 511, 512, 513, 1023, 1024, 1025, 2047, 2048, 2049, 3200] {
            let bitmap = GuardedBuffer(bytes.prefix((count + 7) / 8), slack: 0)
            let ones = (0..<count).count { bytes[$0 / 8] >> UInt8($0 % 8) & 1 == 1 }
            #expect(kernels.bitmaps.ones(bitmap.readOnly.baseAddress!, count) == ones, "\(count) bits, seed \(generator.seed)")
            withExtendedLifetime(bitmap) {}
        }
    }
}
