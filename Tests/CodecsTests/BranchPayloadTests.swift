import Codecs
import Format
import TestSupport
import Testing

/// The frame that a branch puts around its streams, by hand: see "The payload" in Pipelines.md.
@Suite struct BranchPayloadTests {
    private let scratch = ScratchArena(fenced: true)
    private let pipeline = Pipeline(RunLengthCodec(), [Pipeline(StoredCodec()), Pipeline(StoredCodec())])
    private let input: [UInt8] = [0x61, 0x62] + Array(repeating: 0, count: 20) + [0x63, 0x64, 0x65, 0x66, 0x67, 0x68]
    private let literals: [UInt8] = [0x61, 0x62, 0, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68]
    private let runs: [UInt8] = [2, 4]

    private func isRefused(_ payload: [UInt8], by pipeline: Pipeline, count: Int = 28) throws -> Bool {
        do {
            _ = try pipeline.decoding(payload, count: count, scratch: scratch)
            return false
        } catch CodecError.corrupt(_, let offset, _) {
            return (0...payload.count).contains(offset)
        }
    }

    @Test func workedExample() throws {
        let encoding = try pipeline.encoding(input, scratch: scratch)
        #expect(encoding.payload == [9, 9, 2, 2] + literals + runs)
        #expect(encoding.descriptor.expression == "runlength(stored,stored)")
        #expect(try pipeline.decoding(encoding.payload, count: 28, scratch: scratch) == input)
    }

    @Test func refusesBrokenFrames() throws {
        #expect(try !isRefused([9, 9, 2, 2] + literals + runs, by: pipeline))
        let broken: [[UInt8]] = [
            [], [9], [9, 9], [9, 9, 2], [9, 9, 2, 2],
            [9, 9, 2, 2] + literals,
            [9, 9, 2, 2] + literals + runs + [0],
            [9, 8, 2, 2] + literals + runs,
            [9, 9, 2, 3] + literals + runs,
            [8, 8, 3, 3] + literals + runs,
            [0x89, 0, 9, 2, 2] + literals + runs,
            [9, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1, 2, 2] + literals,
        ]
        for payload in broken { #expect(try isRefused(payload, by: pipeline), "\(payload)") }
    }

    /// A stream that claims more than its codec or its branch can give is refused before memory is taken.
    @Test func refusesStreamsThatCannotBe() throws {
        let constantLiterals = Pipeline(RunLengthCodec(), [Pipeline(ConstantCodec()), Pipeline(StoredCodec())])
        let payload: [UInt8] = [0x80, 0x80, 0x80, 0x20, 1, 2, 2, 7] + runs
        #expect(try isRefused(payload, by: constantLiterals, count: 1 << 20))
        #expect(scratch.footprint == 0)
        // An empty stream under a codec, and a codec that does not shrink.
        #expect(try isRefused([0, 1, 2, 2, 7] + runs, by: constantLiterals))
        #expect(try isRefused([1, 1, 2, 2, 7] + runs, by: constantLiterals))
    }

    @Test func errorsCountFromThePayload() throws {
        let inner = Pipeline(RunLengthCodec(), [pipeline, Pipeline(StoredCodec())])
        // The outer literals are a branch of 20 raw and 8 stored bytes at offset 4; its first size is overlong.
        let error = #expect(throws: CodecError.self) {
            _ = try inner.decoding([20, 8, 2, 2, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0], count: 100, scratch: scratch)
        }
        guard case .corrupt("runlength", 4, _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    /// Children that shrink their streams and children that do not, sizes of one and of several bytes.
    @Test(arguments: [100, 5000, 300_000])
    func childrenMixFreely(_ count: Int) throws {
        let huffman = Pipeline(HuffmanCodec())
        let tree = Pipeline(RunLengthCodec(), [Pipeline(RunLengthCodec(), [huffman, huffman]), huffman])
        let input = SampleInput.sparse.bytes(count)
        let encoding = try tree.encoding(input, scratch: scratch)
        #expect(encoding.payload.count < count)
        #expect(try Pipeline(descriptor: encoding.descriptor).decoding(encoding.payload, count: count, scratch: scratch) == input)
        #expect(scratch.brokenFences == 0)
    }

    /// Text has no runs: what the user or a sample took for runs must not be stored for that.
    @Test func aBranchThatDeclinesLeavesItsInputToItsFirstChild() throws {
        let input = SampleInput.text.bytes(5000)
        let huffman = Pipeline(HuffmanCodec())
        let tree = Pipeline(RunLengthCodec(), [Pipeline(RunLengthCodec(), [huffman, pipeline]), pipeline])
        #expect(try tree.encoding(input, scratch: scratch) == huffman.encoding(input, scratch: scratch))
        #expect(try tree.encoding(input, scratch: scratch).descriptor.expression == "huffman")
        #expect(try pipeline.encoding(input, scratch: scratch).descriptor == .stored)
        #expect(scratch.brokenFences == 0)
    }
}
