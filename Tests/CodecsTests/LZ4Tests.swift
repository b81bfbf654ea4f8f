#if LZ4
    import Codecs
    import Format
    import TestSupport
    import Testing

    @Suite struct LZ4Tests {
        private let lz4 = Pipeline(LZ4Codec(.fast(acceleration: 1)))

        /// lz4's block format: token 0x1F is one literal and a match of 15 + 4 or more, offset 1, 50 more bytes of
        /// match; token 0x50 is the five literals that every block ends with.
        @Test func decodesAHandMadeBlock() throws {
            let block: [UInt8] = [0x1F, 97, 1, 0, 50, 0x50, 98, 99, 100, 101, 102]
            let decoded = try lz4.decoding(block, count: 1 + 69 + 5, scratch: ScratchArena())
            #expect(decoded == Array(repeating: 97, count: 70) + [98, 99, 100, 101, 102])
        }

        @Test func refusesOffsetsBeforeTheBlock() {
            let block: [UInt8] = [0x1F, 97, 2, 0, 50, 0x50, 98, 99, 100, 101, 102]
            #expect(throws: CodecError.self) { _ = try lz4.decoding(block, count: 75, scratch: ScratchArena()) }
        }

        @Test func bothEncodersWriteTheSameFormat() throws {
            let scratch = ScratchArena()
            let input = SampleInput.text.bytes(50_000)
            let fast = try lz4.encoding(input, scratch: scratch)
            let high = try Pipeline(LZ4Codec(.high(level: 9))).encoding(input, scratch: scratch)
            #expect(fast.descriptor == high.descriptor)
            #expect(high.payload.count < fast.payload.count)
        }

        /// Nothing is taken from the system per block: the state is scratch memory.
        @Test func footprintStays() throws {
            let scratch = ScratchArena()
            let high = Pipeline(LZ4Codec(.high(level: 9)))
            _ = try high.encoding(SampleInput.text.bytes(50_000), scratch: scratch)
            let footprint = scratch.footprint
            for _ in 0..<20 { _ = try high.encoding(SampleInput.text.bytes(50_000), scratch: scratch) }
            #expect(scratch.footprint == footprint)
        }
    }
#endif
