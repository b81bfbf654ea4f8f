import Testing

@testable import Codecs

/// Damaged and made-up payloads: the codec must refuse exactly what the specification refuses, and touch nothing outside.
@Suite struct HuffmanHostileTests {
    private static let codec = HuffmanCodec(.every(1 << 14))

    /// Decodes by the codec and by the oracle; both must refuse, or give the same bytes.
    private static func compare(_ payload: [UInt8], count: Int, arena: ScratchArena, _ comment: @autoclosure () -> String) {
        let expected = try? HuffmanOracle.decode(payload, count: count)
        do {
            let decoded = try HuffmanFixture.decode(payload, count: count, codec, arena: arena)
            #expect(decoded == expected, "\(comment())")
        } catch CodecError.corrupt(_, let offset, _) {
            #expect(expected == nil && offset <= payload.count, "\(comment()): refused at \(offset)")
        } catch {
            Issue.record("\(comment()): \(error)")
        }
    }

    /// Without lanes, all but one of several symbols.
    private static let small: [[UInt8]] = [
        HuffmanContent.letters.bytes(300), HuffmanContent.twoSymbols.bytes(161), HuffmanContent.fibonacci.bytes(517),
        HuffmanContent.oneInMany.bytes(200), HuffmanContent.oneSymbol.bytes(40),
    ]

    @Test(arguments: 0..<5)
    func everyBitFlip(_ number: Int) throws {
        let input = Self.small[number]
        let arena = ScratchArena()
        let payload = try #require(try HuffmanFixture.encode(input, Self.codec))
        for bit in 0..<8 * payload.count {
            var damaged = payload
            damaged[bit / 8] ^= 1 << (bit % 8)
            Self.compare(damaged, count: input.count, arena: arena, "bit \(bit)")
        }
    }

    /// With lanes: every bit of what comes before the words and a few words, and some of the others.
    @Test(arguments: [HuffmanContent.letters, .twoSymbols, .fibonacci])
    func bitFlipsInOneGroup(_ content: HuffmanContent) throws {
        let input = content.bytes(1100)
        let arena = ScratchArena()
        let payload = try #require(try HuffmanFixture.encode(input, Self.codec))
        try #require(payload[0] & 0x0F == 2)
        for bit in 0..<8 * payload.count where bit < 8 * 150 || bit % 37 == 0 {
            var damaged = payload
            damaged[bit / 8] ^= 1 << (bit % 8)
            Self.compare(damaged, count: input.count, arena: arena, "bit \(bit)")
        }
        for size in stride(from: 0, to: payload.count, by: 5) {
            Self.compare(Array(payload[..<size]), count: input.count, arena: arena, "\(size) bytes")
        }
    }

    @Test(arguments: 0..<5)
    func everyTruncationAndExtension(_ number: Int) throws {
        let input = Self.small[number]
        let arena = ScratchArena()
        let payload = try #require(try HuffmanFixture.encode(input, Self.codec))
        for size in 0..<payload.count {
            #expect(throws: CodecError.self) {
                try HuffmanFixture.decode(Array(payload[..<size]), count: input.count, Self.codec, arena: arena)
            }
        }
        #expect(throws: CodecError.self) { try HuffmanFixture.decode(payload + [0], count: input.count, Self.codec, arena: arena) }
        for count in [1, input.count - 1, input.count + 1, 2 * input.count, 20_000] {
            Self.compare(payload, count: count, arena: arena, "\(count) instead of \(input.count) bytes")
        }
    }

    @Test func bitFlipsInFourGroups() throws {
        let arena = ScratchArena()
        let input = HuffmanContent.letters.bytes(66_000)
        let codec = HuffmanCodec()
        let payload = try #require(try HuffmanFixture.encode(input, codec))
        var random = HuffmanRandom(seed: 7)
        for round in 0..<150 {
            var damaged = payload
            // The start of the payload, where everything but words is, is hit more often.
            let bytes = round % 2 == 0 ? 600 : payload.count
            damaged[Int(random.next() % UInt64(bytes))] ^= 1 << (random.next() % 8)
            if let decoded = try? HuffmanFixture.decode(damaged, count: input.count, codec, arena: arena) {
                #expect(decoded != input, "seed 7, round \(round): damage unnoticed")
            }
        }
    }

    @Test func garbage() throws {
        let arena = ScratchArena()
        for seed in 0..<20_000 as Range<UInt64> {
            var random = HuffmanRandom(seed: seed)
            let count = Int(random.next() % 400) + 1
            var payload = (0..<Int(random.next() % 300)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            if let first = payload.first { payload[0] = seed % 3 == 0 ? 0x0E : first & 0x33 | 2 }
            if payload.count > 2 { payload[1] = 0 }
            if payload.count > 3, seed % 2 == 0 { payload.replaceSubrange(2...2, with: HuffmanOracle.table(Self.lengths(&random))) }
            if seed % 8 == 0 {
                Self.compare(payload, count: count, arena: arena, "seed \(seed)")
            } else {
                _ = try? HuffmanFixture.decode(payload, count: count, Self.codec, arena: arena)
            }
        }
    }

    /// A full code: some symbols split in two again and again.
    static func lengths(_ random: inout HuffmanRandom) -> [UInt8] {
        var leaves: [UInt8] = [1, 1]
        for _ in 0..<Int(random.next() % 100) {
            let index = Int(random.next() % UInt64(leaves.count))
            if leaves[index] < 12 {
                leaves[index] += 1
                leaves.append(leaves[index])
            }
        }
        leaves += Array(repeating: 0, count: Int(random.next() % UInt64(256 - leaves.count)))
        leaves.shuffle(using: &random)
        return leaves + Array(repeating: 0, count: 256 - leaves.count)
    }

    /// Tables written in another than the shortest way, and such that are not full.
    @Test(
        arguments: [
            [0x00, 0x01, 0x10], [0xD0, 0x01, 0x10], [0x0D, 0x11], [0xDF, 0xD0, 0x11], [0xF0, 0x00, 0x11], [0x22, 0x22], [0x44, 0x4E],
            [0x1F, 0xFF, 0x1F], [0x11, 0xC0], [0xE0, 0x11], [0x12, 0x11], [0x12, 0x3D], [0x01, 0x20], [0x01, 0x2C],
        ] as [[UInt8]])
    func tables(_ table: [UInt8]) {
        let arena = ScratchArena()
        for filler in [0x00, 0x11, 0x22, 0xCC, 0xFF] as [UInt8] {
            let payload = [2, 0] + table + Array(repeating: filler, count: 200)
            Self.compare(payload, count: 128, arena: arena, "\(table) and \(filler)")
        }
    }

    @Test func randomTables() throws {
        for seed in 0..<300 as Range<UInt64> {
            var random = HuffmanRandom(seed: seed)
            let lengths = Self.lengths(&random)
            let table = HuffmanOracle.table(lengths)
            let written = FencedBytes(Array(repeating: 0, count: CodeLengthTable.maximumSize))
            let read = FencedBytes(Array(repeating: 1, count: 256))
            let result = read.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
            #expect(
                lengths.withUnsafeBufferPointer { CodeLengthTable.encode($0.baseAddress!, into: written.bytes.baseAddress!) } == table.count
            )
            #expect(Array(written.bytes[..<table.count]) == table, "seed \(seed)")
            #expect(try CodeLengthTable.decode(UnsafeRawBufferPointer(written.bytes), into: result, base: 0) == table.count)
            #expect(Array(read.bytes) == lengths, "seed \(seed)")
        }
    }
}
