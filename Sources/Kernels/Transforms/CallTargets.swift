/// Turns the relative addresses in machine code into places within its block, and back: all calls of one function are equal then, where
/// each held another distance before.
///
/// Both directions meet the same instructions, because what is changed of one never takes part in the search for the next.
package enum CallTargets {
    /// Converts `count` bytes of machine code in place. The first one is at place 0.
    ///
    /// Preconditions: `count` is at most 2^29. Touches nothing outside.
    package typealias Convert = @Sendable (_ code: UnsafeMutableRawPointer, _ count: Int) -> Void

    /// Bytes of the longest x86-64 instruction that is converted, from its opcode on.
    static let longestX86 = 6

    /// See ``Convert``: distances of x86-64 to places.
    @Sendable
    package static func placesX86(_ code: UnsafeMutableRawPointer, _ count: Int) {
        convertX86(code, count, 1)
    }

    /// The inverse of ``placesX86``.
    @Sendable
    package static func distancesX86(_ code: UnsafeMutableRawPointer, _ count: Int) {
        convertX86(code, count, .max)
    }

    /// - Parameter sign: 1 to add places, -1 modulo 2^32 to take them away.
    @inline(__always)
    private static func convertX86(_ code: UnsafeMutableRawPointer, _ count: Int, _ sign: UInt32) {
        var next = 0
        var word = 0
        // The second bytes of a word's instructions reach one byte behind it, and the longest one five.
        while word &+ 8 &+ longestX86 &- 1 <= count {
            var marks = candidatesX86(code, word)
            while marks != 0 {
                let at = word &+ marks.trailingZeroBitCount &>> 3
                marks &= marks &- 1
                if at >= next { next = at &+ convertInstruction(code, at, sign) }
            }
            word &+= 8
        }
        var at = max(word, next)
        while at &+ longestX86 <= count { at &+= max(1, convertInstruction(code, at, sign)) }
    }

    /// Bit 8 k + 7: an instruction may begin at byte k of the word at `offset`. All that do are marked, and of others 8F with such an operand.
    @inline(__always)
    private static func candidatesX86(_ code: UnsafeMutableRawPointer, _ offset: Int) -> UInt64 {
        let first = UInt64(littleEndian: code.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        let second = UInt64(littleEndian: code.loadUnaligned(fromByteOffset: offset &+ 1, as: UInt64.self))
        let calls = zeroBytes(first ^ 0xE8E8_E8E8_E8E8_E8E8)
        let moves = (first & 0xF9F9_F9F9_F9F9_F9F9) ^ 0x8989_8989_8989_8989
        let operands = (second & 0xC7C7_C7C7_C7C7_C7C7) ^ 0x0505_0505_0505_0505
        return calls | zeroBytes(moves | operands)
    }

    /// Bit 8 k + 7: byte k is zero.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        let low: UInt64 = 0x7F7F_7F7F_7F7F_7F7F
        return ~((word & low) &+ low | word | low)
    }

    /// Converts the operand of the instruction at `at`, if one is there and its distance is a plausible one.
    ///
    /// Precondition: ``longestX86`` bytes from `at` on.
    /// - Returns: the instruction's bytes from the opcode on; 0 when there is none.
    @inline(__always)
    private static func convertInstruction(_ code: UnsafeMutableRawPointer, _ at: Int, _ sign: UInt32) -> Int {
        let length = lengthX86(code, at)
        let end = at &+ length
        guard length > 0, let converted = convertedX86(code, end, sign &* UInt32(truncatingIfNeeded: end)) else { return length }
        code.storeBytes(of: converted.littleEndian, toByteOffset: end &- 4, as: UInt32.self)
        return length
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
