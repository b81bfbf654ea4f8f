/// Counts what converting machine code would gain, without converting it.
package struct CallSurvey {
    /// Instructions whose operand would change.
    package var conversions = 0
    /// How many more of their places than of their distances were there before: what a match finder would find.
    package var recurrences = 0

    /// Bytes of the two bit sets of 4096 bits that ``x86`` and ``arm64`` keep, which begin as zeros.
    package static let workspaceSize = 1024

    package init() {}

    /// Adds the x86-64 instructions in `count` bytes from `start` on.
    ///
    /// Preconditions: `start + count` bytes of `code` are readable, and at most 2^29. Reads nothing outside.
    package mutating func x86(_ code: UnsafeRawPointer, _ start: Int, _ count: Int, _ seen: UnsafeMutablePointer<UInt64>) {
        let end = start &+ count
        var next = start
        var word = start
        while word &+ CallOpcodes.wordSpan <= end {
            var opcodes = CallOpcodes.x86(code + word)
            while opcodes != 0 {
                let at = word &+ opcodes.trailingZeroBitCount
                opcodes &= opcodes &- 1
                if at >= next { next = at &+ addX86(code, at, seen) }
            }
            word &+= 64
        }
        var at = max(word, next)
        while at &+ CallTargets.longestX86 <= end { at &+= max(1, addX86(code, at, seen)) }
    }

    /// - Returns: the bytes, from the opcode on, of the instruction at `at`; 0 when there is none.
    @inline(__always)
    private mutating func addX86(_ code: UnsafeRawPointer, _ at: Int, _ seen: UnsafeMutablePointer<UInt64>) -> Int {
        let length = CallTargets.lengthX86(code, at)
        let end = UInt32(truncatingIfNeeded: at &+ length)
        guard length > 0, let place = CallTargets.convertedX86(code, at &+ length, end) else { return length }
        add(place &- end, place, seen)
        return length
    }

    /// Adds the 64-bit Arm instructions in `count` bytes from `start`, a multiple of four, on. Otherwise as ``x86``.
    package mutating func arm64(_ code: UnsafeRawPointer, _ start: Int, _ count: Int, _ seen: UnsafeMutablePointer<UInt64>) {
        var at = start
        while at &+ 4 <= start &+ count {
            let instruction = UInt32(littleEndian: code.loadUnaligned(fromByteOffset: at, as: UInt32.self))
            let converted = CallTargets.convertedArm64(instruction, UInt32(truncatingIfNeeded: at &>> 2), 1)
            if converted != instruction { add(instruction, converted, seen) }
            at &+= 4
        }
    }

    /// Sets of hashes stand for sets of values: equal numbers of both collide.
    @inline(__always)
    private mutating func add(_ distance: UInt32, _ place: UInt32, _ seen: UnsafeMutablePointer<UInt64>) {
        conversions &+= 1
        recurrences &+= Self.insert(place, seen) &- Self.insert(distance, seen + 64)
    }

    /// - Returns: 1 when it was there already, else 0.
    @inline(__always)
    private static func insert(_ value: UInt32, _ set: UnsafeMutablePointer<UInt64>) -> Int {
        let hash = (value &* 2_654_435_761) &>> 20
        let bit = UInt64(1) &<< UInt64(hash & 63)
        let word = set[Int(hash &>> 6)]
        set[Int(hash &>> 6)] = word | bit
        return word & bit == 0 ? 0 : 1
    }
}
