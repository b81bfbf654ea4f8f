// What LZ4 would make of a sample, counted and not written. The parse is the usual greedy one: a table of the last position of
// each hash of four bytes, a step that grows where nothing matches, matches extended both ways. It is our own so that the
// choice of a pipeline depends neither on the build's codecs nor on a library's version.

internal import Codecs
internal import KernelDispatch

/// The size of an LZ4 block of `bytes`, which are not empty and at most 64 KiB, to their own: at most 1.
func matchRatio(_ bytes: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Double {
    let mark = scratch.mark
    defer { scratch.release(to: mark) }
    let table = try scratch.allocate(MatchEstimate.tableSize)
    guard let start = bytes.baseAddress, let positions = table.baseAddress else { return 1 }
    precondition(bytes.count <= 64 << 10, "positions are 16 bits wide")
    let size = MatchEstimate.encodedSize(start, bytes.count, positions.assumingMemoryBound(to: UInt16.self))
    return min(1, Double(size) / Double(bytes.count))
}

enum MatchEstimate {
    private static let hashBits: UInt32 = 13
    /// One 16-bit position for each hash.
    static let tableSize = 2 << Int(hashBits)
    private static let minimumMatch = 4
    /// The format ends a block with at least five literals, and starts no match in its last twelve bytes.
    private static let lastMatchDistance = 12

    /// Preconditions: `bytes` has `count` readable bytes, at most 65,536; `positions` has ``tableSize`` bytes.
    static func encodedSize(_ bytes: UnsafeRawPointer, _ count: Int, _ positions: UnsafeMutablePointer<UInt16>) -> Int {
        positions.update(repeating: 0, count: tableSize / 2)
        let commonPrefix = KernelSet.current.commonPrefix
        let lastStart = count &- lastMatchDistance
        var size = 0
        var literals = 0
        var at = 1
        var misses = 1 << 6
        while at < lastStart {
            let word = bytes.loadUnaligned(fromByteOffset: at, as: UInt32.self)
            let hash = Int((word &* 2_654_435_761) &>> (32 &- hashBits))
            let earlier = Int(positions[hash])
            positions[hash] = UInt16(truncatingIfNeeded: at)
            guard bytes.loadUnaligned(fromByteOffset: earlier, as: UInt32.self) == word, earlier < at else {
                at &+= misses &>> 6
                misses &+= 1
                continue
            }
            var back = 0
            while at &- back > literals, earlier > back,
                bytes.load(fromByteOffset: at &- back &- 1, as: UInt8.self)
                    == bytes.load(fromByteOffset: earlier &- back &- 1, as: UInt8.self)
            { back &+= 1 }
            let rest = commonPrefix(bytes + (earlier &+ minimumMatch), bytes + (at &+ minimumMatch), count &- 5 &- at &- minimumMatch)
            size &+= sequenceSize(literals: at &- back &- literals, match: back &+ rest)
            at &+= minimumMatch &+ rest
            literals = at
            misses = 1 << 6
        }
        return size &+ sequenceSize(literals: count &- literals, match: 0) &- 2
    }

    /// Token, offset, literals, and a byte for each 255 of a length beyond 14. `match` is its length beyond four.
    private static func sequenceSize(literals: Int, match: Int) -> Int {
        var size = 3 &+ literals
        if literals >= 15 { size &+= 1 &+ (literals &- 15) / 255 }
        if match >= 15 { size &+= 1 &+ (match &- 15) / 255 }
        return size
    }
}
