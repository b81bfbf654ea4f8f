import Bytes
import Testing

@testable import Format

/// What a hostile writer would write: wrong values under right hashes. Each is refused at the field that is wrong.
@Suite struct HostileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var kind: Kind
        var offset: UInt64
        var change: @Sendable (inout [UInt8]) -> Void

        init(_ name: String, _ kind: Kind, at offset: UInt64, _ change: @escaping @Sendable (inout [UInt8]) -> Void) {
            testDescription = name
            self.kind = kind
            self.offset = offset
            self.change = change
        }
    }

    enum Kind { case notAnArchive, unsupported, corrupt, truncated }

    func check(
        _ error: FormatError?, _ hostile: Case, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let kind: Kind? =
            switch error {
            case .notAnArchive: .notAnArchive
            case .unsupported: .unsupported
            case .corrupt: .corrupt
            case .truncated: .truncated
            case nil: nil
            }
        #expect(kind == hostile.kind, "\(error.map(\.description) ?? "accepted")", sourceLocation: sourceLocation)
        #expect(error?.offset == place + hostile.offset, "\(error.map(\.description) ?? "accepted")", sourceLocation: sourceLocation)
    }

    // MARK: - File header

    static let fileHeaders = [
        Case("version 0", .unsupported, at: 8) { $0.set(UInt16(0), at: 8) },
        Case("version 2", .unsupported, at: 8) { $0.set(UInt16(2), at: 8) },
        Case("version 257", .unsupported, at: 8) { $0.set(UInt16(257), at: 8) },
        Case("digest kind 1", .unsupported, at: 10) { $0[10] = 1 },
        Case("reserved byte 11", .unsupported, at: 11) { $0[11] = 0x80 },
        Case("chunk size 0", .corrupt, at: 12) { $0.set(UInt32(0), at: 12) },
        Case("chunk size 4095", .corrupt, at: 12) { $0.set(UInt32(4095), at: 12) },
        Case("chunk size 512 MiB + 1", .corrupt, at: 12) { $0.set(UInt32(512 << 20 + 1), at: 12) },
        Case("chunk size 2^32 - 1", .corrupt, at: 12) { $0.set(UInt32.max, at: 12) },
        Case("must-understand flag 0", .unsupported, at: 32) { $0[32] = 1 },
        Case("must-understand flag 63", .unsupported, at: 32) { $0[39] = 0x80 },
        Case("reserved bit 0 of byte 48", .unsupported, at: 48) { $0[48] = 1 },
        Case("reserved bit 7 of byte 55", .unsupported, at: 48) { $0[55] = 0x80 },
    ]

    @Test(arguments: fileHeaders) func fileHeader(hostile: Case) {
        var bytes = Samples.fileHeader.encoded().bytes
        hostile.change(&bytes)
        bytes.rehash(at: 56)
        check(failure(bytes) { b throws(FormatError) in try FileHeader(decoding: b, at: place) }, hostile)
    }

    // MARK: - Block header

    static let blockHeaders = [
        Case("flag bit 1", .unsupported, at: 64) { $0[64] = 2 },
        Case("flag bit 7", .unsupported, at: 64) { $0[64] = 0x81 },
        Case("reserved byte 66", .unsupported, at: 66) { $0[66] = 1 },
        Case("reserved byte 71", .unsupported, at: 66) { $0[71] = 0x80 },
        Case("raw size 0", .corrupt, at: 60) { $0.set(UInt32(0), at: 56) },
        Case("raw and stored size 0, not final", .corrupt, at: 56) { $0.set(UInt64(0), at: 56) },
        Case("raw and stored size 0, final, but not stored", .corrupt, at: 60) {
            $0.set(UInt64(0), at: 56)
            $0[64] = 1
        },
        Case("raw and stored size 0, final, ordinal 0", .corrupt, at: 56) {
            $0.set(UInt64(0), at: 24)
            $0.set(UInt64(0), at: 32)
            $0.set(UInt64(0), at: 56)
            $0[64] = 1
        },
        Case("raw size 512 MiB + 1", .corrupt, at: 56) { $0.set(UInt32(512 << 20 + 1), at: 56) },
        Case("raw size 2^32 - 1", .corrupt, at: 56) { $0.set(UInt32.max, at: 56) },
        Case("stored size 0", .corrupt, at: 60) { $0.set(UInt32(0), at: 60) },
        Case("stored size over raw size", .corrupt, at: 60) { $0.set(UInt32(1 << 20 + 1), at: 60) },
        Case("stored size 2^32 - 1", .corrupt, at: 60) { $0.set(UInt32.max, at: 60) },
        Case("stored size = raw size, other codec", .corrupt, at: 60) { $0.set(UInt32(1 << 20), at: 60) },
        Case("codec stored that shrinks", .corrupt, at: 60) { $0[72] = 0 },
        Case("raw offset under ordinal", .corrupt, at: 32) { $0.set(UInt64(2), at: 32) },
        Case("raw offset over ordinal x 512 MiB", .corrupt, at: 32) { $0.set(UInt64(3 * 512 << 20 + 1), at: 32) },
        Case("ordinal 0 with a raw offset", .corrupt, at: 32) { $0.set(UInt64(0), at: 24) },
        Case("raw end past 2^64", .corrupt, at: 32) {
            $0.set(UInt64.max, at: 24)
            $0.set(UInt64.max, at: 32)
        },
        Case("ordinal x 512 MiB past 2^64, raw offset small", .corrupt, at: 32) { $0.set(UInt64.max, at: 24) },
        Case("child count too large", .corrupt, at: 84) { $0[76] = 3 },
        Case("child count too small", .corrupt, at: 81) { $0[76] = 1 },
        Case("parameter count past the end", .corrupt, at: 84) { $0[73] = 255 },
    ]

    @Test(arguments: blockHeaders) func blockHeader(hostile: Case) {
        var bytes = Samples.blockHeader.encoded().bytes
        hostile.change(&bytes)
        bytes.rehash(at: bytes.count - 8)
        check(failure(bytes) { b throws(FormatError) in try BlockHeader(decoding: b, at: place) }, hostile)
    }

    @Test func storedBlockWithTwoHashes() {
        var header = Samples.blockHeader
        header.pipeline = .stored
        header.storedSize = header.rawSize
        let bytes = header.encoded().bytes
        check(
            failure(bytes) { b throws(FormatError) in try BlockHeader(decoding: b, at: place) },
            Case("", .corrupt, at: 60) { _ in })
    }

    @Test(arguments: [0, 1, 2]) func descriptorTooShort(size: UInt8) {
        var bytes = Samples.blockHeader.encoded().bytes
        bytes[65] = size
        let error = failure(bytes) { b throws(FormatError) in try BlockHeader.size(prefix: b, at: place) }
        check(error, Case("", .corrupt, at: 65) { _ in })
    }

    // MARK: - Pipeline descriptor

    /// A chain of branches with one child each.
    private func chain(depth: Int, codec: UInt8 = 2) -> PipelineDescriptor {
        let id = CodecID(rawValue: codec)
        return depth == 1 ? PipelineDescriptor(codec: id) : PipelineDescriptor(codec: id, children: [chain(depth: depth - 1)])
    }

    private func decode(_ bytes: [UInt8]) -> FormatError? {
        failure(bytes) { b throws(FormatError) in try PipelineDescriptor(decoding: b, at: place) }
    }

    @Test func descriptorDepth() throws {
        let deepest = chain(depth: FormatLimits.maximumPipelineDepth)
        #expect(deepest.isEncodable)
        #expect(try success(deepest.encoded()) { b throws(FormatError) in try PipelineDescriptor(decoding: b, at: 0) } == deepest)
        let tooDeep = chain(depth: FormatLimits.maximumPipelineDepth + 1)
        #expect(!tooDeep.isEncodable)
        check(decode(tooDeep.encoded()), Case("", .corrupt, at: 12) { _ in })
        #expect(decode([UInt8](repeating: 1, count: 255)) != nil)
        #expect(decode([UInt8](repeating: 255, count: 255)) != nil)
        #expect(decode([]) != nil)
    }

    @Test func descriptorSize() throws {
        var widest = PipelineDescriptor(codec: CodecID(rawValue: 9), parameters: [UInt8](repeating: 5, count: 252))
        #expect(widest.encodedSize == FormatLimits.maximumDescriptorSize)
        #expect(try success(widest.encoded()) { b throws(FormatError) in try PipelineDescriptor(decoding: b, at: 0) } == widest)
        var header = Samples.blockHeader
        header.pipeline = widest
        #expect(header.size == BlockHeader.maximumSize)
        #expect(try success(header.encoded().bytes) { b throws(FormatError) in try BlockHeader(decoding: b, at: 0) } == header)
        widest.parameters.append(0)
        #expect(!widest.isEncodable)
    }

    @Test func everyShortDescriptorIsRefusedOrCanonical() {
        for word in 0..<UInt32(1 << 14) {
            // Three to seven bytes of values 0...3.
            let bytes = (0..<7).map { UInt8(word >> ($0 * 2) & 3) }
            for count in 3...7 {
                let prefix = Array(bytes.prefix(count))
                guard let tree = prefix.withUnsafeBytes({ try? PipelineDescriptor(decoding: $0, at: 0) }) else { continue }
                if tree.encoded() != prefix { Issue.record("\(prefix)") }
            }
        }
    }
}
