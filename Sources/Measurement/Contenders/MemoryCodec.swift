internal import Bale

/// Compression from memory to memory.
package struct MemoryCodec: Sendable {
    package typealias Step = @Sendable ([UInt8]) async throws(ContenderFault) -> [UInt8]

    package var compress: Step
    package var decompress: Step

    package init(compress: @escaping Step, decompress: @escaping Step) {
        self.compress = compress
        self.decompress = decompress
    }

    /// Gives back what it gets. What it takes is what measuring costs.
    package static let null = MemoryCodec(compress: { bytes in bytes }, decompress: { bytes in bytes })

    /// Bale's library.
    /// - Parameter blockSize: nil takes the level's.
    package static func bale(level: Int?, pipeline: String?, threads: Int, blockSize: Int? = nil) -> MemoryCodec {
        var compression = CompressionOptions()
        if let level { compression.level = level }
        compression.pipeline = pipeline
        compression.blockSize = blockSize
        compression.threads = threads
        var decompression = DecompressionOptions()
        decompression.threads = threads
        return MemoryCodec(
            compress: { [compression] (bytes) async throws(ContenderFault) in
                do throws(BaleError) {
                    return try await Compressor(compression).compress(bytes)
                } catch {
                    throw ContenderFault("compressing failed: \(error)")
                }
            },
            decompress: { [decompression] (bytes) async throws(ContenderFault) in
                do throws(BaleError) {
                    return try await Decompressor(decompression).decompress(bytes)
                } catch {
                    throw ContenderFault("decompressing failed: \(error)")
                }
            })
    }
}
