package import Planning
internal import Synchronization

/// Bytes that are in memory already. They are copied chunk by chunk: codecs may look past a chunk's end.
package final class MemorySource: ChunkSource {
    private let bytes: [UInt8]
    private let nextOrdinal = Atomic<UInt64>(0)

    private let segmenter: Segmenter

    package init(_ bytes: [UInt8], _ segmenter: Segmenter) {
        self.bytes = bytes
        self.segmenter = segmenter
    }

    package var announcedSize: UInt64? { UInt64(bytes.count) }

    package func next(into buffer: UnsafeMutableRawBufferPointer) -> Chunk? {
        let ordinal = nextOrdinal.wrappingAdd(1, ordering: .relaxed).oldValue
        let total = UInt64(bytes.count)
        guard ordinal < segmenter.chunkCount(of: total) else { return nil }
        let range = segmenter.range(ofChunk: ordinal, of: total)
        let places = Int(range.lowerBound)..<Int(range.upperBound)
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[places])) }
        return Chunk(ordinal: ordinal, start: range.lowerBound, count: range.count, isFinal: range.upperBound == total)
    }
}
