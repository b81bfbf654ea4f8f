internal import Bytes
internal import Checksum

/// What tells one archive's blocks from another's. Derived from what is written, so that the same input and settings give the same bytes.
package struct ArchiveID: Hashable, Sendable {
    /// The first eight bytes on disk. Every block header and the index repeat them.
    package var low: UInt64
    package var high: UInt64

    package init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}

extension ArchiveID {
    /// The id of the archive that starts with a file header of `chunkSize` raw bytes per block.
    /// - Parameter firstBlockHash: XXH3-64 of the first block's raw bytes; nil when the input is empty.
    package static func derive(chunkSize: Int, firstBlockHash: UInt64?) -> ArchiveID {
        var settings = ByteWriter(capacity: 48)
        let header = FileHeader(chunkSize: chunkSize, archiveID: ArchiveID(low: 0, high: 0))
        header.writeIdentity(to: &settings)
        header.writeFlags(to: &settings)
        settings.write(firstBlockHash ?? 0)
        let digest = settings.withUnsafeBytes { XXH3.hash128($0) }
        return ArchiveID(low: digest.low, high: digest.high)
    }
}

extension ArchiveID: CustomStringConvertible {
    /// The sixteen bytes as they stand in the file, in 32 hexadecimal digits.
    package var description: String { low.hexadecimalBytes + high.hexadecimalBytes }
}
