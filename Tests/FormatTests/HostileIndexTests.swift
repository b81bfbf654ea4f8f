import Bytes
import Testing

@testable import Format

extension HostileTests {
    /// The sample has three entries, at bytes 56, 104 and 152, and two sections, at bytes 200 (3 bytes) and 219 (none).
    static let indexes = [
        Case("reserved byte 36", .unsupported, at: 36) { $0[36] = 1 },
        Case("block count + 1", .corrupt, at: 24) { $0.set(UInt64(4), at: 16) },
        Case("block count - 1", .corrupt, at: 152) { $0.set(UInt64(2), at: 16) },
        Case("block count 2^63", .corrupt, at: 24) { $0.set(UInt64(1) << 63, at: 16) },
        Case("block count x 48 wraps to 0", .corrupt, at: 24) { $0.set(UInt64(1) << 60, at: 16) },
        Case("block count x 48 + 64 wraps", .corrupt, at: 24) { $0.set(UInt64.max / 48, at: 16) },
        Case("size under the entries", .corrupt, at: 24) { $0.set(UInt64(207), at: 24) },
        Case("size 0", .corrupt, at: 24) { $0.set(UInt64(0), at: 24) },
        Case("size over the bytes", .truncated, at: 243) { $0.set(UInt64(244), at: 24) },
        Case("size 2^63", .corrupt, at: 24) { $0.set(UInt64(1) << 63, at: 24) },
        Case("size 2^64 - 1", .corrupt, at: 24) { $0.set(UInt64.max, at: 24) },
        Case("no section, but their bytes", .corrupt, at: 24) { $0.set(UInt32(0), at: 32) },
        Case("section count - 1", .corrupt, at: 219) { $0.set(UInt32(1), at: 32) },
        Case("section count + 1", .corrupt, at: 24) { $0.set(UInt32(3), at: 32) },
        Case("section count 2^32 - 1", .corrupt, at: 24) { $0.set(UInt32.max, at: 32) },
        Case("link is not the last header's hash", .corrupt, at: 40) { $0[40] ^= 1 },
        Case("first block not behind the file header", .corrupt, at: 56) { $0.set(UInt64(65), at: 56) },
        Case("gap between blocks", .corrupt, at: 104) { $0.set(UInt64(64 + 5001), at: 104) },
        Case("stored offset near 2^64", .corrupt, at: 104) { $0.set(UInt64.max, at: 104) },
        Case("raw gap", .corrupt, at: 104) { $0[112] ^= 1 },
        Case("raw offset near 2^64", .corrupt, at: 152) { $0.set(UInt64.max, at: 160) },
        Case("raw size 0, not last", .corrupt, at: 104) { $0.set(UInt32(0), at: 120) },
        Case("raw size 512 MiB + 1", .corrupt, at: 104) { $0.set(UInt32(512 << 20 + 1), at: 120) },
        Case("raw size 2^32 - 1", .corrupt, at: 56) { $0.set(UInt32.max, at: 72) },
        Case("span 0", .corrupt, at: 56) { $0.set(UInt32(0), at: 76) },
        Case("span of a header alone", .corrupt, at: 56) { $0.set(UInt32(83), at: 76) },
        Case("span of more stored than raw bytes", .corrupt, at: 56) { $0.set(UInt32(1 << 20 + 336), at: 76) },
        Case("span 2^32 - 1", .corrupt, at: 56) { $0.set(UInt32.max, at: 76) },
        Case("section that must be understood", .unsupported, at: 200) { $0[202] = 1 },
        Case("section flag bit 1", .unsupported, at: 202) { $0[202] = 2 },
        Case("section flag bit 15", .unsupported, at: 202) { $0[203] = 0x80 },
        Case("section's reserved bytes", .unsupported, at: 202) { $0[207] = 1 },
        Case("section types descend", .corrupt, at: 219) { $0.set(UInt16(2), at: 219) },
        Case("section type twice", .corrupt, at: 219) { $0.set(UInt16(3), at: 219) },
        Case("section past the end", .corrupt, at: 200) { $0.set(UInt64(20), at: 208) },
        Case("section over the next one", .corrupt, at: 220) { $0.set(UInt64(4), at: 208) },
        Case("section size 2^63", .corrupt, at: 200) { $0.set(UInt64(1) << 63, at: 208) },
        Case("section size 2^64 - 1", .corrupt, at: 200) { $0.set(UInt64.max, at: 208) },
    ]

    @Test(arguments: indexes) func index(hostile: Case) {
        var bytes = Samples.index.encoded()
        #expect(bytes.count == 243)
        hostile.change(&bytes)
        bytes.rehash(at: 48)
        bytes.rehash(at: bytes.count - 8)
        check(failure(bytes) { b throws(FormatError) in try BlockIndex(decoding: b, at: place) }, hostile)
    }

    @Test func prefixHashIsCheckedBeforeTheSize() {
        var bytes = Samples.index.encoded()
        bytes.set(UInt64(1) << 40, at: 24)
        let error = failure(bytes) { b throws(FormatError) in try BlockIndex.size(prefix: b, at: place) }
        check(error, Case("", .corrupt, at: 0) { _ in })
    }

    @Test func emptyBlockIsOnlyLast() {
        for sizes in [[(0, 83)], [(0, 83), (5, 90)], [(5, 90), (0, 83), (0, 83)]] {
            let bytes = Samples.index(sizes: sizes).encoded()
            #expect(failure(bytes) { b throws(FormatError) in try BlockIndex(decoding: b, at: place) } != nil, "\(sizes)")
        }
    }

    // MARK: - Footer

    static let footers = [
        Case("version 2", .unsupported, at: 72) { $0.set(UInt16(2), at: 72) },
        Case("digest kind 1", .unsupported, at: 74) { $0[74] = 1 },
        Case("reserved byte 75", .unsupported, at: 75) { $0[75] = 1 },
        Case("reserved byte 79", .unsupported, at: 75) { $0[79] = 0x80 },
        Case("block count beyond the blocks' bytes", .corrupt, at: 0) { $0.set(UInt64(1300), at: 0) },
        Case("block count beyond the index", .corrupt, at: 0) { $0.set(UInt64(4), at: 0) },
        Case("block count x 83 wraps", .corrupt, at: 0) { $0.set(UInt64.max, at: 0) },
        Case("total raw size too large", .corrupt, at: 8) { $0.set(UInt64(3 * 512 << 20 + 1), at: 8) },
        Case("total raw size too small", .corrupt, at: 8) { $0.set(UInt64(1), at: 8) },
        Case("index within the file header", .corrupt, at: 0) {
            $0.set(UInt64(63), at: 16)
            $0.set(UInt64(63 + 208 + 96), at: 32)
        },
        Case("index offset + 1", .corrupt, at: 16) { $0.set(UInt64(100_001), at: 16) },
        Case("index offset 2^64 - 1", .corrupt, at: 16) { $0.set(UInt64.max, at: 16) },
        Case("index size 2^64 - 1", .corrupt, at: 16) { $0.set(UInt64.max, at: 24) },
        Case("index size + 1", .corrupt, at: 16) { $0.set(UInt64(209), at: 24) },
        Case("archive length 0", .corrupt, at: 16) { $0.set(UInt64(0), at: 32) },
        Case("lengths wrap", .corrupt, at: 16) {
            $0.set(UInt64.max - 208, at: 16)
            $0.set(UInt64(95), at: 32)
        },
        Case("archive starts before the input", .corrupt, at: 32) {
            $0.set(place, at: 16)
            $0.set(place + 304, at: 32)
        },
    ]

    @Test(arguments: footers) func footer(hostile: Case) {
        var bytes = Samples.footer.encoded()
        hostile.change(&bytes)
        bytes.rehash(at: 80)
        check(failure(bytes) { b throws(FormatError) in try Footer(decoding: b, at: place) }, hostile)
    }
}
