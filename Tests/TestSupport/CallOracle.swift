/// The stream of the codec calls as Transforms.md has it, with numbers of any size.
package enum CallOracle {
    /// Bytes that are opcodes and plausible operands far more often than in any program, so that many begin within others.
    package static func instructions(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
        let frequent: [UInt8] = [0xE8, 0x89, 0x8B, 0x8D, 0x8F, 0x05, 0x3D, 0x00, 0xFF, 0x07, 0xF8, 0x08, 0xF7, 0x94, 0x97, 0x90, 0xF0]
        return (0..<count).map { _ in
            let bits = random.next()
            return bits & 3 == 0 ? UInt8(truncatingIfNeeded: bits >> 8) : frequent[Int(bits >> 16) % frequent.count]
        }
    }

    package static func x86(_ input: [UInt8]) -> [UInt8] {
        var (bytes, i) = (input, 0)
        while i + 6 <= bytes.count {
            var length = 1
            if bytes[i] == 0xE8 { length = 5 }
            if [0x89, 0x8B, 0x8D].contains(bytes[i]), bytes[i + 1] & 7 == 5, bytes[i + 1] < 64 { length = 6 }
            i += length
            guard length > 1 else { continue }
            let operand = signed(number(bytes[i - 4..<i]), bits: 32)
            guard (-1 << 27..<1 << 27).contains(operand) else { continue }
            store(signed(operand + i, bits: 28), &bytes, i - 4)
        }
        return bytes
    }

    package static func arm64(_ input: [UInt8]) -> [UInt8] {
        var bytes = input
        for i in stride(from: 0, through: bytes.count - 4, by: 4) {
            let w = number(bytes[i..<i + 4])
            if w / (1 << 26) == 37 { store(37 << 26 + (w + i / 4) % (1 << 26), &bytes, i) }
            guard w >> 31 == 1, w >> 24 % 32 == 16 else { continue }
            let distance = signed(w >> 5 % (1 << 19) * 4 + w >> 29 % 4, bits: 21)
            guard (-1 << 17..<1 << 17).contains(distance) else { continue }
            let target = signed(distance + i / 4096, bits: 18)
            store(1 << 31 + (target & 3) << 29 + 16 << 24 + ((target >> 2) & 0x7FFFF) << 5 + w % 32, &bytes, i)
        }
        return bytes
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 * 256 + Int($1) } }

    private static func signed(_ value: Int, bits: Int) -> Int {
        let low = value & (1 << bits - 1)
        return low >= 1 << (bits - 1) ? low - 1 << bits : low
    }

    private static func store(_ value: Int, _ bytes: inout [UInt8], _ offset: Int) {
        for k in 0..<4 { bytes[offset + k] = UInt8(truncatingIfNeeded: value >> (8 * k)) }
    }
}
