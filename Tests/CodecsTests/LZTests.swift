import Codecs
import Kernels
import TestSupport
import Testing

/// The codec around the kernels: what it makes of sequences, and what it refuses. See LZ.md.
@Suite struct LZTests {
    private let input = Array("abcdabcdabcdXabcdYYYYYYYYYYYYYYYYYYYYYYYY".utf8)
    private let streams: [[UInt8]] = [Array("abcdXY".utf8), [0xB4, 0x10, 0xDF], [5], [], [], [1], [4]]

    /// A parser that knows the specification's worked example by heart.
    private static let example = LZParser(workspaceSize: { _, _ in 0 }) { _, _, _, _, sequences, _ in
        sequences[0] = LZSequence(literalCount: 4, matchCount: 8, distance: 4)
        sequences[1] = LZSequence(literalCount: 1, matchCount: 4, distance: 5)
        sequences[2] = LZSequence(literalCount: 1, matchCount: 23, distance: 1)
        return 3
    }

    private func split(_ content: [UInt8], by codec: LZCodec = LZCodec()) throws -> [[UInt8]]? {
        let scratch = ScratchArena(fenced: true)
        let mark = scratch.mark
        let source = GuardedBuffer(content)
        let streams = try codec.split(source.readOnly, scratch: scratch)?.map { Array($0) }
        scratch.release(to: mark)
        #expect(source.isIntact && scratch.brokenFences == 0)
        return streams
    }

    private func joined(_ streams: [[UInt8]], count: Int, minimumMatch: UInt8 = 4) throws -> [UInt8] {
        let scratch = ScratchArena(fenced: true)
        let mark = scratch.mark
        defer {
            scratch.release(to: mark)
            #expect(scratch.brokenFences == 0)
        }
        var buffers: [UnsafeRawBufferPointer] = []
        for stream in streams {
            let buffer = try scratch.allocate(stream.count)
            buffer.copyBytes(from: stream)
            buffers.append(UnsafeRawBufferPointer(buffer))
        }
        let output = GuardedBuffer(count: count)
        try LZCodec(parameters: [minimumMatch]).join(buffers, into: output.bytes, scratch: scratch)
        return Array(output.readOnly)
    }

    private func isRefused(_ streams: [[UInt8]], count: Int = 41) throws -> Bool {
        do {
            _ = try joined(streams, count: count)
            return false
        } catch CodecError.corrupt { return true }
    }

    @Test func workedExample() throws {
        #expect(try split(input, by: LZCodec(parser: Self.example)) == streams)
        #expect(try joined(streams, count: 41) == input)
    }

    @Test func refusesStreamsThatDoNotFit() throws {
        for number in streams.indices {
            var changes: [[UInt8]] = [streams[number] + [1]]
            if streams[number].isEmpty { changes = [[1, 1]] } else { changes.append(streams[number].dropLast()) }
            for change in changes {
                var broken = streams
                broken[number] = change
                #expect(try isRefused(broken), "stream \(number): \(change)")
            }
        }
        for count in [0, 1, 40, 42] { #expect(try isRefused(streams, count: count)) }
        for (stream, byte) in [(2, 0), (2, 192), (2, 255), (2, 14), (3, 0), (3, 9), (3, 0x19), (3, 0x20), (3, 255)] as [(Int, UInt8)] {
            var broken = streams
            broken[stream] = [byte]
            #expect(try isRefused(broken), "stream \(stream): \(byte)")
        }
    }

    @Test func parametersAreTheShortestMatch() throws {
        for value in 3...8 as ClosedRange<UInt8> { #expect(try LZCodec(parameters: [value]).parameters == [value]) }
        for wrong in [[], [2], [9], [4, 0]] as [[UInt8]] {
            #expect(throws: CodecError.self) { try LZCodec(parameters: wrong) }
        }
    }

    /// Records of one size: their distances are multiples of it, and the low bits get a stream.
    @Test func recordsPutTheirLowBitsAside() throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let names = (0..<300).map { _ in (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) } }
        var records: [UInt8] = []
        for _ in 0..<9000 {
            records += names.randomElement(using: &random)!
            for _ in 0..<16 { records.append(UInt8.random(in: 0...255, using: &random)) }
        }
        for (content, lowBits) in [(records, true), (SampleInput.text.bytes(200_000), false)] {
            let streams = try #require(try split(content))
            #expect(streams[3].isEmpty == !lowBits)
            #expect(try joined(streams, count: content.count) == content)
            for (stream, bound) in zip(streams, LZCodec().maximumStreamCounts(decodedCount: content.count)) {
                #expect(stream.count <= bound)
            }
        }
    }

    /// Records whose fields grow a little from one to the next: what no match covers is near what the last one's distance points to.
    @Test func recordsHaveDeltaLiterals() throws {
        var random = SplitMix64(seed: SplitMix64.runSeed &+ 1)
        let names = (0..<300).map { _ in (0..<12).map { _ in UInt8.random(in: 0...255, using: &random) } }
        var fields = [UInt8](repeating: 0, count: 8)
        var content: [UInt8] = []
        for index in 0..<9000 {
            content += names[index % 3]
            for field in fields.indices { fields[field] &+= UInt8.random(in: 0...3, using: &random) }
            content += fields
        }
        for (content, isDelta) in [(content, true), (SampleInput.text.bytes(200_000), false)] {
            let streams = try #require(try split(content))
            #expect((streams[3].first.map { $0 & 0x10 != 0 } ?? false) == isDelta)
            #expect(try joined(streams, count: content.count) == content)
        }
    }

    /// The specification's: 'X' is 9 less than the 'a' four bytes before it, 'Y' one more than the 'X' five bytes before it.
    @Test func workedExampleWithDeltaLiterals() throws {
        var delta = streams
        delta[0] = Array("abcd".utf8) + [0xF7, 0x01]
        delta[3] = [0x10]
        #expect(try joined(delta, count: 41) == input)
        delta[3] = [0x10, 0]
        #expect(try isRefused(delta))
    }

    @Test func whatHasNoMatchesIsLeftToOthers() throws {
        for count in [1, 4, 5, 20_000] { #expect(try split(SampleInput.random.bytes(count)) == nil) }
    }
}
