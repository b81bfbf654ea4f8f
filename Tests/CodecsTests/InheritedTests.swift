import Codecs
import Format
import TestSupport
import Testing

/// What every codec must do, run for each example pipeline of the catalogue. A new codec inherits these by its entry.
@Suite struct InheritedTests {
    private static let smallCounts = [1, 2, 3, 31, 32, 33, 63, 64, 65, 127, 128, 129, 4095, 4096, 4097]

    /// Sizes around lane, page and table limits; the large ones for two kinds each, to keep debug builds quick.
    private static func counts(_ kind: SampleInput) -> [Int] {
        switch kind {
        case .text, .runs: smallCounts + [(128 << 10) - 1, 128 << 10, (128 << 10) + 1]
        case .table, .random: smallCounts + [1 << 20]
        default: smallCounts
        }
    }

    @Test(arguments: PipelineCase.all, SampleInput.allCases)
    func roundTrip(_ example: PipelineCase, _ kind: SampleInput) throws {
        let scratch = ScratchArena(fenced: true)
        for count in Self.counts(kind) {
            let input = kind.bytes(count)
            let encoding = try example.pipeline.encoding(input, scratch: scratch)
            let size = encoding.payload.count
            #expect(encoding.descriptor == .stored ? encoding.payload == input : size < count, "\(kind), \(count) bytes became \(size)")
            let decoded = try Pipeline(descriptor: encoding.descriptor).decoding(encoding.payload, count: count, scratch: scratch)
            #expect(decoded == input, "\(kind), \(count) bytes")
        }
        #expect(scratch.brokenFences == 0)
    }

    /// Neither what lies behind a buffer nor what the arena held before may change the result.
    @Test(arguments: PipelineCase.all, SampleInput.allCases)
    func sameBytesEveryTime(_ example: PipelineCase, _ kind: SampleInput) throws {
        let used = ScratchArena()
        _ = try example.pipeline.encoding(SampleInput.table.bytes(20_000), scratch: used)
        for count in [33, 4097] {
            let input = kind.bytes(count)
            let first = try example.pipeline.encoding(input, scratch: ScratchArena(), noise: 0)
            let second = try example.pipeline.encoding(input, scratch: used, noise: 0xFF)
            #expect(first == second, "\(kind), \(count) bytes")
        }
    }

    @Test(arguments: PipelineCase.all)
    func emptyInputIsStored(_ example: PipelineCase) throws {
        let scratch = ScratchArena(fenced: true)
        let encoding = try example.pipeline.encoding([], scratch: scratch)
        #expect(encoding == Encoding(descriptor: .stored, payload: []))
        #expect(try Pipeline(descriptor: .stored).decoding([], count: 0, scratch: scratch).isEmpty)
    }

    @Test(arguments: PipelineCase.all, SampleInput.allCases)
    func wrongSizesThrow(_ example: PipelineCase, _ kind: SampleInput) throws {
        let scratch = ScratchArena(fenced: true)
        let input = kind.bytes(3000)
        let encoding = try example.pipeline.encoding(input, scratch: scratch)
        let pipeline = try Pipeline(descriptor: encoding.descriptor)
        for count in [0, 1, 2999, 3001, 6000, 64 << 10] {
            let succeeds = try pipeline.decodeDamaged(encoding.payload, count: count, scratch: scratch)
            #expect(!succeeds || pipeline.leavesItsCountToTheContainer, "\(count) bytes instead of 3000")
        }
        #expect(scratch.brokenFences == 0)
    }

    /// Damage must be refused or decode to some bytes, which the container's hash then refuses; it must not touch
    /// memory outside the buffers, hang or trap.
    @Test(arguments: PipelineCase.all, SampleInput.allCases)
    func everyTruncationAndBitFlipIsSafe(_ example: PipelineCase, _ kind: SampleInput) throws {
        let scratch = ScratchArena(fenced: true)
        for count in [40, 300] {
            let encoding = try example.pipeline.encoding(kind.bytes(count), scratch: scratch)
            let pipeline = try Pipeline(descriptor: encoding.descriptor)
            // Any damage to stored bytes of the right size is some other bytes: seen once is enough.
            if encoding.descriptor == .stored, !example.pipeline.isStored { continue }
            let buffers = DecodingBuffers(payloadCount: encoding.payload.count, count: count)
            for length in 0..<encoding.payload.count {
                try pipeline.decodeDamaged(encoding.payload[..<length], between: buffers, scratch: scratch)
            }
            var damaged = encoding.payload
            for bit in 0..<encoding.payload.count * 8 {
                damaged[bit / 8] ^= 1 << (bit % 8)
                try pipeline.decodeDamaged(damaged[...], between: buffers, scratch: scratch)
                damaged[bit / 8] ^= 1 << (bit % 8)
            }
        }
        #expect(scratch.brokenFences == 0)
    }

    @Test(arguments: PipelineCase.all, SampleInput.allCases)
    func randomMutationsAreSafe(_ example: PipelineCase, _ kind: SampleInput) throws {
        let scratch = ScratchArena(fenced: true)
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for round in 0..<40 {
            let count = Int.random(in: 100...9000, using: &random)
            let encoding = try example.pipeline.encoding(kind.bytes(count, seed: random.next()), scratch: scratch)
            let pipeline = try Pipeline(descriptor: encoding.descriptor)
            let damaged = encoding.payload.mutated(&random)
            try pipeline.decodeDamaged(damaged, count: count, scratch: scratch)
            #expect(scratch.brokenFences == 0, "seed \(random.seed), round \(round)")
        }
    }
}

extension Pipeline {
    /// A constant holds nothing that depends on the count; Huffman fills its lanes with zeros, and a few bytes more or
    /// less can look like that; zeros at the end of a bitmap can be elements or the rest of its last byte. The container's
    /// hash and sizes tell them apart.
    fileprivate var leavesItsCountToTheContainer: Bool { ["constant", "huffman", "sparse"].contains(name) }

    /// Decodes, or throws a codec's error whose offset lies in the payload.
    /// - Returns: whether it decoded.
    @discardableResult
    fileprivate func decodeDamaged(_ payload: [UInt8], count: Int, scratch: ScratchArena) throws -> Bool {
        try decodeDamaged(payload[...], between: DecodingBuffers(payloadCount: payload.count, count: count), scratch: scratch)
    }

    @discardableResult
    fileprivate func decodeDamaged(_ payload: ArraySlice<UInt8>, between buffers: DecodingBuffers, scratch: ScratchArena) throws -> Bool {
        do {
            try buffers.decode(payload, by: self, scratch: scratch)
            return true
        } catch CodecError.corrupt(_, let offset, _) {
            #expect((0...payload.count).contains(offset), "an offset of \(offset) in \(payload.count) bytes")
            return false
        }
    }
}

extension [UInt8] {
    /// One to four changes: a byte replaced, removed, doubled, or a stretch overwritten with another.
    fileprivate func mutated(_ random: inout SplitMix64) -> [UInt8] {
        var bytes = self
        for _ in 0..<Int.random(in: 1...4, using: &random) where !bytes.isEmpty {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch random.next() % 5 {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes[place] = [0, 1, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
            case 2: bytes.remove(at: place)
            case 3: bytes.insert(bytes[place], at: place)
            default:
                let source = Int.random(in: 0..<bytes.count, using: &random)
                let length = Swift.min(8, bytes.count - Swift.max(place, source))
                bytes.replaceSubrange(place..<place + length, with: Array(bytes[source..<source + length]))
            }
        }
        return bytes
    }
}
