package import Planning

/// Chunks of bytes that can only be read front to back. One worker reads at a time, the others encode what they have.
package final class StreamSource: ChunkSource, @unchecked Sendable {
    private let bytes: any ByteSource
    private let segmenter: Segmenter
    private let turn = AsyncLock()
    // Guarded by `turn`.
    private var nextOrdinal: UInt64 = 0
    private var nextStart: UInt64 = 0
    private var isAtEnd = false
    /// The first byte of the next chunk: read ahead, to know whether there is one.
    private let ahead = UnsafeMutableRawBufferPointer.allocate(byteCount: 1, alignment: 1)
    private var aheadCount = 0

    package init(_ bytes: any ByteSource, _ segmenter: Segmenter) {
        self.bytes = bytes
        self.segmenter = segmenter
    }

    deinit { ahead.deallocate() }

    package var announcedSize: UInt64? { nil }

    package func interrupt() { bytes.interrupt() }

    package func next(into buffer: UnsafeMutableRawBufferPointer) async throws(EngineError) -> Chunk? {
        await turn.lock()
        defer { turn.unlock() }
        if isAtEnd { return nil }
        // Unless this succeeds: what another worker would read after a failure is not what comes next.
        isAtEnd = true
        let size = segmenter.size(ofChunk: nextOrdinal)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: ahead[..<aheadCount]))
        let count = aheadCount + (try await bytes.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[aheadCount..<size])))
        aheadCount = count < size ? 0 : try await bytes.read(into: ahead)
        isAtEnd = aheadCount == 0
        guard count > 0 else { return nil }
        defer {
            nextOrdinal += 1
            nextStart += UInt64(count)
        }
        return Chunk(ordinal: nextOrdinal, start: nextStart, count: count, isFinal: isAtEnd)
    }
}
