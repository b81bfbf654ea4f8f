import Codecs
@testable import Engine
import Format
import Planning
import TestSupport
import Testing

@Suite struct RoundTripTests {
    static let block = FormatLimits.minimumBlockSize
    /// Around nothing, one byte, and one, two and nine blocks.
    static let sizes = [0, 1, 2, 31, 32, 33, block - 1, block, block + 1, 2 * block - 1, 2 * block, 2 * block + 1, 9 * block + 17]
    static let pipelines = [
        nil, "stored", "constant", "runlength", "huffman", "deflate", "lz4", "lz4hc", "runlength(deflate,huffman)", "planes4r", "delta2z",
        "sparse4", "x86", "arm64", "lz", "runlength(lz,huffman)",
    ]

    @Test(arguments: sizes, pipelines)
    func everyReaderGivesTheInput(size: Int, pipeline: String?) async throws {
        for kind in [SampleInput.text, .runs, .zeros, .random] {
            let raw = kind.bytes(size)
            let archive = try await makeArchive(raw, pipeline: pipeline, workers: 2)
            for reader in Reader.allCases {
                #expect(try await reader.read(archive, workers: 3) == raw, "\(reader) of \(kind)")
            }
        }
    }

    @Test(arguments: [SampleInput.text, .runs, .random])
    func bytesAreTheSameForEveryWorkerCountAndSource(kind: SampleInput) async throws {
        let raw = kind.bytes(40 * Self.block + 5)
        let segmenter = Segmenter(chunkSize: Self.block)
        let expected = try await makeArchive(raw, workers: 1)
        for workers in [2, 3, 8, 64] {
            #expect(try await makeArchive(raw, workers: workers) == expected)
            let sink = MemorySink()
            let engine = CompressionEngine(segmenter: segmenter, selector: try makeSelector(nil), workers: workers)
            _ = try await engine.run(from: StreamSource(TricklingSource(raw), segmenter), to: sink)
            #expect(sink.bytes == expected, "from a stream, \(workers) workers")
        }
    }

    @Test func checkingBlocksChangesNothing() async throws {
        let raw = SampleInput.text.bytes(10 * Self.block)
        let segmenter = Segmenter(chunkSize: Self.block)
        let sink = MemorySink()
        let engine = CompressionEngine(segmenter: segmenter, selector: try makeSelector("deflate"), workers: 2, checksBlocks: true)
        _ = try await engine.run(from: MemorySource(raw, segmenter), to: sink)
        #expect(sink.bytes == (try await makeArchive(raw, pipeline: "deflate")))
    }

    @Test(arguments: [Reader.index, .stream])
    func archivesEndToEndGiveAllInputs(reader: Reader) async throws {
        let inputs = [SampleInput.text.bytes(3 * Self.block), [], SampleInput.runs.bytes(100), SampleInput.random.bytes(Self.block + 1)]
        var file: [UInt8] = []
        for input in inputs { file += try await makeArchive(input) }
        #expect(try await reader.read(file) == inputs.flatMap { $0 })
    }

    @Test func everyRangeIsThatPartOfTheInput() async throws {
        let first = SampleInput.text.bytes(3 * Self.block + 100)
        let second = SampleInput.random.bytes(2 * Self.block)
        let raw = first + second
        let archive = try await makeArchive(first) + makeArchive(second)
        try await expectRanges(of: raw, in: archive, around: [0, Self.block, first.count, raw.count])
    }
}
