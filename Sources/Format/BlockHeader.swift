/// What stands before each block's stored bytes: enough to place, check and decode it knowing nothing else of the archive.
package struct BlockHeader: Hashable, Sendable {
    /// Bytes before the pipeline descriptor.
    package static let prefixSize = 72
    /// Bytes of the longest header.
    package static let maximumSize = prefixSize + FormatLimits.maximumDescriptorSize + 8
    /// Bytes of the shortest header.
    package static let minimumSize = prefixSize + FormatLimits.minimumDescriptorSize + 8
    /// The first eight bytes as a little-endian word. None is ASCII or zero, together they are not UTF-8, and the first
    /// does not come again, so that a scan which fails may go on right behind it.
    package static let syncMarker: UInt64 = 0x97D2_B5E6_8AC3_9DF1
    package static let syncMarkerBytes: [UInt8] = [0xF1, 0x9D, 0xC3, 0x8A, 0xE6, 0xB5, 0xD2, 0x97]

    /// The low word of the archive's id.
    package var archiveIDLow: UInt64
    /// Header hash of the block before, or of the file header: each block depends on all that come before it.
    package var link: UInt64
    /// Counted from 0 within the archive.
    package var ordinal: UInt64
    /// Where the raw bytes belong, counted from the archive's first raw byte.
    package var rawOffset: UInt64
    package var rawSize: Int
    /// Bytes that follow the header.
    package var storedSize: Int
    /// Whether this is the archive's last block.
    package var isFinal: Bool
    package var pipeline: PipelineDescriptor
    /// XXH3-64 of the raw bytes.
    package var rawHash: UInt64
    /// XXH3-64 of the stored bytes.
    package var storedHash: UInt64

    package init(
        archiveIDLow: UInt64, link: UInt64, ordinal: UInt64, rawOffset: UInt64, rawSize: Int, storedSize: Int, isFinal: Bool,
        pipeline: PipelineDescriptor, rawHash: UInt64, storedHash: UInt64
    ) {
        self.archiveIDLow = archiveIDLow
        self.link = link
        self.ordinal = ordinal
        self.rawOffset = rawOffset
        self.rawSize = rawSize
        self.storedSize = storedSize
        self.isFinal = isFinal
        self.pipeline = pipeline
        self.rawHash = rawHash
        self.storedHash = storedHash
    }

    /// Bytes of the header on disk.
    package var size: Int { Self.prefixSize + pipeline.encodedSize + 8 }
    /// Bytes of the header and the stored bytes.
    package var span: Int { size + storedSize }
    /// The header's last eight bytes, to which the next block links. There is one encoding of a value, so decoded headers have theirs.
    package var hash: UInt64 { encoded().hash }
}
