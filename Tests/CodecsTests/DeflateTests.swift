#if Zlib
    import Codecs
    import Format
    import TestSupport
    import Testing

    @Suite struct DeflateTests {
        private let deflate = Pipeline(DeflateCodec(level: 6))

        /// RFC 1951, section 3.2.6: a block of fixed codes. "aaaaaaaaaa" is a literal, a match of 9 at distance 1, end of block.
        @Test func decodesAHandMadeStream() throws {
            let decoded = try deflate.decoding([0x4B, 0x84, 0x03, 0x00], count: 10, scratch: ScratchArena())
            #expect(decoded == Array(repeating: 97, count: 10))
        }

        @Test func refusesBytesBehindTheStream() {
            let error = #expect(throws: CodecError.self) {
                _ = try deflate.decoding([0x4B, 0x84, 0x03, 0x00, 0x00], count: 10, scratch: ScratchArena())
            }
            guard case .corrupt("deflate", let offset, _) = error else { return #expect(Bool(false), "\(String(describing: error))") }
            #expect(offset == 4)
        }

        @Test func refusesAReservedBlockType() {
            #expect(throws: CodecError.self) { _ = try deflate.decoding([0x07, 0x00], count: 10, scratch: ScratchArena()) }
        }

        /// One state serves all blocks of a worker: after an error it must be as new.
        @Test func recoversFromDamage() throws {
            let scratch = ScratchArena()
            for _ in 0..<3 {
                #expect(throws: CodecError.self) { _ = try deflate.decoding([0x4B, 0x84], count: 10, scratch: scratch) }
                #expect(try deflate.decoding([0x4B, 0x84, 0x03, 0x00], count: 10, scratch: scratch).count == 10)
            }
        }

        @Test func levelsDiffer() throws {
            let input = SampleInput.text.bytes(100_000)
            let scratch = ScratchArena()
            let fast = try Pipeline(DeflateCodec(level: 1)).encoding(input, scratch: scratch).payload.count
            let best = try Pipeline(DeflateCodec(level: 9)).encoding(input, scratch: scratch).payload.count
            #expect(best < fast)
        }

        /// Zeros are the codec's best case: the bound must hold with little to spare.
        @Test func expansionBoundIsTight() throws {
            let count = 4 << 20
            let payload = try Pipeline(DeflateCodec(level: 9)).encoding(SampleInput.zeros.bytes(count), scratch: ScratchArena()).payload
            let bound = DeflateCodec.maximumDecodedCount(encodedCount: payload.count)
            #expect(count <= bound && bound < count + count / 50)
        }
    }
#endif
