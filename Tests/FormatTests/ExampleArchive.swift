import Checksum

@testable import Format

/// The archive of the specification's worked example: 4,096 times `A` as a constant block, `Hello, Bale!` and a line end as they are.
struct ExampleArchive {
    /// A field's bytes and what the page says of them.
    struct Field {
        var bytes: [UInt8]
        var meaning: String
    }

    private(set) var fields: [Field] = []

    var bytes: [UInt8] { fields.flatMap(\.bytes) }

    init() {
        let chunks = [[UInt8](repeating: 0x41, count: 4096), [UInt8]("Hello, Bale!\n".utf8)]
        let id = ArchiveID.derive(chunkSize: 4096, firstBlockHash: XXH3.hash64(chunks[0]))
        let fileHeader = FileHeader(chunkSize: 4096, archiveID: id)
        append(
            fileHeader.encoded().bytes,
            "8 file header: magic,2 version 1,1 digest kind,1 reserved,4 chunk size 4096,16 archive id,8 flags that must be understood,"
                + "8 flags that may be ignored,8 reserved,8 header hash")
        var sequence = BlockSequence(fileHeader, at: 0)
        for (ordinal, chunk) in chunks.enumerated() {
            let payload = ordinal == 0 ? [0x41] : chunk
            let block = BlockHeader(
                archiveIDLow: id.low, link: sequence.index.link, ordinal: UInt64(ordinal), rawOffset: sequence.index.totalRawSize,
                rawSize: chunk.count, storedSize: payload.count, isFinal: ordinal == chunks.count - 1,
                pipeline: PipelineDescriptor(codec: CodecID(rawValue: ordinal == 0 ? 1 : 0)), rawHash: XXH3.hash64(chunk),
                storedHash: XXH3.hash64(payload))
            append(
                block.encoded().bytes + payload,
                "8 block \(ordinal): sync marker,8 archive id low word,8 link,8 ordinal \(ordinal),8 raw offset \(block.rawOffset),"
                    + "8 raw hash,8 stored hash,4 raw size \(block.rawSize),4 stored size \(block.storedSize),"
                    + "1 flags\(block.isFinal ? ": final" : ""),1 n = 3,6 reserved,"
                    + "3 descriptor: \(ordinal == 0 ? "constant" : "stored"),8 header hash,\(payload.count) stored bytes")
            do { try sequence.append(block) } catch { preconditionFailure("the example is not sound: \(error)") }
        }
        append(
            sequence.index.encoded(),
            "8 index: magic,8 archive id low word,8 blocks: 2,8 size 160,4 sections: 0,4 reserved,8 link,8 hash of the 48 bytes before,"
                + (0...1).map { "8 entry \($0): stored offset,8 raw offset,4 raw size,4 span,8 raw hash,8 stored hash,8 header hash," }
                .joined()
                + "8 hash of the index")
        append(
            Footer(sequence.index, archiveID: id).encoded(),
            "8 footer: blocks,8 total raw size 4109,8 index offset 244,8 size of the index 160,8 archive length 500,16 root digest,"
                + "16 archive id,2 version 1,1 digest kind,5 reserved,8 hash of the 80 bytes before,8 magic")
    }

    /// - Parameter fields: size and meaning of each, with commas between.
    private mutating func append(_ bytes: [UInt8], _ layout: String) {
        var rest = bytes[...]
        for field in layout.split(separator: ",") {
            let parts = field.split(separator: " ", maxSplits: 1)
            let count = Int(parts[0]) ?? 0
            fields.append(Field(bytes: Array(rest.prefix(count)), meaning: String(parts[1])))
            rest = rest.dropFirst(count)
        }
        precondition(rest.isEmpty, "the layout covers the bytes")
    }

    /// One line for each field, and more for those above eight bytes: offset in decimal, bytes in hexadecimal, meaning.
    var dump: [String] {
        var lines: [String] = []
        var offset = 0
        for field in fields {
            for start in stride(from: 0, to: field.bytes.count, by: 8) {
                let row = field.bytes[start..<min(start + 8, field.bytes.count)]
                let place = String(repeating: " ", count: 3 - String(offset).count) + String(offset)
                let digits = row.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
                let padding = String(repeating: " ", count: 23 - digits.count)
                lines.append(start == 0 ? "\(place)  \(digits)\(padding)  \(field.meaning)" : "\(place)  \(digits)")
                offset += row.count
            }
        }
        return lines
    }
}
