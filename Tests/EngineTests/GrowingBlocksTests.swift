@testable import Engine
import Format
import Planning
import TestSupport
import Testing

/// Archives whose first blocks are smaller than those that follow.
@Suite struct GrowingBlocksTests {
    static let block = FormatLimits.minimumBlockSize
    /// 1, 1, 2, 4, 8, 8, ... smallest blocks.
    static let segmenter = Segmenter(firstChunkSize: block, chunkSize: 8 * block)
    static let cuts = [1, 2, 4, 8, 16, 24].map { $0 * block }

    private static func blocks(of archive: [UInt8]) throws -> [BlockIndex.Entry] {
        try ArchiveLocator.archives(in: MemoryInput(archive))[0].index.entries
    }

    /// The archive of what `source` gives by so many workers.
    private static func archive(of source: any ChunkSource, workers: Int) async throws -> [UInt8] {
        let sink = MemorySink()
        let engine = CompressionEngine(segmenter: segmenter, selector: try makeSelector(nil), workers: workers)
        _ = try await engine.run(from: source, to: sink)
        return sink.bytes
    }

    @Test(arguments: cuts)
    func everySourceGivesTheSameBytesAndEveryReaderTheInput(cut: Int) async throws {
        let folder = try TemporaryFolder()
        for size in [cut - 1, cut, cut + 1] {
            let raw = SampleInput.text.bytes(size)
            _ = try folder.file("raw", raw)
            let expected = try await makeArchive(raw, Self.segmenter)
            for workers in [1, 2, 3, 16] {
                let file = folder.open("raw")
                let source = try #require(try FileSource(file, Self.segmenter))
                #expect(try await Self.archive(of: source, workers: workers) == expected, "file, \(size) bytes, \(workers) workers")
                try file.close()
                let stream = StreamSource(TricklingSource(raw), Self.segmenter)
                #expect(try await Self.archive(of: stream, workers: workers) == expected, "stream, \(size) bytes, \(workers) workers")
                #expect(try await makeArchive(raw, Self.segmenter, workers: workers) == expected, "\(size) bytes, \(workers) workers")
            }
            for reader in Reader.allCases { #expect(try await reader.read(expected, workers: 3) == raw, "\(reader), \(size) bytes") }
        }
    }

    @Test func sizesOfAnyStreamAreThoseOfTheSegmenter() async throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for _ in 0..<40 {
            let raw = SampleInput.runs.bytes(Int.random(in: 1...40 * Self.block, using: &random))
            let archive = try await Self.archive(of: StreamSource(TricklingSource(raw), Self.segmenter), workers: 2)
            let total = UInt64(raw.count)
            let ranges = (0..<Self.segmenter.chunkCount(of: total)).map { Self.segmenter.range(ofChunk: $0, of: total) }
            let found = try Self.blocks(of: archive).map { $0.rawOffset..<$0.rawOffset + UInt64($0.rawSize) }
            #expect(found == ranges, "\(total) bytes, seed \(random.seed)")
        }
    }

    @Test func theHeaderTellsTheLargestBlock() async throws {
        let archive = try await makeArchive(SampleInput.text.bytes(100), Self.segmenter)
        #expect(try ArchiveLocator.archives(in: MemoryInput(archive))[0].fileHeader.chunkSize == 8 * Self.block)
    }

    @Test func thereIsAWorkerForEachSmallBlock() async throws {
        for (size, count) in [(1, 1), (Self.block, 1), (Self.block + 1, 2), (8 * Self.block, 4), (8 * Self.block + 1, 5)] {
            let engine = CompressionEngine(segmenter: Self.segmenter, selector: try makeSelector(nil), workers: 16)
            let summary = try await engine.run(from: MemorySource(SampleInput.text.bytes(size), Self.segmenter), to: NullSink())
            #expect(summary.memory.workers == count && summary.blockCount == UInt64(count), "\(size) bytes")
        }
    }

    @Test func everyRangeIsThatPartOfTheInput() async throws {
        let first = SampleInput.text.bytes(19 * Self.block + 100)
        let second = SampleInput.random.bytes(5 * Self.block)
        let raw = first + second
        let archive = try await makeArchive(first, Self.segmenter) + makeArchive(second, Self.segmenter)
        let joints = [0] + Self.cuts + Self.cuts.map { $0 + first.count } + [first.count, raw.count]
        try await expectRanges(of: raw, in: archive, around: joints)
    }

    @Test(arguments: 0..<6, [false, true])
    func aLostBlockIsAHoleOfItsSize(lost: Int, losesFrame: Bool) async throws {
        let raw = SampleInput.text.bytes(20 * Self.block)
        let archive = try await makeArchive(raw, Self.segmenter)
        let entries = try Self.blocks(of: archive)
        try #require(entries.count == 6)
        let start = Int(entries[lost].storedOffset)
        let frame = losesFrame ? FileHeader.size..<Int(entries[5].storedOffset) + entries[5].span : 0..<archive.count
        let damaged = archive[frame.lowerBound..<start] + archive[start + entries[lost].span..<frame.upperBound]
        let sink = MemorySink()
        let report = try await SalvageEngine(workers: 2).run(from: MemoryInput(Array(damaged)), to: sink)
        let hole = entries[lost].rawOffset..<entries[lost].rawOffset + UInt64(entries[lost].rawSize)
        var expected = raw
        for place in hole { expected[Int(place)] = 0 }
        // Without index and final block nothing tells of the end.
        if losesFrame, lost == 5 { expected.removeLast(hole.count) }
        #expect(report.archives[0].holes == (losesFrame && lost == 5 ? [] : [hole]))
        #expect(sink.bytes == expected)
    }

    @Test(arguments: [1, 5])
    func aDamagedBlockIsLeftOut(lost: Int) async throws {
        let raw = SampleInput.text.bytes(20 * Self.block)
        var archive = try await makeArchive(raw, Self.segmenter)
        let entry = try Self.blocks(of: archive)[lost]
        archive[Int(entry.storedOffset) + entry.span - 1] ^= 1
        let sink = MemorySink()
        let summary = try await DecompressionEngine(workers: 3, keepsGoing: true).run(from: MemoryInput(archive), to: sink)
        var expected = raw
        for place in entry.rawOffset..<entry.rawOffset + UInt64(entry.rawSize) { expected[Int(place)] = 0 }
        #expect(summary.damage.map(\.ordinal) == [UInt64(lost)] && sink.bytes == expected)
    }
}
