import Codecs
import Format
import TestSupport
import Testing

@Suite struct PipelineTests {
    @Test func refusesUnknownCodec() {
        let descriptor = PipelineDescriptor(codec: CodecID(rawValue: 250))
        #expect(throws: CodecError.unknownCodec(250)) { try Pipeline(descriptor: descriptor) }
        #expect(descriptor.expression == "#250")
    }

    @Test(arguments: CodecCatalog.entries.map(\.name))
    func refusesParametersAndChildrenThatNoEncoderWrites(_ name: String) throws {
        let entry = try #require(CodecCatalog.entry(named: name))
        let usual = try #require(entry.examples.first).descriptor
        #expect(try Pipeline(descriptor: usual).name == name)
        var extra = usual
        extra.parameters += Array(repeating: 0, count: 200)
        #expect(throws: CodecError.self) { try Pipeline(descriptor: extra) }
        var child = usual
        child.children.append(.stored)
        #expect(throws: CodecError.self) { try Pipeline(descriptor: child) }
    }

    @Test func catalogueIsConsistent() {
        let entries = CodecCatalog.entries
        #expect(Set(entries.map(\.id)).count == entries.count)
        #expect(Set(entries.map(\.name)).count == entries.count)
        for entry in entries {
            #expect(!entry.examples.isEmpty && entry.examples.allSatisfy { $0.name == entry.name })
            #expect(CodecCatalog.entry(for: entry.id)?.name == entry.name)
        }
    }

    @Test func storedUsesTheInputItself() throws {
        let input = GuardedBuffer(SampleInput.random.bytes(5000))
        let output = GuardedBuffer(count: 5000)
        let block = try Pipeline(StoredCodec()).encode(input.readOnly, into: output.bytes, scratch: ScratchArena())
        #expect(block.isStored && block.payload.baseAddress == input.readOnly.baseAddress && block.payload.count == 5000)
    }

    @Test func storedRefusesAnotherSize() {
        let stored = Pipeline(StoredCodec())
        #expect(throws: CodecError.self) { _ = try stored.decoding([1, 2, 3], count: 2, scratch: ScratchArena()) }
        #expect(throws: CodecError.self) { _ = try stored.decoding([1, 2, 3], count: 4, scratch: ScratchArena()) }
    }

    /// A payload as large as its raw bytes under any codec but stored is a second way to write the same.
    @Test(arguments: PipelineCase.all)
    func refusesPayloadsThatDoNotShrink(_ example: PipelineCase) throws {
        guard !example.pipeline.isStored else { return }
        let pipeline = try Pipeline(descriptor: example.pipeline.descriptor)
        for count in [0, 1, 100] {
            #expect(throws: CodecError.self) {
                _ = try pipeline.decoding([UInt8](repeating: 7, count: 100), count: count, scratch: ScratchArena())
            }
        }
    }

    /// Sizes that the codec cannot reach are refused before anything is decoded.
    @Test(arguments: PipelineCase.all)
    func refusesImpossibleExpansion(_ example: PipelineCase) throws {
        let pipeline = try Pipeline(descriptor: example.pipeline.descriptor)
        let limit = pipeline.maximumDecodedCount(payloadCount: 10)
        #expect(limit <= Pipeline.maximumRawCount)
        #expect(pipeline.maximumDecodedCount(payloadCount: .max) <= Pipeline.maximumRawCount)
        guard limit < 1 << 20 else { return }
        #expect(throws: CodecError.self) {
            _ = try pipeline.decoding([UInt8](repeating: 0, count: 10), count: limit + 1, scratch: ScratchArena())
        }
    }
}
