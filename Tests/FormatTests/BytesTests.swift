import Bytes
import Checksum
import TestSupport
import Testing

@Suite struct BytesTests {
    private func varint(_ bytes: [UInt8]) -> Result<(value: UInt64, offset: Int), ReadError> {
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            do throws(ReadError) {
                let value = try reader.readVarint()
                return .success((value, reader.offset))
            } catch {
                return .failure(error)
            }
        }
    }

    @Test func varintRoundTrip() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        var values: [UInt64] = [0, 1, 127, 128, 16383, 16384, .max, .max - 1, 1 << 63]
        for _ in 0..<2000 { values.append(random.next() >> UInt64.random(in: 0..<64, using: &random)) }
        for value in values {
            var writer = ByteWriter()
            writer.writeVarint(value)
            #expect(writer.bytes.count == max(1, (64 - value.leadingZeroBitCount + 6) / 7), "seed \(seed)")
            let read = try varint(writer.bytes + [0xFF]).get()
            #expect(read.value == value, "seed \(seed)")
            #expect(read.offset == writer.bytes.count, "seed \(seed)")
            for count in 0..<writer.bytes.count {
                guard case .failure(.endOfBytes) = varint(Array(writer.bytes.prefix(count))) else {
                    Issue.record("\(value) cut to \(count) bytes")
                    continue
                }
            }
        }
    }

    @Test(
        arguments: [
            [0x80, 0x00], [0xFF, 0x00], [0x80, 0x80, 0x00], [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
            // 65 bits, and eleven bytes.
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02],
            [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
            [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x81, 0x00],
        ] as [[UInt8]])
    func malformedVarint(bytes: [UInt8]) {
        guard case .failure(.malformedVarint(offset: 0)) = varint(bytes) else {
            Issue.record("accepted")
            return
        }
    }

    @Test func readerKeepsToItsBytes() throws {
        let bytes: [UInt8] = [1, 2, 3, 4, 5]
        try bytes.withUnsafeBytes { (buffer: UnsafeRawBufferPointer) throws in
            var reader = ByteReader(buffer)
            #expect(try reader.read(UInt16.self) == 0x0201)
            #expect(throws: ReadError.endOfBytes(offset: 2, needed: 4, available: 3)) { try reader.read(UInt32.self) }
            #expect(throws: ReadError.endOfBytes(offset: 2, needed: -1, available: 3)) { try reader.read(count: -1) }
            #expect(throws: ReadError.endOfBytes(offset: 2, needed: .max, available: 3)) { try reader.read(count: .max) }
            // What failed has used up nothing.
            #expect(reader.remaining == 3)
            #expect(Array(try reader.read(count: 3)) == [3, 4, 5])
            #expect(try reader.read(count: 0).isEmpty)
            #expect(throws: ReadError.self) { try reader.read(UInt8.self) }
        }
        var empty = ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(try empty.read(count: 0).isEmpty)
        #expect(throws: ReadError.self) { try empty.readVarint() }
    }

    @Test func writerIsLittleEndian() {
        var writer = ByteWriter(capacity: 4)
        writer.write(UInt8(1))
        writer.write(UInt32(0x0504_0302))
        writer.write([6, 7] as [UInt8])
        writer.write(UInt64.max)
        #expect(writer.bytes == [1, 2, 3, 4, 5, 6, 7] + [UInt8](repeating: 0xFF, count: 8))
    }

    /// Values of xxHash's own tests for the empty input.
    @Test func xxh3MatchesThePublishedTool() {
        #expect(XXH3.hash64([]) == 0x2D06_8005_38D3_94C2)
        let empty = XXH3.hash128(UnsafeRawBufferPointer(start: nil, count: 0))
        #expect(empty == Digest128(low: 0x6001_C324_468D_497F, high: 0x99AA_06D3_0147_98D8))
    }

    @Test func streamedHashIsTheHash() {
        var random = SplitMix64(seed: 1)
        for count in [0, 1, 8, 16, 17, 128, 129, 240, 241, 1024, 5000] {
            let words = (0..<count).map { _ in random.next() }
            let stream = XXH3Stream()
            for word in words { stream.update(word) }
            #expect(stream.digest == words.withUnsafeBytes { XXH3.hash128($0) })
        }
    }
}
