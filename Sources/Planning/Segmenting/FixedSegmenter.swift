internal import Format

/// Cuts an input into chunks of one size; only the last may be shorter.
package struct FixedSegmenter: Sendable, Hashable {
    /// Raw bytes of every chunk but the last.
    package let chunkSize: Int

    /// The sizes that the container allows: 4 KiB to 512 MiB.
    package static let chunkSizes = FormatLimits.minimumBlockSize...FormatLimits.maximumBlockSize

    package init(chunkSize: Int) {
        precondition(Self.chunkSizes.contains(chunkSize), "chunk size out of range")
        self.chunkSize = chunkSize
    }

    /// How many chunks an input of `total` bytes has; none when it is empty.
    package func chunkCount(of total: UInt64) -> UInt64 {
        let (whole, rest) = total.quotientAndRemainder(dividingBy: UInt64(chunkSize))
        return rest == 0 ? whole : whole + 1
    }

    /// The bytes of chunk `ordinal` in an input of `total` bytes.
    package func range(ofChunk ordinal: UInt64, of total: UInt64) -> Range<UInt64> {
        precondition(ordinal < chunkCount(of: total), "no such chunk")
        let start = ordinal * UInt64(chunkSize)
        return start..<start + min(UInt64(chunkSize), total - start)
    }
}
