import Codecs
@testable import Engine
import Format
import TestSupport
import Testing

@Suite struct SalvageTests {
    static let block = FormatLimits.minimumBlockSize

    /// An archive of several blocks, each of other content, and where its parts stand.
    struct Sample {
        let raw: [UInt8]
        let archive: [UInt8]
        let entries: [BlockIndex.Entry]

        init(blocks: Int = 9, seed: UInt64 = SplitMix64.runSeed) async throws {
            raw = SampleInput.text.bytes(blocks * SalvageTests.block - 77, seed: seed)
            archive = try await makeArchive(raw)
            entries = try ArchiveLocator.archives(in: MemoryInput(archive))[0].index.entries
        }

        /// Of block `ordinal` in the archive.
        func stored(_ ordinal: Int) -> Range<Int> {
            let start = Int(entries[ordinal].storedOffset)
            return start..<start + entries[ordinal].span
        }

        /// Of block `ordinal` in the raw bytes.
        func rawRange(_ ordinal: Int) -> Range<UInt64> {
            entries[ordinal].rawOffset..<entries[ordinal].rawOffset + UInt64(entries[ordinal].rawSize)
        }
    }

    func salvage(_ bytes: [UInt8]) async throws -> (report: SalvageEngine.Report, bytes: [UInt8]) {
        let sink = MemorySink()
        let report = try await SalvageEngine(workers: 2).run(from: MemoryInput(bytes), to: sink)
        return (report, sink.bytes)
    }

    @Test func anIntactArchiveIsComplete() async throws {
        let sample = try await Sample()
        let (report, bytes) = try await salvage(sample.archive)
        #expect(report.isComplete && bytes == sample.raw)
        #expect(report.archives[0].recovered == [0..<UInt64(sample.raw.count)])
    }

    @Test func everythingComesBackWithoutHeaderIndexAndFooter() async throws {
        let sample = try await Sample()
        let blocksOnly = Array(sample.archive[sample.stored(0).lowerBound..<sample.stored(8).upperBound])
        let (report, bytes) = try await salvage(blocksOnly)
        #expect(bytes == sample.raw)
        #expect(!report.isComplete && report.archives[0].holes.isEmpty && report.archives[0].endIsKnown && !report.archives[0].isFramed)
    }

    @Test func bytesBeforeAndBetweenShiftNothing() async throws {
        let sample = try await Sample()
        for place in [0, 10, sample.stored(0).lowerBound, sample.stored(3).lowerBound, sample.stored(3).upperBound, sample.archive.count] {
            var shifted = sample.archive
            shifted.insert(contentsOf: SampleInput.random.bytes(333), at: place)
            let (report, bytes) = try await salvage(shifted)
            #expect(bytes == sample.raw && report.archives.count == 1, "333 bytes at \(place)")
            #expect(!report.unusedInput.isEmpty)
        }
    }

    @Test(arguments: 0..<9)
    func aLostBlockIsAHoleOfItsSize(lost: Int) async throws {
        let sample = try await Sample()
        var damaged = sample.archive
        damaged.removeSubrange(sample.stored(lost))
        let (report, bytes) = try await salvage(damaged)
        let hole = sample.rawRange(lost)
        #expect(report.archives[0].holes == [hole])
        var expected = sample.raw
        for place in hole { expected[Int(place)] = 0 }
        #expect(bytes == expected)
    }

    /// Bursts of damage anywhere: every block that they leave alone comes back, nothing else does, and the holes are exact.
    @Test func blocksOutsideBurstsComeBack() async throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for round in 0..<300 {
            let sample = try await Sample(blocks: 5, seed: UInt64(round))
            var damaged = sample.archive
            var hit: [Range<Int>] = []
            for _ in 0...Int.random(in: 0...2, using: &random) {
                let start = Int.random(in: 0..<damaged.count, using: &random)
                let burst = start..<min(damaged.count, start + Int.random(in: 1...600, using: &random))
                for place in burst { damaged[place] ^= UInt8.random(in: 1...255, using: &random) }
                hit.append(burst)
            }
            // Two bursts may undo each other.
            hit = hit.filter { burst in damaged[burst] != sample.archive[burst] }
            let lost = (0..<5).filter { ordinal in sample.stored(ordinal).contains { damaged[$0] != sample.archive[$0] } }
            guard let result = try? await salvage(damaged) else {
                #expect(lost.count == 5, "round \(round), seed \(random.seed)")
                continue
            }
            let recovered = result.report.archives.flatMap(\.recovered)
            let expected = (0..<5).filter { !lost.contains($0) }.map(sample.rawRange)
            #expect(recovered.reduce(0) { $0 + $1.count } == expected.reduce(0) { $0 + $1.count }, "round \(round), seed \(random.seed)")
            for range in recovered {
                let part = Int(range.lowerBound)..<Int(range.upperBound)
                #expect(result.bytes[part] == sample.raw[part], "round \(round), seed \(random.seed)")
            }
            #expect(result.report.isComplete == hit.isEmpty, "round \(round), seed \(random.seed)")
        }
    }

    /// A copy of a block from another archive, even one with the same id, never takes the place of the right one.
    @Test func foreignBlocksAreLeftOut() async throws {
        let sample = try await Sample()
        // The same first block, so the same id; the rest differs.
        let otherRaw = Array(sample.raw[..<Self.block]) + SampleInput.table.bytes(8 * Self.block - 77)
        let other = try await makeArchive(otherRaw)
        let otherEntries = try ArchiveLocator.archives(in: MemoryInput(other))[0].index.entries
        for ordinal in 1..<8 {
            let start = Int(otherEntries[ordinal].storedOffset)
            let foreign = other[start..<start + otherEntries[ordinal].span]
            for place in [sample.stored(ordinal).lowerBound, sample.stored(ordinal).upperBound] {
                var spliced = sample.archive
                spliced.insert(contentsOf: foreign, at: place)
                let (report, bytes) = try await salvage(spliced)
                #expect(bytes == sample.raw && !report.isComplete, "block \(ordinal) at \(place)")
                for reader in [Reader.index, .stream] {
                    await #expect(throws: EngineError.self) { try await reader.read(spliced) }
                }
            }
        }
    }

    /// A header may claim any place. The hole before it costs nothing until somebody writes it out.
    @Test func aHoleOfAnySizeIsOneHole() async throws {
        let raw = SampleInput.random.bytes(1000)
        let archive = try await makeArchive(raw, pipeline: "stored")
        let index = try ArchiveLocator.archives(in: MemoryInput(archive))[0].index
        let hash = index.entries[0].rawHash
        let far: UInt64 = 1 << 62
        let header = BlockHeader(
            archiveIDLow: index.archiveIDLow, link: 1, ordinal: 1 << 40, rawOffset: far, rawSize: 1000, storedSize: 1000, isFinal: true,
            pipeline: .stored, rawHash: hash, storedHash: hash
        ).encoded().bytes
        let blocks = archive[FileHeader.size..<FileHeader.size + index.entries[0].span]
        let report = try await SalvageEngine(workers: 2).run(from: MemoryInput(blocks + header + raw), to: NullSink())
        #expect(report.archives[0].holes == [1000..<far])
        #expect(report.archives[0].recovered == [0..<1000, far..<far + 1000])
        await #expect(throws: EngineError.self) {
            try await SalvageEngine(workers: 2, outputLimit: 1 << 40).run(from: MemoryInput(blocks + header + raw), to: NullSink())
        }
    }

    @Test func anArchiveStoredInAnArchiveIsContent() async throws {
        let inner = try await Sample().archive
        let outer = try await makeArchive(inner, pipeline: "stored")
        let (report, bytes) = try await salvage(outer)
        #expect(report.isComplete && report.archives.count == 1 && bytes == inner)
    }
}
