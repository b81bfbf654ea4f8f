internal import Bytes

extension BlockHeader {
    /// The whole header's size, from its first ``prefixSize`` bytes, of which only the sync marker and the descriptor's
    /// size are looked at: nothing is trusted before the hash, which stands at the end.
    package static func size(prefix bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) -> Int {
        let bytes = try bytes.prefix(size: prefixSize, of: "a block header", at: start)
        guard bytes.field(at: 0) == syncMarker else { throw .corrupt("no block starts here", offset: start) }
        let descriptorSize = Int(bytes[65])
        guard descriptorSize >= FormatLimits.minimumDescriptorSize else {
            throw .corrupt("the block header gives its pipeline descriptor \(descriptorSize) bytes", offset: start &+ 65)
        }
        return prefixSize + descriptorSize + 8
    }

    /// Decodes the header at the start of `bytes`.
    /// - Parameter start: offset of the first byte in the input.
    package init(decoding bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        let size = try Self.size(prefix: bytes, at: start)
        let bytes = try bytes.prefix(size: size, of: "a block header", at: start)
        guard bytes.hasHash(at: size - 8) else { throw .corrupt("the block header does not match its hash", offset: start) }
        let flags = bytes[64]
        guard flags & ~1 == 0, bytes.field(UInt64.self, at: 64) >> 16 == 0 else {
            throw .unsupported("the block header sets reserved bits", offset: start &+ (flags & ~1 != 0 ? 64 : 66))
        }
        let descriptor = UnsafeRawBufferPointer(rebasing: bytes[Self.prefixSize..<size - 8])
        self.init(
            archiveIDLow: bytes.field(at: 8), link: bytes.field(at: 16), ordinal: bytes.field(at: 24), rawOffset: bytes.field(at: 32),
            rawSize: Int(bytes.field(UInt32.self, at: 56)), storedSize: Int(bytes.field(UInt32.self, at: 60)), isFinal: flags & 1 != 0,
            pipeline: try PipelineDescriptor(decoding: descriptor, at: start &+ UInt64(Self.prefixSize)),
            rawHash: bytes.field(at: 40), storedHash: bytes.field(at: 48))
        try checkSizes(at: start)
        try checkPlace(at: start)
    }

    private func checkSizes(at start: UInt64) throws(FormatError) {
        guard rawSize <= FormatLimits.maximumBlockSize else {
            throw .corrupt("the block header gives \(rawSize) raw bytes", offset: start &+ 56)
        }
        guard storedSize <= rawSize else {
            throw .corrupt("the block header gives \(storedSize) stored bytes for \(rawSize) raw bytes", offset: start &+ 60)
        }
        // Only an input that ended earlier than it had announced leaves an empty block, to carry the final flag.
        guard rawSize > 0 || (isFinal && ordinal > 0) else {
            throw .corrupt("the block is empty but not a final one after others", offset: start &+ 56)
        }
        guard storedSize > 0 || rawSize == 0 else { throw .corrupt("the block has no stored bytes", offset: start &+ 60) }
        if storedSize == rawSize {
            guard pipeline == .stored, storedHash == rawHash else {
                throw .corrupt("a block of as many stored as raw bytes is not stored as it is", offset: start &+ 60)
            }
        } else if pipeline.codec == PipelineDescriptor.stored.codec {
            throw .corrupt("a block that is stored as it is gives two sizes", offset: start &+ 60)
        }
    }

    /// Each block before this one has at least one raw byte and at most as many as a block may have.
    private func checkPlace(at start: UInt64) throws(FormatError) {
        let limit = ordinal.multipliedReportingOverflow(by: UInt64(FormatLimits.maximumBlockSize))
        guard rawOffset >= ordinal, limit.overflow || rawOffset <= limit.partialValue,
            !rawOffset.addingReportingOverflow(UInt64(rawSize)).overflow
        else {
            throw .corrupt("block \(ordinal) cannot start at raw byte \(rawOffset)", offset: start &+ 32)
        }
    }
}
