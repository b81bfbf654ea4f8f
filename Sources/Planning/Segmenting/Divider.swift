package import Codecs
internal import Format

/// Which blocks a chunk is written as: one, or several where next to nothing repeats from one into another.
///
/// A match finder needs much to look at, but most of what it finds is near. Small blocks give several readers something to do in an input
/// of few chunks, and copies of what a block has decoded then come from a cache. Where a chunk holds versions of one thing, blocks that
/// do not see each other would be twice as large. So a chunk is halved, and its halves, as long as that parts few long repeats from
/// their sources.
///
/// Where chunks end depends on an offset alone (``Segmenter``), and where a chunk is cut on what is in it alone: the same input gives the
/// same blocks for every number of workers, from a file or a pipe.
package struct Divider: Sendable, Hashable {
    /// Raw bytes; what has no more is left whole.
    package let partSize: Int

    /// - Parameter partSize: the largest block that is not halved, 4 KiB or more.
    package init(partSize: Int) {
        precondition(Segmenter.chunkSizes.contains(partSize), "part size out of range")
        self.partSize = partSize
    }

    /// The raw bytes of each block, which are in order and all of `chunk` together.
    /// - Parameters:
    ///   - chunk: with ``ScratchArena/slack`` readable bytes behind it.
    ///   - scratch: Left as it was found.
    package func blocks(of chunk: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [Range<Int>] {
        guard chunk.count > partSize else { return [0..<chunk.count] }
        return try blocks(of: part(0..<chunk.count, of: chunk, scratch), in: chunk, scratch)
    }

    /// Bytes of a chunk, and how many of them are long repeats of others there.
    private struct Part {
        let range: Range<Int>
        let covered: Int
    }

    private func blocks(
        of whole: Part, in chunk: UnsafeRawBufferPointer, _ scratch: ScratchArena
    ) throws(CodecError) -> [Range<Int>] {
        guard whole.range.count > partSize else { return [whole.range] }
        let middle = whole.range.lowerBound + Self.half(of: whole.range.count)
        let first = try part(whole.range.lowerBound..<middle, of: chunk, scratch)
        let second = try part(middle..<whole.range.upperBound, of: chunk, scratch)
        // Repeats that have a source in their own half too are not lost.
        let lost = whole.covered - first.covered - second.covered
        guard lost <= bearable(whole.range.count) else { return [whole.range] }
        return try blocks(of: first, in: chunk, scratch) + blocks(of: second, in: chunk, scratch)
    }

    private func part(
        _ range: Range<Int>, of chunk: UnsafeRawBufferPointer, _ scratch: ScratchArena
    ) throws(CodecError) -> Part {
        Part(range: range, covered: try LongRepeats.covered(UnsafeRawBufferPointer(rebasing: chunk[range]), scratch))
    }

    /// A cut stays a whole number of elements and of pages, whatever the chunk's size.
    private static func half(of count: Int) -> Int {
        (count / 2 + FormatLimits.minimumBlockSize - 1) & ~(FormatLimits.minimumBlockSize - 1)
    }

    /// What a cut of `count` bytes may lose: one byte of 192 for each part that they are. With parts of 4 MiB that is 1/24 of 32 MiB, which
    /// is a whole worker's share of most files, and 1/96 of 8 MiB. Versions of one source lose 17 to 37 % by a cut, XML 2.5 to 4, most
    /// files 0 to 1.
    private func bearable(_ count: Int) -> Int { count / 192 * count / partSize }
}
