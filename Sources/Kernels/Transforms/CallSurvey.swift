/// Counts what converting machine code would gain, without converting it.
package struct CallSurvey {
    /// Instructions whose operand would change.
    package private(set) var conversions = 0
    /// Of those that are looked up, how many of their places and of their distances were there before: what a match finder would find.
    package private(set) var recurringPlaces = 0
    package private(set) var recurringDistances = 0

    /// The logarithm of the 64-bit words of a set. There is a bit for eight bytes: even the densest code sets one in three.
    private let logarithm: UInt64
    /// A value is looked up when so many bits of its hash are zeros: beyond 16 MiB some of them, so that the sets stay in the cache.
    private let thinning: UInt64

    /// Bytes of the two sets that ``x86`` and ``arm64`` keep, which begin as zeros.
    package var workspaceSize: Int { 16 &<< Int(logarithm) }

    /// - Parameter byteCount: What will be surveyed, at most 2^29.
    package init(byteCount: Int) {
        let magnitude = Int.bitWidth &- byteCount.leadingZeroBitCount
        logarithm = UInt64(min(max(4, magnitude &- 10), 15))
        thinning = UInt64(max(0, magnitude &- 25))
    }

    /// Instructions for each one that is looked up.
    package var share: Int { 1 &<< Int(thinning) }

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
        recurringPlaces &+= insert(place, seen)
        recurringDistances &+= insert(distance, seen + (1 &<< Int(logarithm)))
    }

    /// - Returns: 1 when it was there already; 0 when not, or when it is not looked up.
    @inline(__always)
    private func insert(_ value: UInt32, _ set: UnsafeMutablePointer<UInt64>) -> Int {
        let hash = UInt64(value) &* 0x9E37_79B9_7F4A_7C15
        if (hash &>> 32) & (1 &<< thinning &- 1) != 0 { return 0 }
        let bit = UInt64(1) &<< (hash &>> 40)
        let word = set[Int(hash &>> (64 &- logarithm))]
        set[Int(hash &>> (64 &- logarithm))] = word | bit
        return word & bit == 0 ? 0 : 1
    }
}
