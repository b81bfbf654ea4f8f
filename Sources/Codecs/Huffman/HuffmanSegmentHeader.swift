internal import Kernels

/// A segment's first two bytes, and the counts that follow from it and the segment's size.
struct HuffmanSegmentHeader {
    enum Mode: UInt8 {
        /// The segment's bytes as they are.
        case stored = 0
        /// One byte, of which the whole segment consists.
        case oneSymbol = 1
        /// A table and coded symbols.
        case ownTable = 2
        /// Coded symbols, by the table that was used last.
        case lastTable = 3
    }

    var mode: Mode
    /// Groups of lanes: 1, 2 or 4, or 0 for codes without lanes; 1 for segments without codes.
    var groups = 1
    /// Rows of symbols in a tail of codes, 0 for a tail of raw symbols and without lanes.
    var tailRows = 0

    /// What stands for no groups where otherwise the logarithm of their number does.
    private static let withoutLanes: UInt8 = 3 << 2

    init(mode: Mode) { self.mode = mode }

    /// - Returns: nil for a byte that no encoder writes.
    init?(byte: UInt8) {
        guard let mode = Mode(rawValue: byte & 3) else { return nil }
        self.mode = mode
        groups = byte & Self.withoutLanes == Self.withoutLanes ? 0 : 1 << Int(byte >> 2 & 3)
        tailRows = Int(byte >> 4)
        if groups == 0, tailRows > 0 { return nil }
        if mode == .stored || mode == .oneSymbol, byte > 1 { return nil }
    }

    /// How many of the `left` bytes belong to a segment with this second byte.
    /// - Returns: nil for a size that a smaller byte would give too.
    static func count(sizeByte: UInt8, left: Int) -> Int? {
        let shorter = Int(sizeByte) * HuffmanCutter.unit
        return shorter < left ? min(left, shorter + HuffmanCutter.unit) : nil
    }

    var byte: UInt8 {
        mode.rawValue | (groups == 0 ? Self.withoutLanes : UInt8(groups.trailingZeroBitCount) << 2) | UInt8(tailRows) << 4
    }

    /// Writes both bytes. The second is the size in whole units, rounded up, less one: what is left of the stream bounds the last segment.
    func write(count: Int, to target: UnsafeMutableRawPointer) {
        target.storeBytes(of: byte, as: UInt8.self)
        target.storeBytes(of: UInt8((count - 1) / HuffmanCutter.unit), toByteOffset: 1, as: UInt8.self)
    }

    var lanes: Int { HuffmanLanes.perGroup * groups }

    /// Bytes of the lanes' first 16 bits, which hold the tail.
    var tailSize: Int { 2 * lanes }

    /// Symbols of a tail of raw bytes: as few steps as possible leave at most two for each lane.
    func rawTailCount(of count: Int) -> Int { count % lanes == 0 ? 2 * lanes : lanes + count % lanes }

    /// Symbols behind the last step.
    func tailCount(of count: Int) -> Int { tailRows == 0 ? rawTailCount(of: count) : tailRows * lanes + count % lanes }

    /// Steps for a segment of `count` symbols; below 1 when it cannot be coded like this.
    func steps(for count: Int) -> Int { (count - tailCount(of: count)) / lanes }
}
