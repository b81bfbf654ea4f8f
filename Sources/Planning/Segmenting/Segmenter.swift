internal import Format

/// Where an input is cut into chunks: all of one size, or small ones first, so that a small input has one for each of several workers.
///
/// Growing chunks are first, first, 2 first, 4 first, ... up to the largest: each is as long as all before it together. A cut therefore
/// stands at every multiple of the largest size, as with fixed chunks, and growing costs matches in the first of them only. Cuts depend
/// on nothing but an offset: neither on the input's size, which a pipe does not tell, nor on the number of workers. Only the last chunk
/// may be shorter.
package struct Segmenter: Sendable, Hashable {
    /// Raw bytes of the first chunk.
    package let firstChunkSize: Int
    /// Raw bytes of the largest chunks.
    package let chunkSize: Int
    /// How often the first size is doubled.
    private let doublings: Int

    /// The sizes that the container allows: 4 KiB to 512 MiB.
    package static let chunkSizes = FormatLimits.minimumBlockSize...FormatLimits.maximumBlockSize

    /// Chunks of one size.
    package init(chunkSize: Int) { self.init(firstChunkSize: chunkSize, chunkSize: chunkSize) }

    /// - Parameters:
    ///   - firstChunkSize: `chunkSize` divided by a power of two.
    ///   - chunkSize: of the largest chunks.
    package init(firstChunkSize: Int, chunkSize: Int) {
        precondition(Self.chunkSizes.contains(firstChunkSize) && Self.chunkSizes.contains(chunkSize), "chunk size out of range")
        let (factor, rest) = chunkSize.quotientAndRemainder(dividingBy: firstChunkSize)
        precondition(rest == 0 && factor.nonzeroBitCount == 1, "chunks grow by doubling")
        self.firstChunkSize = firstChunkSize
        self.chunkSize = chunkSize
        doublings = factor.trailingZeroBitCount
    }

    /// Raw bytes of chunk `ordinal`, unless the input ends in it.
    package func size(ofChunk ordinal: UInt64) -> Int {
        // Shifted by 17 bits at most, from 4 KiB to 512 MiB.
        ordinal > UInt64(doublings) ? chunkSize : ordinal == 0 ? firstChunkSize : firstChunkSize << Int(ordinal - 1)
    }

    /// How many chunks an input of `total` bytes has; none when it is empty.
    package func chunkCount(of total: UInt64) -> UInt64 {
        if total <= UInt64(firstChunkSize) { return total == 0 ? 0 : 1 }
        let last = total - 1
        if total > UInt64(chunkSize) { return UInt64(doublings) + 1 + last / UInt64(chunkSize) }
        // The first, and one more for each binary digit of what follows it in first sizes.
        return 1 + UInt64(UInt64.bitWidth - (last / UInt64(firstChunkSize)).leadingZeroBitCount)
    }

    /// The bytes of chunk `ordinal` in an input of `total` bytes.
    package func range(ofChunk ordinal: UInt64, of total: UInt64) -> Range<UInt64> {
        precondition(ordinal < chunkCount(of: total), "no such chunk")
        let start = start(ofChunk: ordinal)
        return start..<start + min(UInt64(size(ofChunk: ordinal)), total - start)
    }

    private func start(ofChunk ordinal: UInt64) -> UInt64 {
        if ordinal > UInt64(doublings) { return (ordinal - UInt64(doublings)) * UInt64(chunkSize) }
        return ordinal == 0 ? 0 : UInt64(firstChunkSize) << (ordinal - 1)
    }
}
