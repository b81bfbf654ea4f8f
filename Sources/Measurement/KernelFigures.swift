/// What was measured of one kernel on one chunk. Times are those of the fastest turn.
struct ChunkFigures: Sendable {
    let byteCount: Int
    let nanoseconds: Double
    /// Slowest turn over fastest.
    let spread: Double
    /// The portable kernel's time over this one's, on this chunk.
    var overPortable: Double?
    /// memcpy's time for as many bytes over this one's, on this chunk.
    var overCopy: Double?

    /// Gigabytes (10^9 raw bytes) a second.
    var speed: Double { Double(byteCount) / nanoseconds }
}

/// One kernel of one instruction set over all chunks of a file. Speeds are in 10^9 raw bytes a second.
package struct KernelRow: Sendable {
    package let kernel: String
    package let set: String
    /// Chunks measured; fewer than the sample's where a chunk did not suit the kernel.
    package let chunkCount: Int
    /// The fastest chunk.
    package let bestSpeed: Double
    /// The chunk in the middle.
    package let medianSpeed: Double
    /// All bytes over the sum of all chunks' times.
    package let meanSpeed: Double
    /// Slowest turn over fastest on the same chunk, median over the chunks: above 1.2 the run is worth repeating.
    package let spread: Double
    /// How many times as fast as the portable kernel, median over the chunks; nil when there is but one kernel.
    package let overPortable: Double?
    /// Speed over memcpy's, median over the chunks.
    package let overCopy: Double?
    /// Output over input bytes, for codecs.
    package let ratio: Double?

    /// - Returns: nil without chunks.
    init?(kernel: String, set: String, chunks: [ChunkFigures], outputSize: Int?) {
        guard let best = chunks.map(\.speed).max(), let median = Timings(chunks.map(\.speed)).median else { return nil }
        self.kernel = kernel
        self.set = set
        chunkCount = chunks.count
        bestSpeed = best
        medianSpeed = median
        let byteCount = chunks.reduce(0) { $0 + $1.byteCount }
        meanSpeed = Double(byteCount) / chunks.reduce(0) { $0 + $1.nanoseconds }
        spread = Timings(chunks.map(\.spread)).median ?? 1
        overPortable = Timings(chunks.compactMap(\.overPortable)).median
        overCopy = Timings(chunks.compactMap(\.overCopy)).median
        ratio = outputSize.map { Double($0) / Double(byteCount) }
    }
}

/// All that was measured on one file.
package struct KernelFigures: Sendable {
    /// By kernel in the catalogue's order, then by instruction set, lowest first.
    package let rows: [KernelRow]
    /// Kernels that gave a wrong result and have no row.
    package let faults: [KernelFault]
    /// Kernels that no chunk suited.
    package let unsuited: [String]
    /// Order-0 entropy of the measured chunks, bits a byte.
    package let meanEntropy: Double
    package let entropyRange: ClosedRange<Double>
}
