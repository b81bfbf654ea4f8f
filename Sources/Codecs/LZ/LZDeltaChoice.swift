internal import Kernels

/// Whether literals are smaller as differences to what the last distance points to.
///
/// They are where a program keeps records or numbers: SQLite files became 1 to 12 % smaller, a bitmap 2 to 8 %. Text would
/// become 1 to 14 % larger.
enum LZDeltaChoice {
    /// - Returns: whether the Huffman codes of a sample are shorter for the differences, by what pays for the slower copies.
    static func isBetter(
        _ input: UnsafeRawPointer, _ sequences: UnsafePointer<LZSequence>, _ count: Int, literalCount: Int, scratch: ScratchArena
    ) throws(CodecError) -> Bool {
        guard literalCount >= leastLiterals else { return false }
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let plain = try scratch.allocate(2 * 256 * 4).baseAddress!.assumingMemoryBound(to: UInt32.self)
        let delta = plain + 256
        LZDeltaLiterals.sample(
            input.assumingMemoryBound(to: UInt8.self), sequences, count, literalCount: literalCount, plain: plain, delta: delta)
        let lengths = try scratch.allocate(256).baseAddress!.assumingMemoryBound(to: UInt8.self)
        let workspace = try scratch.allocate(CodeLengths.workspaceSize).baseAddress!
        let plainBits = bits(plain, lengths, workspace)
        return bits(delta, lengths, workspace) < plainBits - plainBits / 32
    }

    /// Below, a table of 256 symbols is not known.
    private static let leastLiterals = 1024

    /// The sample's coded size. One symbol alone takes nothing.
    private static func bits(
        _ counts: UnsafePointer<UInt32>, _ lengths: UnsafeMutablePointer<UInt8>, _ workspace: UnsafeMutableRawPointer
    ) -> Int {
        let used = UnsafeBufferPointer(start: counts, count: 256).reduce(0) { $0 + ($1 > 0 ? 1 : 0) }
        return used > 1 ? CodeLengths.assign(counts, lengths: lengths, workspace: workspace) : 0
    }
}
