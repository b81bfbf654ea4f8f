import Bytes
import Checksum
import Testing

@testable import Format

/// Values whose fields all differ, so that two swapped fields show.
enum Samples {
    static let archiveID = ArchiveID(low: 0x1122_3344_5566_7788, high: 0x99AA_BBCC_DDEE_FF01)
    static let fileHeader = FileHeader(chunkSize: 1 << 20, archiveID: archiveID)
    /// runlength(huffman, huffman) with parameters.
    static let tree = PipelineDescriptor(
        codec: CodecID(rawValue: 2), parameters: [7, 9],
        children: [
            PipelineDescriptor(codec: CodecID(rawValue: 3), parameters: [1]),
            PipelineDescriptor(codec: CodecID(rawValue: 3)),
        ])
    static let blockHeader = BlockHeader(
        archiveIDLow: archiveID.low, link: 0xA1A2_A3A4_A5A6_A7A8, ordinal: 3, rawOffset: 3 << 20, rawSize: 1 << 20, storedSize: 4711,
        isFinal: false, pipeline: tree, rawHash: 0xB1B2_B3B4_B5B6_B7B8, storedHash: 0xC1C2_C3C4_C5C6_C7C8)
    static let footer = Footer(
        blockCount: 3, totalRawSize: 2_500_000, indexOffset: 100_000, indexSize: 208, rootDigest: Digest128(low: 0x0102, high: 0x0304),
        archiveID: archiveID)

    /// An index of blocks with these raw and stored sizes.
    static func index(sizes: [(raw: Int, span: Int)], sections: [BlockIndex.Section] = []) -> BlockIndex {
        var index = BlockIndex(archiveIDLow: archiveID.low, link: 77, entries: [], sections: sections)
        for size in sizes {
            let hash = UInt64(index.entries.count) &* 0x9E37_79B9_7F4A_7C15 &+ 1
            index.entries.append(
                BlockIndex.Entry(
                    storedOffset: index.blocksEnd, rawOffset: index.totalRawSize, rawSize: size.raw, span: size.span,
                    rawHash: hash, storedHash: ~hash, headerHash: hash ^ 0xFFFF))
        }
        if let last = index.entries.last { index.link = last.headerHash }
        return index
    }
    static let index = index(
        sizes: [(1 << 20, 5000), (1 << 20, 84), (1234, 1234 + 83)],
        sections: [BlockIndex.Section(type: 3, bytes: [1, 2, 3]), BlockIndex.Section(type: 900, bytes: [])])
}

/// Where decoded bytes pretend to start in the input; larger than any sample.
let place: UInt64 = 1 << 40

/// What decoding throws, or nil.
func failure<Value>(_ bytes: [UInt8], _ decode: (UnsafeRawBufferPointer) throws(FormatError) -> Value) -> FormatError? {
    bytes.withUnsafeBytes { buffer in
        do throws(FormatError) {
            _ = try decode(buffer)
            return nil
        } catch {
            return error
        }
    }
}

/// What decoding gives; a failure is recorded.
func success<Value>(
    _ bytes: [UInt8], sourceLocation: SourceLocation = #_sourceLocation, _ decode: (UnsafeRawBufferPointer) throws(FormatError) -> Value
) throws -> Value {
    try bytes.withUnsafeBytes { buffer in try decode(buffer) }
}

extension [UInt8] {
    /// Replaces the little-endian field at `place`.
    mutating func set<Field: FixedWidthInteger>(_ field: Field, at place: Int) {
        Swift.withUnsafeBytes(of: field.littleEndian) { replaceSubrange(place..<place + $0.count, with: $0) }
    }

    /// Replaces the eight bytes at `place` by the hash of all before them, as a hostile writer would.
    mutating func rehash(at place: Int) {
        set(XXH3.hash64(self[..<place]), at: place)
    }
}
