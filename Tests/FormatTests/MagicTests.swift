import Testing

@testable import Format

@Suite struct MagicTests {
    private func message(_ bytes: [UInt8]) -> String {
        failure(bytes) { b throws(FormatError) in try FileHeader(decoding: b, at: 0) }?.description ?? "accepted"
    }

    private func replaced(_ old: [UInt8], by new: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var rest = Samples.fileHeader.encoded().bytes[...]
        while !rest.isEmpty {
            if rest.starts(with: old) {
                result += new
                rest = rest.dropFirst(old.count)
            } else {
                result.append(rest.removeFirst())
            }
        }
        return result
    }

    @Test func transfersAsTextAreNamed() {
        #expect(message(replaced([13, 10], by: [10])).contains("from CRLF to LF"))
        #expect(message(replaced([10], by: [13, 10])).contains("from LF to CRLF"))
        #expect(message(replaced([13], by: [10])).contains("line ends"))
        #expect(message(replaced([10], by: [13])).contains("line ends"))
        #expect(message(Samples.fileHeader.encoded().bytes.map { $0 & 0x7F }).contains("eighth bit"))
        #expect(message(Samples.fileHeader.encoded().bytes.flatMap { [UInt8](String(UnicodeScalar($0)).utf8) }).contains("UTF-8"))
    }

    @Test func foreignBytesAreNotAnArchive() {
        for bytes in [[UInt8]("hello".utf8), [UInt8](repeating: 0, count: 64), [0x1F, 0x8B, 8, 0], [0x28, 0xB5, 0x2F, 0xFD], [10]] {
            let error = failure(bytes) { b throws(FormatError) in try FileHeader(decoding: b, at: place) }
            guard case .notAnArchive = error else {
                Issue.record("\(bytes)")
                continue
            }
            #expect(error?.offset == place)
        }
    }

    @Test func aDamagedMagicIsDamage() {
        var bytes = Samples.fileHeader.encoded().bytes
        bytes[2] ^= 0x20
        guard case .corrupt = failure(bytes, { b throws(FormatError) in try FileHeader(decoding: b, at: 0) }) else {
            Issue.record("\(message(bytes))")
            return
        }
    }

    /// A scan that fails may go on right behind the marker's first byte, and no marker is found in text or zeros.
    @Test func markersDoNotOverlap() {
        for marker in [BlockHeader.syncMarkerBytes, FileHeader.magicBytes, BlockIndex.magicBytes, Footer.magicBytes] {
            for shift in 1..<marker.count { #expect(Array(marker.dropFirst(shift)) != Array(marker.dropLast(shift))) }
        }
        #expect(BlockHeader.syncMarkerBytes.allSatisfy { $0 >= 0x80 })
        #expect(String(validating: BlockHeader.syncMarkerBytes, as: UTF8.self) == nil)
    }
}
