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

/// Archives whose chunks become several blocks, or one, by what is in them.
@Suite struct DividedChunksTests {
    static let part = FormatLimits.minimumBlockSize
    static let divider = Divider(partSize: part)
    static let segmenter = Segmenter(chunkSize: 8 * part)

    /// Three chunks and a half: eight parts, one block, four parts and one of four, four parts.
    private static let raw: [UInt8] = {
        let noise = { (parts: Int, seed: UInt64) in SampleInput.random.bytes(parts * part, seed: seed) }
        let twice = noise(1, 1)
        let versions = noise(4, 2)
        return SampleInput.table.bytes(8 * part, seed: 3) + versions + versions + noise(4, 4) + twice + noise(2, 5) + twice + noise(4, 6)
    }()
    private static let sizes = [Array(repeating: 1, count: 8), [8], [1, 1, 1, 1, 4], [1, 1, 1, 1]].flatMap { $0 }

    private static func archive(of source: any ChunkSource, workers: Int, checks: Bool = false) async throws -> [UInt8] {
        let sink = MemorySink()
        let engine = CompressionEngine(
            segmenter: segmenter, divider: divider, selector: try makeSelector(nil), workers: workers, checksBlocks: checks)
        _ = try await engine.run(from: source, to: sink)
        return sink.bytes
    }

    private static func archive(of raw: [UInt8], workers: Int = 1, checks: Bool = false) async throws -> [UInt8] {
        try await archive(of: MemorySource(raw, segmenter), workers: workers, checks: checks)
    }

    private static func entries(of archive: [UInt8]) throws -> [BlockIndex.Entry] {
        try ArchiveLocator.archives(in: MemoryInput(archive))[0].index.entries
    }

    @Test func chunksAreDividedByContent() async throws {
        let archive = try await Self.archive(of: Self.raw)
        #expect(try Self.entries(of: archive).map { $0.rawSize / Self.part } == Self.sizes)
        #expect(try ArchiveLocator.archives(in: MemoryInput(archive))[0].fileHeader.chunkSize == 8 * Self.part)
    }

    /// Nothing of the parts beside it gets into a block.
    @Test func aBlockIsWhatItWouldBeAlone() async throws {
        let archive = try await Self.archive(of: Self.raw)
        for entry in try Self.entries(of: archive) {
            let range = Int(entry.rawOffset)..<Int(entry.rawOffset) + entry.rawSize
            let alone = try Self.entries(of: try await makeArchive(Array(Self.raw[range]), blockSize: 8 * Self.part))
            #expect(alone.map(\.storedHash) == [entry.storedHash], "\(range)")
        }
    }

    @Test func everySourceGivesTheSameBytesAndEveryReaderTheInput() async throws {
        let folder = try TemporaryFolder()
        let joints = [0, 1, 2, 8, 9, 16, 20, 24, 28]
        for size in joints.flatMap({ [$0 * Self.part - 1, $0 * Self.part, $0 * Self.part + 1] }) where (0...Self.raw.count).contains(size) {
            let raw = Array(Self.raw[..<size])
            _ = try folder.file("raw", raw)
            let expected = try await Self.archive(of: raw)
            for workers in [2, 5] {
                #expect(try await Self.archive(of: raw, workers: workers, checks: true) == expected, "\(size) bytes, \(workers) workers")
                let stream = StreamSource(TricklingSource(raw), Self.segmenter)
                #expect(try await Self.archive(of: stream, workers: workers) == expected, "stream, \(size) bytes, \(workers) workers")
                let file = folder.open("raw")
                if let source = try FileSource(file, Self.segmenter) {
                    #expect(try await Self.archive(of: source, workers: workers) == expected, "file, \(size) bytes, \(workers) workers")
                }
                try file.close()
            }
            for reader in Reader.allCases { #expect(try await reader.read(expected, workers: 3) == raw, "\(reader), \(size) bytes") }
        }
    }

    @Test func everyRangeIsThatPartOfTheInput() async throws {
        let second = SampleInput.text.bytes(9 * Self.part + 5)
        let raw = Self.raw + second
        let archive = try await Self.archive(of: Self.raw) + Self.archive(of: second)
        try await expectRanges(of: raw, in: archive, around: [0, 1, 2, 8, 16, 20, 24, 28, 29, 36].map { $0 * Self.part } + [raw.count])
    }

    @Test(arguments: [0, 7, 8, 12, 13, 16], [false, true])
    func aLostBlockIsAHoleOfItsSize(lost: Int, isRemoved: Bool) async throws {
        var archive = try await Self.archive(of: Self.raw)
        let entry = try Self.entries(of: archive)[lost]
        let place = Int(entry.storedOffset)..<Int(entry.storedOffset) + entry.span
        if isRemoved { archive.removeSubrange(place) } else { archive[place.upperBound - 1] ^= 1 }
        let sink = MemorySink()
        let report = try await SalvageEngine(workers: 2).run(from: MemoryInput(archive), to: sink)
        let hole = entry.rawOffset..<entry.rawOffset + UInt64(entry.rawSize)
        var expected = Self.raw
        for byte in hole { expected[Int(byte)] = 0 }
        #expect(report.archives[0].holes == [hole] && sink.bytes == expected)
        if !isRemoved {
            let again = MemorySink()
            let summary = try await DecompressionEngine(workers: 3, keepsGoing: true).run(from: MemoryInput(archive), to: again)
            #expect(summary.damage.map(\.ordinal) == [UInt64(lost)] && summary.damage.map(\.rawRange) == [hole] && again.bytes == expected)
        }
    }

    @Test func summariesCountBlocksAndWorkersChunks() async throws {
        let engine = CompressionEngine(segmenter: Self.segmenter, divider: Self.divider, selector: try makeSelector(nil), workers: 16)
        let summary = try await engine.run(from: MemorySource(Self.raw, Self.segmenter), to: NullSink())
        #expect(summary.blockCount == UInt64(Self.sizes.count) && summary.memory.workers == 4)
        #expect(summary.rawSize == UInt64(Self.raw.count) && !summary.inputChanged)
    }

    /// The last block that is read is the last of its chunk, whatever the chunk was divided into.
    @Test func aFileThatShrinksWhileItIsReadGivesWhatIsLeft() async throws {
        for left in [0, 1, 8, 10, 19, 25].map({ $0 * Self.part }) + [8 * Self.part + 1, Self.raw.count - 1] {
            let folder = try TemporaryFolder()
            let file = folder.open("source")
            defer { close(file.number) }
            try file.writeAll(Self.raw)
            lseek(file.number, 0, SEEK_SET)
            let source = try #require(try FileSource(file, Self.segmenter))
            #expect(ftruncate(file.number, off_t(left)) == 0)
            let archive = try await Self.archive(of: source, workers: 3)
            for reader in Reader.allCases { #expect(try await reader.read(archive) == Array(Self.raw[..<left]), "\(left) left, \(reader)") }
        }
    }

    @Test func chunksKnowTheirPlace() async throws {
        let raw = SampleInput.text.bytes(20 * Self.part + 9)
        let segmenter = Segmenter(firstChunkSize: Self.part, chunkSize: 4 * Self.part)
        let folder = try TemporaryFolder()
        _ = try folder.file("raw", raw)
        let file = folder.open("raw")
        defer { close(file.number) }
        let sources: [any ChunkSource] = [
            MemorySource(raw, segmenter), StreamSource(TricklingSource(raw), segmenter), try #require(try FileSource(file, segmenter)),
        ]
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 4 * Self.part, alignment: 8)
        defer { room.deallocate() }
        for source in sources {
            var end: UInt64 = 0
            while let chunk = try await source.next(into: room) {
                #expect(chunk.start == end && chunk.place(of: 1..<chunk.count) == end + 1..<end + UInt64(chunk.count))
                #expect(room.prefix(chunk.count).elementsEqual(raw[Int(end)..<Int(end) + chunk.count]))
                end += UInt64(chunk.count)
            }
            #expect(end == UInt64(raw.count))
        }
    }
}
