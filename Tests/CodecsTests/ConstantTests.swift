import Codecs
import Testing

@Suite("constant codec")
struct ConstantTests {
    private func encode(_ content: [UInt8], capacity: Int) throws -> [UInt8]? {
        let arena = ScratchArena()
        let input = try arena.allocate(content.count)
        input.copyBytes(from: content)
        let output = try arena.allocate(capacity)
        return try ConstantCodec().encode(UnsafeRawBufferPointer(input), into: output, scratch: arena).map { Array(output[..<$0]) }
    }

    private func decode(_ content: [UInt8], count: Int) throws -> [UInt8] {
        let arena = ScratchArena()
        let input = try arena.allocate(content.count)
        input.copyBytes(from: content)
        let output = try arena.allocate(count)
        try ConstantCodec().decode(UnsafeRawBufferPointer(input), into: output, scratch: arena)
        return Array(output)
    }

    @Test("restores one value, at every length around the vectors", arguments: [2, 3, 31, 32, 33, 63, 64, 65, 127, 129, 257, 5000])
    func roundTrip(count: Int) throws {
        let content = [UInt8](repeating: 0xA5, count: count)
        #expect(try encode(content, capacity: count - 1) == [0xA5])
        #expect(try decode([0xA5], count: count) == content)
        for place in [0, 1, count / 2, count - 1] {
            var other = content
            other[place] = 0xA4
            #expect(try encode(other, capacity: count - 1) == nil, "another byte at \(place)")
        }
    }

    @Test("declines where nothing can shrink")
    func noRoom() throws { #expect(try encode([1], capacity: 0) == nil) }

    @Test("refuses any encoded size but one")
    func hostile() {
        #expect(throws: CodecError.self) { try decode([], count: 5) }
        #expect(throws: CodecError.self) { try decode([1, 1], count: 5) }
        #expect(throws: CodecError.self) { try ConstantCodec(parameters: [1]) }
        #expect(ConstantCodec.maximumDecodedCount(encodedCount: 0) == 0)
        #expect(ConstantCodec.maximumDecodedCount(encodedCount: 1) >= 64 << 20)
    }
}
