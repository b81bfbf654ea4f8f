internal import Kernels

/// What a block says of itself: the first byte of `offsetlow`, which is left out when it is 0.
struct LZHead {
    /// How many of the lowest bits of distances are apart.
    let lowBits: Int
    let hasDeltaLiterals: Bool

    private static let deltaFlag: UInt8 = 0x10

    init(lowBits: Int, hasDeltaLiterals: Bool) {
        self.lowBits = lowBits
        self.hasDeltaLiterals = hasDeltaLiterals
    }

    /// - Parameter byte: nil when the stream is empty.
    /// - Returns: nil for what no encoder writes.
    init?(_ byte: UInt8?) {
        let bits = Int((byte ?? 0) & ~Self.deltaFlag)
        guard byte != 0, LZLayout.lowBitCounts.contains(bits) else { return nil }
        self.init(lowBits: bits, hasDeltaLiterals: (byte ?? 0) & Self.deltaFlag != 0)
    }

    var byte: UInt8 { UInt8(lowBits) | (hasDeltaLiterals ? Self.deltaFlag : 0) }
}
