import KernelDispatch
import Testing

@testable import Codecs

/// Segments that are large enough to be sampled.
@Suite struct HuffmanSampleTests {
    private static let size = HuffmanSymbolCounts.leastSampled

    /// Encodes with every instruction set, whose payloads have to be the same, and decodes.
    private static func payload(_ input: [UInt8], every size: Int = 1 << 17, _ comment: String) throws -> [UInt8] {
        var first: [UInt8]?
        for kernels in KernelSet.available {
            let codec = HuffmanCodec(.every(size), kernels: kernels)
            let payload = try #require(try HuffmanFixture.encode(input, codec))
            #expect(payload == first ?? payload, "\(comment), \(kernels.name)")
            #expect(try HuffmanFixture.decode(payload, count: input.count, codec) == input, "\(comment), \(kernels.name)")
            first = payload
        }
        return try #require(first)
    }

    @Test(arguments: HuffmanContent.allCases)
    func sameForAllInstructionSets(_ content: HuffmanContent) throws {
        for count in [size - 1, size, size + 1, 2 * size + 777] { _ = try Self.payload(content.bytes(count), "\(content), \(count) bytes") }
        _ = try Self.payload(content.bytes(300_000), every: 1 << 18, "\(content)")
    }

    private var size: Int { Self.size }

    /// A value that occurs once, wherever that is, has a code.
    @Test func rareSymbols() throws {
        for (index, content) in [HuffmanContent.letters, .oneSymbol, .twoSymbols, .flat200].enumerated() {
            var input = content.bytes(2 * size, seed: UInt64(index))
            for rare in 0..<30 { input[rare * 4391 + 13 * index] = UInt8(226 + rare) }
            _ = try Self.payload(input, "\(content)")
            input = content.bytes(size)
            input[size - 1] = 255
            _ = try Self.payload(input, "\(content)")
        }
    }

    /// Where lines of the sample are not like the others, the segment is counted exactly.
    @Test(arguments: [64, 256, 768, 4096, 65_536])
    func unlikeSample(_ period: Int) throws {
        var random = HuffmanRandom(seed: UInt64(period))
        // The first quarter of each period has other symbols than the rest.
        let input = (0..<size).map { UInt8($0 % period < period / 4 ? random.next() % 7 : 64 + random.next() % 100) }
        let bits = UnlimitedHuffman.bits(input)
        #expect(try Self.payload(input, "period \(period)").count * 8 < bits + bits / 50 + 8 * 300)
    }

    /// Made so that all lines of the sample, and they alone, are of one half of the symbols.
    @Test func deceivedSample() throws {
        var random = HuffmanRandom(seed: 11)
        let input = (0..<size).map { place in
            let choice = Int((UInt32(truncatingIfNeeded: place / 256) &* 0x9E37_79B1) >> 30)
            return UInt8(place / 64 % 4 == choice ? random.next() % 4 : 100 + random.next() % 30)
        }
        let bits = UnlimitedHuffman.bits(input)
        #expect(try Self.payload(input, "deceived").count * 8 < bits + bits / 200 + 8 * 300)
    }
}
