internal import Bytes
internal import Checksum

extension BlockHeader {
    /// The header on disk, and its hash, to which the next block links. It runs in the engine's ordered step, so it
    /// writes each field to its place in one allocation.
    package func encoded() -> (bytes: [UInt8], hash: UInt64) {
        let size = size
        precondition(size <= Self.maximumSize, "the pipeline is too long")
        precondition(pipeline.depth <= FormatLimits.maximumPipelineDepth, "the pipeline is too deep")
        var hash: UInt64 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let buffer = UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: size)
            writeFields(to: buffer)
            hash = XXH3.hash64(UnsafeRawBufferPointer(start: buffer.baseAddress, count: size - 8))
            buffer.setField(hash, at: size - 8)
            count = size
        }
        return (bytes, hash)
    }

    private func writeFields(to buffer: UnsafeMutableRawBufferPointer) {
        buffer.setField(Self.syncMarker, at: 0)
        buffer.setField(archiveIDLow, at: 8)
        buffer.setField(link, at: 16)
        buffer.setField(ordinal, at: 24)
        buffer.setField(rawOffset, at: 32)
        buffer.setField(rawHash, at: 40)
        buffer.setField(storedHash, at: 48)
        buffer.setField(UInt32(rawSize), at: 56)
        buffer.setField(UInt32(storedSize), at: 60)
        let descriptorEnd = pipeline.encode(to: buffer, at: Self.prefixSize)
        // Flags, the descriptor's size and six reserved bytes.
        buffer.setField(UInt64(isFinal ? 1 : 0) | UInt64(descriptorEnd - Self.prefixSize) << 8, at: 64)
    }
}
