/// Where the raw bytes come from. Several workers ask at once; each call gives the next chunk and its number.
package protocol ChunkSource: Sendable {
    /// The size that the input had when it was opened; nil where only reading to the end tells.
    var announcedSize: UInt64? { get }
    /// Copies the next chunk to the start of `buffer`, which is as long as the largest.
    /// - Returns: nil after the last chunk.
    func next(into buffer: UnsafeMutableRawBufferPointer) async throws(EngineError) -> Chunk?
    /// Ends a wait for input in another task, which then fails with `cancelled`.
    func interrupt()
    /// Whether the input's size or time of change differs from when it was opened.
    func hasChanged() throws(EngineError) -> Bool
}

package struct Chunk: Sendable {
    package var ordinal: UInt64
    /// Raw bytes before it in the input.
    package var start: UInt64
    package var count: Int
    package var isFinal: Bool

    package init(ordinal: UInt64, start: UInt64, count: Int, isFinal: Bool) {
        self.ordinal = ordinal
        self.start = start
        self.count = count
        self.isFinal = isFinal
    }

    /// Where bytes of the chunk stand in the input.
    func place(of range: Range<Int>) -> Range<UInt64> { start + UInt64(range.lowerBound)..<start + UInt64(range.upperBound) }
}

extension ChunkSource {
    package func interrupt() {}
    package func hasChanged() throws(EngineError) -> Bool { false }
}
