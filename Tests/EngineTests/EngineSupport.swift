import Codecs
@testable import Engine
import Format
import Planning
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whether tests that pick some of many like cases shall try all of them: `make unit-test LONG=1`.
let isLongRun = getenv("BALE_TEST_LONG") != nil

/// An archive of `raw` in blocks of `blockSize`, made by a forced pipeline or, with nil, by level 3.
func makeArchive(
    _ raw: [UInt8], blockSize: Int = FormatLimits.minimumBlockSize, pipeline: String? = nil, workers: Int = 1
) async throws -> [UInt8] {
    try await makeArchive(raw, Segmenter(chunkSize: blockSize), pipeline: pipeline, workers: workers)
}

func makeArchive(_ raw: [UInt8], _ segmenter: Segmenter, pipeline: String? = nil, workers: Int = 1) async throws -> [UInt8] {
    let sink = MemorySink()
    let engine = CompressionEngine(segmenter: segmenter, selector: try makeSelector(pipeline), workers: workers)
    _ = try await engine.run(from: MemorySource(raw, segmenter), to: sink)
    return sink.bytes
}

/// Expects random ranges of `archive` to be those parts of `raw`; half of their ends are at `joints` or a byte beside them.
func expectRanges(of raw: [UInt8], in archive: [UInt8], around joints: [Int]) async throws {
    let input = MemoryInput(archive)
    let archives = try ArchiveLocator.archives(in: input)
    var random = SplitMix64(seed: SplitMix64.runSeed)
    let edges = joints.flatMap { [$0 - 1, $0, $0 + 1] }.filter { (0...raw.count).contains($0) }
    for _ in 0..<300 {
        let ends = [0, 1].map { _ in
            Bool.random(using: &random) ? edges.randomElement(using: &random)! : Int.random(in: 0...raw.count, using: &random)
        }.sorted()
        let sink = MemorySink()
        let range = UInt64(ends[0])..<UInt64(ends[1])
        _ = try await DecompressionEngine(workers: 2).run(range, of: archives, in: input, to: sink)
        #expect(sink.bytes == Array(raw[ends[0]..<ends[1]]), "range \(range), seed \(random.seed)")
    }
}

func makeSelector(_ pipeline: String?) throws -> any Selector {
    guard let pipeline else { return SampledSelector(level: 3) }
    return FixedSelector(try PipelineChoice(parsing: pipeline).pipeline(EncoderSettings(forcedAtLevel: 6)))
}

/// The three readers. Each gives the raw bytes, or throws.
enum Reader: CaseIterable {
    /// Only by the index: no falling back.
    case index
    case stream
    /// Throws `incomplete` unless everything was found and nothing else.
    case salvage

    struct Incomplete: Error {}

    func read(_ archive: [UInt8], workers: Int = 1) async throws -> [UInt8] {
        let input = MemoryInput(archive)
        let sink = MemorySink()
        let engine = DecompressionEngine(workers: workers)
        switch self {
        case .index:
            let archives = try ArchiveLocator.archives(in: input)
            _ = try await engine.run(IndexFeed(archives, in: input), to: sink, progress: nil)
        case .stream:
            _ = try await engine.run(from: InputBytes(input), to: sink)
        case .salvage:
            let report = try await SalvageEngine(workers: workers).run(from: input, to: sink)
            guard report.isComplete else { throw Incomplete() }
        }
        return sink.bytes
    }
}

/// Gives its bytes in parts of random sizes, as a pipe may.
final class TricklingSource: ByteSource, @unchecked Sendable {
    private var rest: ArraySlice<UInt8>
    init(_ bytes: [UInt8]) { rest = bytes[...] }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = min(rest.count, buffer.count)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        return count
    }

    func interrupt() {}
}
