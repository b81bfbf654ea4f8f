import Testing

@testable import Codecs

@Suite struct HuffmanTests {
    /// Around lanes, groups' worth of lanes, and the sizes where the number of groups changes; up to 1,024 there are none.
    private static let counts =
        [1, 2, 31, 32, 33, 63, 64, 65, 66, 95, 96, 97, 127, 128, 129, 255, 256, 257, 511, 512, 513, 1000, 1023, 1024, 1025, 1055]
        + [1056, 1057, 1087, 1088, 1089, 1119, 1120, 2047, 2048, 2049, 4095, 4096, 4097]
        + [8191, 8192, 8193, 8255, 8256, 8257, 16_383, 16_384, 16_385]

    @Test(arguments: HuffmanContent.allCases)
    func agreesWithTheSpecification(_ content: HuffmanContent) throws {
        let arena = ScratchArena()
        let codec = HuffmanCodec()
        for count in Self.counts {
            let input = content.bytes(count)
            let payload = try #require(try HuffmanFixture.encode(input, codec, arena: arena))
            #expect(try HuffmanFixture.decode(payload, count: count, codec, arena: arena) == input, "\(content), \(count) bytes")
            #expect(try HuffmanOracle.decode(payload, count: count) == input, "\(content), \(count) bytes")
            #expect(payload.count <= count + 2)
        }
    }

    @Test(arguments: [32_767, 32_768, 32_769, 131_071, 131_072, 131_073], [HuffmanContent.letters, .fibonacci])
    func fourGroups(_ count: Int, _ content: HuffmanContent) throws {
        let input = content.bytes(count)
        let payload = try #require(try HuffmanFixture.encode(input, HuffmanCodec()))
        #expect(payload[0] >> 2 & 3 == (count >= 32_768 ? 2 : 1))
        #expect(try HuffmanFixture.decode(payload, count: count, HuffmanCodec()) == input)
        if count > 131_071 || count == 32_768 { #expect(try HuffmanOracle.decode(payload, count: count) == input) }
    }

    @Test(arguments: [HuffmanContent.letters, .changing, .flat256, .oneSymbol, .fibonacci])
    func severalSegments(_ content: HuffmanContent) throws {
        for codec in [HuffmanCodec(.every(1 << 14)), HuffmanCodec(.byContent)] {
            for count in [3 << 14, (3 << 14) + 1, (4 << 14) - 1, (4 << 14) + 700] {
                let input = content.bytes(count)
                let payload = try #require(try HuffmanFixture.encode(input, codec))
                #expect(try HuffmanFixture.decode(payload, count: count, codec) == input, "\(count) bytes")
                #expect(try HuffmanOracle.decode(payload, count: count) == input, "\(count) bytes")
            }
        }
    }

    /// Beyond the longest segment, and with changes where segments of equal size have none.
    @Test func segmentsByContent() throws {
        let parts = [HuffmanContent.letters.bytes(300_000), HuffmanContent.fibonacci.bytes(301_111), HuffmanContent.flat256.bytes(40_000)]
        let input = Array(parts.joined())
        let codec = HuffmanCodec(.byContent)
        let payload = try #require(try HuffmanFixture.encode(input, codec))
        #expect(try HuffmanFixture.decode(payload, count: input.count, codec) == input)
        let equal = try #require(try HuffmanFixture.encode(input, HuffmanCodec(.every(1 << 17))))
        #expect(payload.count + 10_000 < equal.count)
        let short = try #require(try HuffmanFixture.encode(input, HuffmanCodec(.bySize)))
        #expect(try HuffmanFixture.decode(short, count: input.count, codec) == input)
    }

    /// The least size is the only one for what is left.
    @Test func segmentSizes() throws {
        for (left, most) in [(1, 0), (2048, 0), (2049, 1), (5000, 2), (524_288, 255)] {
            let payload: [UInt8] = [1, UInt8(most), 7]
            if left <= 524_288 { #expect(try HuffmanFixture.decode(payload, count: left, HuffmanCodec()).count == left) }
            guard most < 255 else { continue }
            #expect(throws: CodecError.self) { try HuffmanFixture.decode([1, UInt8(most + 1), 7], count: left, HuffmanCodec()) }
        }
        #expect(try HuffmanFixture.decode([1, 0, 7, 1, 1, 8], count: 5000, HuffmanCodec()).filter { $0 == 7 }.count == 2048)
    }

    /// A table is written where the symbols change, and only there.
    @Test func reusesTables() throws {
        let codec = HuffmanCodec(.every(1 << 14))
        func modes(_ input: [UInt8]) throws -> [UInt8] {
            // Segments encoded alone and together differ by the tables that are left out.
            let together = try #require(try HuffmanFixture.encode(input, codec))
            var alone = 0
            for start in stride(from: 0, to: input.count, by: 1 << 14) {
                alone += try #require(try HuffmanFixture.encode(Array(input[start..<start + 1 << 14]), codec)).count
            }
            return [together.count < alone ? 3 : 2]
        }
        #expect(try modes(HuffmanContent.letters.bytes(4 << 14)) == [3])
        #expect(try modes(HuffmanContent.changing.bytes(2 << 14)) == [2])
    }

    @Test func chosenModes() throws {
        func first(_ input: [UInt8]) throws -> UInt8? { try HuffmanFixture.encode(input, HuffmanCodec())?.first }
        #expect(try first(HuffmanContent.oneSymbol.bytes(5000)) == 1)
        #expect(try first(HuffmanContent.flat256.bytes(70_000)) == 0)
        #expect(try first(HuffmanContent.flat256.bytes(700)) == 0)
        #expect(try first(HuffmanContent.letters.bytes(20)) == 0)
        #expect(try first(HuffmanContent.letters.bytes(1024)) == 0x0E)
        #expect(try first(HuffmanContent.letters.bytes(1025)).map { $0 & 15 } == 2)
        // The last segment is as short, but what came before has lanes.
        let ofTwo = try #require(try HuffmanFixture.encode(HuffmanContent.letters.bytes((1 << 14) + 64), HuffmanCodec(.every(1 << 14))))
        #expect(Array(ofTwo.suffix(66).prefix(2)) == [0, 0])
        #expect(try first(HuffmanContent.flat200.bytes(70_000)).map { $0 & 3 } == 2)
    }

    /// The worked example of Huffman.md, byte for byte.
    @Test func workedExample() throws {
        let input = Array(repeating: UInt8(0), count: 191) + [1]
        let serial = try #require(try HuffmanFixture.encode(input, HuffmanCodec()))
        #expect(serial == [0x0E, 0x00, 0x11] + Array(repeating: 0, count: 23) + [1])
        let lanes = (0..<32).map { "00010" + ($0 == 9 ? "0000000100000000" : "0000000000000000") }.joined()
        let packed = stride(from: 0, to: lanes.count, by: 8).map { start in
            lanes.dropFirst(start).prefix(8).reduce(UInt8(0)) { $0 << 1 | ($1 == "1" ? 1 : 0) }
        }
        let payload = [0x52, 0x00, 0x11, 0x00] + packed
        #expect(try HuffmanFixture.decode(payload, count: 192, HuffmanCodec()) == input)
        #expect(try HuffmanOracle.decode(payload, count: 192) == input)
    }

    @Test func returnsNilWhenItDoesNotFit() throws {
        let codec = HuffmanCodec(.every(1 << 14))
        for content in [HuffmanContent.letters, .flat256, .oneSymbol] {
            let input = content.bytes(40_000)
            let size = try #require(try HuffmanFixture.encode(input, codec)).count
            #expect(try HuffmanFixture.encode(input, codec, room: size)?.count == size)
            for room in [0, 1, size / 2, size - 1] { #expect(try HuffmanFixture.encode(input, codec, room: room) == nil) }
        }
    }

    /// Without lanes: the code's bits, a nibble for each symbol of the alphabet and three bytes.
    @Test(arguments: [60, 300, 1024])
    func serialOverhead(_ count: Int) throws {
        let input = HuffmanContent.letters.bytes(count)
        let payload = try #require(try HuffmanFixture.encode(input, HuffmanCodec()))
        #expect(payload.count * 8 <= UnlimitedHuffman.bits(input) + 4 * 128 + 8 * 3)
    }

    /// 128 KiB of text-like symbols cost the code's bits, the table and 150 bytes at most.
    @Test(arguments: [HuffmanContent.letters, .fibonacci, .twoSymbols, .flat200])
    func overhead(_ content: HuffmanContent) throws {
        let input = content.bytes(128 << 10)
        let payload = try #require(try HuffmanFixture.encode(input, HuffmanCodec()))
        let bits = UnlimitedHuffman.bits(input)
        #expect(payload.count * 8 < bits + bits / 2000 + 8 * (150 + 128), "\(payload.count) bytes for \(bits / 8) bytes of codes")
    }

    @Test func parameters() throws {
        #expect(HuffmanCodec(.byContent).parameters == [])
        for wrong: [UInt8] in [[0], [17], [17, 17]] {
            #expect(throws: CodecError.self) { try HuffmanCodec(parameters: wrong) }
        }
        #expect(HuffmanCodec.maximumDecodedCount(encodedCount: 8) == 2 << 19)
        #expect(HuffmanCodec.maximumDecodedCount(encodedCount: Int.max) == Int.max)
    }
}

/// The bits of a Huffman code without a limit, by repeated merging of the two lightest.
enum UnlimitedHuffman {
    static func bits(_ input: [UInt8]) -> Int {
        var counts = Array(repeating: 0, count: 256)
        for byte in input { counts[Int(byte)] += 1 }
        var weights = counts.filter { $0 > 0 }
        var bits = 0
        while weights.count > 1 {
            weights.sort(by: >)
            let merged = weights.removeLast() + weights.removeLast()
            weights.append(merged)
            bits += merged
        }
        return bits
    }
}
