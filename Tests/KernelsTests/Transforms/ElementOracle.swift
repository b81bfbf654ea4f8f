import TestSupport

/// Elements taken from bytes one by one, as slow and plain as it gets.
enum ElementOracle {
    /// Around the widths of all vectors, for each width of an element, and around several of the widest.
    static let counts = Array(0...36) + [47, 48, 49, 63, 64, 65, 127, 128, 129, 191, 255, 256, 257, 300, 511, 512, 513, 1031]

    /// Bytes behind the buffers: the slack that kernels are promised, and more, so that all odd addresses occur.
    static let slacks = [128, 129, 128 + 31]

    static func elements(_ bytes: some Sequence<UInt8>, width: Int) -> [UInt64] {
        var result: [UInt64] = []
        var shift = 0
        for byte in bytes {
            if shift == 0 { result.append(0) }
            result[result.count - 1] |= UInt64(byte) << UInt64(shift)
            shift = (shift + 8) % (8 * width)
        }
        return result
    }

    static func bytes(_ elements: [UInt64], width: Int) -> [UInt8] {
        elements.flatMap { element in (0..<width).map { UInt8(truncatingIfNeeded: element >> UInt64(8 * $0)) } }
    }

    static func mask(width: Int) -> UInt64 { UInt64.max >> UInt64(64 - 8 * width) }

    /// Random elements, among them runs of zeros and of equal ones, and the extremes.
    static func randomBytes(count: Int, width: Int, generator: inout SplitMix64) -> [UInt8] {
        var elements: [UInt64] = []
        while elements.count < count {
            switch generator.next() % 8 {
            case 0, 1: elements += Array(repeating: 0, count: Int(generator.next() % 12))
            case 2: elements += Array(repeating: generator.next(), count: Int(generator.next() % 12))
            case 3: elements.append(mask(width: width))
            case 4: elements.append((mask(width: width) >> 1) + 1)
            // One byte that is not zero.
            case 5: elements.append((generator.next() & 0xFF | 1) << UInt64(8 * Int(generator.next() % UInt64(width))))
            default: elements += (0..<generator.next() % 20).map { _ in generator.next() }
            }
        }
        return bytes(Array(elements.prefix(count)), width: width)
    }
}
