import Codecs
@testable import Engine
import Format
import Planning
import TestSupport
import Testing

@Suite struct LimitTests {
    static let block = FormatLimits.minimumBlockSize

    @Test func damagedBlocksBecomeZerosWhenKeepingOn() async throws {
        let sample = try await SalvageTests.Sample(blocks: 7)
        var damaged = sample.archive
        for ordinal in [2, 5] { damaged[sample.stored(ordinal).upperBound - 1] ^= 1 }
        var expected = sample.raw
        for place in [2, 5].flatMap({ sample.rawRange($0) }) { expected[Int(place)] = 0 }
        let engine = DecompressionEngine(workers: 2, keepsGoing: true)
        for isStream in [false, true] {
            let sink = MemorySink()
            let input = MemoryInput(damaged)
            let summary =
                isStream ? try await engine.run(from: InputBytes(input), to: sink) : try await engine.run(from: input, to: sink)
            #expect(sink.bytes == expected)
            #expect(summary.damage.map(\.ordinal) == [2, 5] && summary.damage.allSatisfy { $0.reason == .storedHash })
            #expect(summary.damage.map(\.rawRange) == [2, 5].map(sample.rawRange))
        }
    }

    @Test func whatStandsBeforeTheDamageIsHandedOn() async throws {
        let sample = try await SalvageTests.Sample(blocks: 7)
        var damaged = sample.archive
        damaged[sample.stored(4).upperBound - 1] ^= 1
        let sink = MemorySink()
        await #expect(throws: EngineError.self) {
            try await DecompressionEngine(workers: 3).run(from: MemoryInput(damaged), to: sink)
        }
        #expect(sink.bytes == Array(sample.raw[..<(4 * Self.block)]))
    }

    @Test func quickVerificationSeesStoredBytesOnly() async throws {
        let sample = try await SalvageTests.Sample(blocks: 3)
        let engine = DecompressionEngine(workers: 2, checks: .stored)
        let sink = NullSink()
        #expect(try await engine.run(from: MemoryInput(sample.archive), to: sink).blockCount == 3)
        for place in stride(from: 0, to: sample.archive.count, by: 5) {
            var damaged = sample.archive
            damaged[place] ^= 0x10
            await #expect(throws: EngineError.self, "byte \(place)") { try await engine.run(from: MemoryInput(damaged), to: sink) }
        }
    }

    @Test func theOutputLimitHolds() async throws {
        let sample = try await SalvageTests.Sample(blocks: 4)
        let size = UInt64(sample.raw.count)
        for limit in [0, 1, size - 1] {
            let sink = MemorySink()
            let engine = DecompressionEngine(workers: 1, outputLimit: limit)
            await #expect(throws: EngineError.self) { try await engine.run(from: MemoryInput(sample.archive), to: sink) }
            #expect(sink.bytes.isEmpty, "the index tells before anything is written")
            await #expect(throws: EngineError.self) { try await engine.run(from: InputBytes(MemoryInput(sample.archive)), to: sink) }
            #expect(UInt64(sink.bytes.count) <= limit)
        }
        _ = try await DecompressionEngine(workers: 1, outputLimit: size).run(from: MemoryInput(sample.archive), to: NullSink())
    }

    @Test func memoryIsBoughtWithFewerWorkers() throws {
        let free = try MemoryPlan(workers: 64, blockSize: 1 << 20, limit: nil)
        #expect(free.workers == 64)
        let limited = try MemoryPlan(workers: 64, blockSize: 1 << 20, limit: 100 << 20)
        #expect(limited.workers < 64 && limited.workers > 1 && limited.bound <= 100 << 20)
        #expect(throws: EngineError.self) { try MemoryPlan(workers: 64, blockSize: 64 << 20, limit: 100 << 20) }
    }

    @Test func trailingBytesAreAnErrorUnlessAccepted() async throws {
        let sample = try await SalvageTests.Sample(blocks: 2)
        for tail in [[0], Array("PK\u{3}\u{4} something".utf8), SampleInput.random.bytes(500)] as [[UInt8]] {
            let file = sample.archive + tail
            await #expect(throws: EngineError.self) {
                try await DecompressionEngine(workers: 1).run(from: MemoryInput(file), to: NullSink())
            }
            let sink = MemorySink()
            _ = try await DecompressionEngine(workers: 1, ignoresTrailingBytes: true).run(from: MemoryInput(file), to: sink)
            #expect(sink.bytes == sample.raw)
        }
    }

    @Test func aCutSecondArchiveIsNotTrailingBytes() async throws {
        let sample = try await SalvageTests.Sample(blocks: 2)
        let second = try await SalvageTests.Sample(blocks: 1).archive
        // The second of two archives cut off: never status 0.
        for length in stride(from: 1, to: second.count, by: 7) {
            let file = sample.archive + second[..<length]
            await #expect(throws: EngineError.self) {
                try await DecompressionEngine(workers: 1, ignoresTrailingBytes: true).run(from: MemoryInput(file), to: NullSink())
            }
        }
    }

    /// The chunk's blocks, as a reader gets them.
    private static func blocks(of raw: [UInt8], _ encoder: BlockEncoder) throws -> [BlockBuffer] {
        let chunk = try ChunkBuffer(capacity: raw.count)
        chunk.raw.copyBytes(from: raw)
        try encoder.encode(Chunk(ordinal: 0, start: 0, count: raw.count, isFinal: true), in: chunk)
        return try chunk.blocks.map { block in
            let header = BlockHeader(
                archiveIDLow: 0, link: 0, ordinal: 0, rawOffset: 0, rawSize: block.frame.rawSize, storedSize: block.payload.count,
                isFinal: block.frame.isFinal, pipeline: block.frame.pipeline, rawHash: block.frame.rawHash,
                storedHash: block.frame.storedHash)
            let bytes = header.encoded().bytes + block.payload
            let buffer = BlockBuffer()
            try buffer.begin(at: BlockPlace(), rawSize: block.frame.rawSize, span: bytes.count)
            buffer.stored.copyBytes(from: bytes)
            buffer.accept(header)
            return buffer
        }
    }

    /// Looking for far repeats takes no more than encoding the whole chunk.
    @Test func dividingStaysWithinTheBound() throws {
        let size = 1 << 18
        let half = SampleInput.random.bytes(size / 2)
        for level in [3, 16] {
            let selector = SampledSelector(level: level)
            let encoder = BlockEncoder(divider: Divider(partSize: size / 8), selector: selector, checks: true)
            for (raw, count) in [(half + half, 1), (SampleInput.table.bytes(size), 8), (half + half, 1)] {
                #expect(try Self.blocks(of: raw, encoder).count == count)
            }
            #expect(encoder.footprint <= MemoryPlan.scratchBound(blockSize: size, matchScratch: selector.matchScratch(size)))
        }
    }

    /// The memory bound that is printed counts on this.
    @Test(arguments: [1 << 16, 1 << 20])
    func scratchStaysWithinItsBound(blockSize: Int) throws {
        // As many transforms as can stand above each other, none of which declines or gives memory back.
        let deepest = ["delta1(delta2(delta4(huffman)))", "sparse1(sparse2(sparse4(huffman,huffman),huffman),huffman)"]
        let forced = (RoundTripTests.pipelines.compactMap { $0 } + deepest).map { try? makeSelector($0) }
        let levels: [any Selector] = [0, 1, 3, 6, 9, 12, 19].map { SampledSelector(level: $0) }
        let long: [any Selector] = [1, 3, 9, 19].map { SampledSelector(level: $0, findsLongMatches: true) }
        for selector in forced.compactMap({ $0 }) + levels + long {
            let encoder = BlockEncoder(selector: selector, checks: true)
            let decoder = BlockDecoder()
            for kind in SampleInput.allCases {
                for block in try Self.blocks(of: kind.bytes(blockSize), encoder) {
                    decoder.decode(block, decodes: true)
                    #expect(block.failure == nil)
                }
            }
            // The arena maps whole huge pages, and one that is too small for the next buffer stays unused.
            let bound = MemoryPlan.scratchBound(blockSize: blockSize)
            let encoderBound = MemoryPlan.scratchBound(blockSize: blockSize, matchScratch: selector.matchScratch(blockSize))
            #expect(encoder.footprint <= encoderBound, "\(selector), \(encoder.footprint) bytes")
            #expect(decoder.footprint <= bound, "\(selector), \(decoder.footprint) bytes")
        }
    }
}
