/// Turns the relative addresses in machine code into places within its block, and back: all calls of one function are equal then, where
/// each held another distance before.
///
/// Both directions meet the same instructions, because what is changed of one never takes part in the search for the next.
package enum CallTargets {
    /// Converts `count` bytes of machine code from `source` to `target`. The first one is at place 0.
    ///
    /// Preconditions: the two do not overlap, and `count` is at most 2^29. Touches nothing outside.
    package typealias Convert = @Sendable (_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) -> Void

    /// Bytes of the longest x86-64 instruction that is converted, from its opcode on.
    package static let longestX86 = 6

    /// Bytes that are copied before their operands are converted: still in the first-level cache then.
    private static let blockSize = 8 << 10

    /// See ``Convert``: distances of x86-64 to places.
    @Sendable
    package static func placesX86(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
        convertX86(source, count, target, 1)
    }

    /// The inverse of ``placesX86``.
    @Sendable
    package static func distancesX86(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
        convertX86(source, count, target, .max)
    }

    /// - Parameter sign: 1 to add places, -1 modulo 2^32 to take them away.
    @inline(__always)
    private static func convertX86(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ sign: UInt32) {
        var copied = 0
        var next = 0
        var word = 0
        while word &+ CallOpcodes.wordSpan < count {
            // The last operand that begins in the block ends behind it.
            if word &+ CallOpcodes.wordSpan >= copied {
                let size = min(blockSize, count &- copied)
                (target + copied).copyMemory(from: source + copied, byteCount: size)
                copied &+= size
            }
            var opcodes = CallOpcodes.x86(source + word)
            // Most words have no more than two: one branch that is foreseen. Behind the last one, byte 64 is taken for none.
            repeat {
                next = convertInstruction(source, target, word, opcodes, next, sign)
                opcodes &= opcodes &- 1
                next = convertInstruction(source, target, word, opcodes, next, sign)
                opcodes &= opcodes &- 1
            } while opcodes != 0
            word &+= 64
        }
        (target + copied).copyMemory(from: source + copied, byteCount: count &- copied)
        convertRest(source, count, target, max(word, next), sign)
    }

    /// Converts the operand of the first of the `opcodes`, unless it begins before `next`.
    ///
    /// - Returns: where the next instruction may begin.
    @inline(__always)
    private static func convertInstruction(
        _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ word: Int, _ opcodes: UInt64, _ next: Int, _ sign: UInt32
    ) -> Int {
        let at = word &+ opcodes.trailingZeroBitCount
        // Of the opcodes, bit 6 is that of E8 alone.
        let end = at &+ 6 &- Int(source.load(fromByteOffset: at, as: UInt8.self) &>> 6 & 1)
        let isNext = (Int(truncatingIfNeeded: opcodes | (0 &- opcodes)) & ~(at &- next)) &>> 63
        let operand = UInt32(littleEndian: target.loadUnaligned(fromByteOffset: end &- 4, as: UInt32.self))
        let excess = Int((operand &+ 1 &<< 27) &>> 28)
        let isConverted = UInt32(truncatingIfNeeded: isNext & (excess &- 1) &>> 63)
        let converted = signExtended(operand &+ sign &* UInt32(truncatingIfNeeded: end), 28)
        let result = operand ^ (operand ^ converted) & isConverted
        target.storeBytes(of: result.littleEndian, toByteOffset: end &- 4, as: UInt32.self)
        return next ^ (next ^ end) & isNext
    }

    /// Converts the instructions that begin at `start` and later, of bytes that are copied already.
    ///
    /// - Parameter sign: 1 to add places, -1 modulo 2^32 to take them away.
    package static func convertRest(
        _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ start: Int, _ sign: UInt32
    ) {
        var at = start
        while at &+ longestX86 <= count {
            let length = lengthX86(source, at)
            at &+= max(1, length)
            guard length > 0, let converted = convertedX86(source, at, sign &* UInt32(truncatingIfNeeded: at)) else { continue }
            target.storeBytes(of: converted.littleEndian, toByteOffset: at &- 4, as: UInt32.self)
        }
    }

    /// Bytes, from the opcode on, of the instruction at `at`; 0 when it is none that is looked for.
    @inline(__always)
    static func lengthX86(_ code: UnsafeRawPointer, _ at: Int) -> Int {
        switch code.load(fromByteOffset: at, as: UInt8.self) {
        case 0xE8: 5
        case 0x89, 0x8B, 0x8D: code.load(fromByteOffset: at &+ 1, as: UInt8.self) & 0xC7 == 0x05 ? 6 : 0
        default: 0
        }
    }

    /// The operand that ends at `end`, plus `place`, or nil when it needs more than 28 bits.
    @inline(__always)
    static func convertedX86(_ code: UnsafeRawPointer, _ end: Int, _ place: UInt32) -> UInt32? {
        let operand = UInt32(littleEndian: code.loadUnaligned(fromByteOffset: end &- 4, as: UInt32.self))
        return signExtended(operand, 28) == operand ? signExtended(operand &+ place, 28) : nil
    }

    /// The low `bits` bits of `value` as a number in two's complement.
    @inline(__always)
    static func signExtended(_ value: UInt32, _ bits: UInt32) -> UInt32 {
        UInt32(bitPattern: Int32(bitPattern: value &<< (32 &- bits)) &>> Int32(bitPattern: 32 &- bits))
    }
}
