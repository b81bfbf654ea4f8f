internal import Checksum
internal import Engine
internal import Format

/// An archive file, or several end to end, open for random access: reading a range costs the index and the blocks that hold it.
public struct Archive: Sendable {
    /// One of the archives that a file has end to end.
    public struct Member: Sendable, Hashable {
        /// 32 hexadecimal digits.
        public var identifier: String
        /// Of its first byte in the file.
        public var offset: UInt64
        /// Bytes in the file.
        public var storedSize: UInt64
        /// Raw bytes.
        public var rawSize: UInt64
        /// Blocks.
        public var blockCount: Int
        /// Raw bytes of a block at most. The first blocks and the last may have fewer.
        public var blockSize: Int
        /// The hash over the hashes of all blocks, 32 hexadecimal digits.
        public var digest: String
        /// Format version.
        public var formatVersion: Int
    }

    /// One block.
    public struct Block: Sendable, Hashable {
        /// The number of its ``Member``.
        public var member: Int
        /// Its number within the member.
        public var ordinal: UInt64
        /// Of its header in the file.
        public var offset: UInt64
        /// Bytes of header and payload.
        public var storedSize: UInt64
        /// Of its raw bytes in the output of the whole file.
        public var rawOffset: UInt64
        /// Raw bytes.
        public var rawSize: Int
        /// XXH3-64 of the raw bytes.
        public var rawHash: UInt64
        /// XXH3-64 of the payload.
        public var storedHash: UInt64
        /// The pipeline that encoded it, such as `runlength(huffman,stored)`.
        public var pipeline: String
    }

    /// Raw bytes of the whole file.
    public let rawSize: UInt64
    /// Bytes of the file.
    public let storedSize: UInt64
    /// The archives in the file's order.
    public let members: [Member]

    let archives: [IndexedArchive]
    let input: FileInput
    /// Keeps the file open.
    private let file: OpenFile?

    /// Opens the file at a path and reads footers and indexes.
    public init(file path: String) async throws(BaleError) {
        let file = try OpenFile(path)
        try await self.init(file.descriptor, keeping: file)
    }

    /// The same for an open regular file, which the caller keeps open.
    public init(descriptor: Int32) async throws(BaleError) {
        try await self.init(Descriptor(descriptor), keeping: nil)
    }

    private init(_ descriptor: Descriptor, keeping file: OpenFile?) async throws(BaleError) {
        guard let input = try publicErrors({ () throws(SystemError) in try FileInput(descriptor) }) else {
            throw BaleError(.invalidOption, "random access needs a regular file, not a pipe")
        }
        self.input = input
        self.file = file
        archives = try await publicErrors { () async throws(EngineError) in
            try await DecompressionEngine.locateArchives(in: input)
        }
        members = archives.map(Member.init)
        storedSize = input.size
        rawSize = archives.last?.rawRange.upperBound ?? 0
    }
}

extension Archive.Member {
    fileprivate init(_ archive: IndexedArchive) {
        self.init(
            identifier: archive.footer.archiveID.description, offset: archive.offset, storedSize: archive.footer.archiveLength,
            rawSize: archive.footer.totalRawSize, blockCount: archive.index.entries.count,
            blockSize: archive.fileHeader.chunkSize,
            digest: archive.footer.rootDigest.description, formatVersion: Int(FormatLimits.version))
    }
}
