extension CallTargets {
    /// See ``Convert``: distances of 64-bit Arm to places.
    @Sendable
    package static func placesArm64(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
        convertRestArm64(source, count, target, 0, 1)
    }

    /// The inverse of ``placesArm64``.
    @Sendable
    package static func distancesArm64(_ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer) {
        convertRestArm64(source, count, target, 0, .max)
    }

    /// Converts the instructions from `start`, a multiple of four, on, and copies what is behind them.
    ///
    /// - Parameter sign: 1 to add places, -1 modulo 2^32 to take them away.
    @inline(__always)
    package static func convertRestArm64(
        _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer, _ start: Int, _ sign: UInt32
    ) {
        let end = count & ~3
        var at = start
        while at < end {
            let instruction = UInt32(littleEndian: source.loadUnaligned(fromByteOffset: at, as: UInt32.self))
            let converted = convertedArm64(instruction, UInt32(truncatingIfNeeded: at &>> 2), sign)
            target.storeBytes(of: converted.littleEndian, toByteOffset: at, as: UInt32.self)
            at &+= 4
        }
        (target + end).copyMemory(from: source + end, byteCount: count &- end)
    }

    /// What the instruction of number `index` is to be; itself when it is none that is looked for.
    @inline(__always)
    static func convertedArm64(_ instruction: UInt32, _ index: UInt32, _ sign: UInt32) -> UInt32 {
        let called = call(instruction, sign &* index)
        let addressed = pageAddress(instruction, sign &* (index &>> 10))
        return instruction &>> 26 == 0x25 ? called : addressed
    }

    /// BL: a distance of 26 bits, in instructions.
    @inline(__always)
    private static func call(_ instruction: UInt32, _ place: UInt32) -> UInt32 {
        instruction & 0xFC00_0000 | (instruction &+ place) & 0x03FF_FFFF
    }

    /// ADRP: a distance of 21 bits in pages of 4 KiB, of which a plausible one needs no more than 18. Others are returned as they are.
    @inline(__always)
    private static func pageAddress(_ instruction: UInt32, _ page: UInt32) -> UInt32 {
        let distance = instruction &>> 3 & 0x1F_FFFC | instruction &>> 29 & 3
        let isPlausible = signExtended(distance, 18) & 0x1F_FFFF == distance
        let target = signExtended(distance &+ page, 18)
        let converted = instruction & 0x9F00_001F | (target & 3) &<< 29 | (target & 0x1F_FFFC) &<< 3
        return instruction & 0x9F00_0000 == 0x9000_0000 && isPlausible ? converted : instruction
    }
}
