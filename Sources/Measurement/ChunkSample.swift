/// Which chunks of a file are measured.
///
/// Chunks lie at multiples of the chunk size. A shorter one at the end counts only when it is the whole file, because its speed could
/// not be compared. When the chunks are more than the sample may hold, as many as fit are taken at even distances, the first and
/// the last one among them.
package struct ChunkSample: Sendable, Hashable {
    /// Kernels state their limits on sizes; 8 MiB is below all of them, the nearest being Huffman's 2^24 - 1 counted symbols.
    package static let chunkSizes = 4096...8 << 20
    package static let defaultChunkSize = 128 << 10
    /// How much of a file is measured unless the caller says otherwise: some seconds for all kernels. Time is bound by the number of small
    /// chunks, for the clock needs as long for each, and by the bytes of large ones.
    package static let defaultSampleCount = 64
    package static let defaultSampleSize = 8 << 20

    /// Chunks that the file has.
    package let chunkCount: Int
    package let chunkSize: Int
    /// Where the measured chunks begin, ascending.
    package let offsets: [Int]

    /// - Parameters:
    ///   - fileSize: bytes, at least 1.
    ///   - chunkSize: bytes asked for; a shorter file is one chunk of its own size.
    ///   - sampleSize: bytes that may be measured, nil for the default; one chunk is measured in any case.
    package init(fileSize: Int, chunkSize: Int = defaultChunkSize, sampleSize: Int? = nil) {
        precondition(fileSize > 0 && chunkSize > 0)
        let size = min(chunkSize, fileSize)
        let count = fileSize / size
        let fitting = sampleSize.map { $0 / size } ?? min(Self.defaultSampleSize / size, Self.defaultSampleCount)
        let wanted = min(max(fitting, 1), count)
        self.chunkSize = size
        chunkCount = count
        offsets = (0..<wanted).map { wanted == 1 ? 0 : Self.spread($0, wanted, count) * size }
    }

    /// The chunk that the sample's chunk `index` of `wanted` is.
    private static func spread(_ index: Int, _ wanted: Int, _ count: Int) -> Int {
        // 128-bit on the way: a file has up to 2^63 bytes.
        let (high, low) = index.multipliedFullWidth(by: count - 1)
        return (wanted - 1).dividingFullWidth((high, low)).quotient
    }
}
