import Codecs
@testable import Engine
import Format
import Planning
import Synchronization
import TestSupport
import Testing

/// A sink that fails once so many bytes were written.
private final class FailingSink: ByteSink {
    private let room: Mutex<Int>
    init(after room: Int) { self.room = Mutex(room) }

    func write(_ parts: [UnsafeRawBufferPointer]) throws(EngineError) {
        let isFull = room.withLock { room in
            room -= parts.reduce(0) { $0 + $1.count }
            return room < 0
        }
        if isFull { throw .system(SystemError("write", 28)) }
    }
}

/// A source that gives some bytes and then waits until it is interrupted.
private final class StallingSource: ByteSource {
    private let rest: Mutex<Int>
    private let interruption: Interruption
    private let empty: DescriptorSource

    init(after count: Int) throws {
        rest = Mutex(count)
        interruption = try Interruption()
        // Nobody raises this interruption: its pipe is an input that never comes.
        empty = try DescriptorSource(interruption.descriptor)
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
        let count = rest.withLock { rest in
            let count = min(rest, buffer.count)
            rest -= count
            return count
        }
        for place in 0..<count { buffer[place] = UInt8(truncatingIfNeeded: place) }
        return count == buffer.count ? count : count + (try empty.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...])))
    }

    func interrupt() { empty.interrupt() }
}

/// Loses some bytes and fails once, as a bad line may, and then goes on.
private final class InterruptedSource: ByteSource, @unchecked Sendable {
    private var rest: ArraySlice<UInt8>
    private var untilFailure: Int

    init(_ bytes: [UInt8], failingAfter count: Int) {
        rest = bytes[...]
        untilFailure = count
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
        let count = min(rest.count, buffer.count)
        buffer.copyBytes(from: rest.prefix(count))
        rest = rest.dropFirst(count)
        defer { untilFailure -= count }
        if (1...max(1, count)).contains(untilFailure) { throw .system(SystemError("read", 5)) }
        return count
    }

    func interrupt() {}
}

/// An input of which one place cannot be read.
private struct BadSectorInput: RandomAccessInput {
    let input: MemoryInput
    let bad: UInt64

    var size: UInt64 { input.size }

    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
        // Only where a reading begins: the scan of the whole passes over it.
        if offset == bad { throw .system(SystemError("pread", 5)) }
        return input.read(at: offset, into: buffer)
    }
}

@Suite struct FailureTests {
    static let block = FormatLimits.minimumBlockSize
    static let segmenter = Segmenter(chunkSize: block)

    private func compression(workers: Int) throws -> CompressionEngine {
        CompressionEngine(segmenter: Self.segmenter, selector: try makeSelector("lz4"), workers: workers)
    }

    @Test func afterAFailedReadNothingIsTakenForWhatComesNext() async throws {
        let raw = SampleInput.random.bytes(20 * Self.block)
        let archive = try await makeArchive(raw)
        let feed = try await StreamFeed(
            InterruptedSource(archive, failingAfter: archive.count / 2), inputSize: nil, ignoresTrailingBytes: false, memoryLimit: nil)
        let buffer = try BlockBuffer()
        await #expect(throws: EngineError.self) { while try await feed.next(into: buffer) != nil {} }
        #expect(buffer.failure == nil)
        #expect(try await feed.next(into: buffer) == nil)

        let source = StreamSource(InterruptedSource(raw, failingAfter: raw.count / 2), Self.segmenter)
        let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 8)
        defer { chunk.deallocate() }
        await #expect(throws: EngineError.self) { while try await source.next(into: chunk) != nil {} }
        #expect(try await source.next(into: chunk) == nil)
    }

    @Test func whatCannotBeReadIsNotCalledDamaged() async throws {
        let archive = try await makeArchive(SampleInput.random.bytes(3 * Self.block))
        let input = BadSectorInput(input: MemoryInput(archive), bad: UInt64(archive.count - Footer.size))
        let error = await #expect(throws: EngineError.self) { try await SalvageEngine(workers: 1).run(from: input, to: NullSink()) }
        guard case .system = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: [1, 2, 8])
    func aFullDiskStopsAllWorkers(workers: Int) async throws {
        let raw = SampleInput.random.bytes(60 * Self.block)
        for room in [0, 63, 64, 5 * Self.block, 59 * Self.block] {
            await #expect(throws: EngineError.self) {
                try await compression(workers: workers).run(from: MemorySource(raw, Self.segmenter), to: FailingSink(after: room))
            }
            let archive = try await makeArchive(raw, pipeline: "stored")
            await #expect(throws: EngineError.self) {
                try await DecompressionEngine(workers: workers).run(from: MemoryInput(archive), to: FailingSink(after: room))
            }
        }
    }

    @Test(arguments: [1, 2, 8])
    func aFailureEndsTheWaitForInput(workers: Int) async throws {
        // The sink is full long before the input stalls; the workers that wait for input must come back.
        let source = StreamSource(try StallingSource(after: 40 * Self.block), Self.segmenter)
        await #expect(throws: EngineError.self) { try await compression(workers: workers).run(from: source, to: FailingSink(after: 100)) }
    }

    @Test(arguments: [1, 2, 8])
    func cancellationEndsTheWaitForInput(workers: Int) async throws {
        let source = StreamSource(try StallingSource(after: 10 * Self.block), Self.segmenter)
        let engine = try compression(workers: workers)
        let task = Task { try await engine.run(from: source, to: NullSink()) }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        await #expect(throws: EngineError.self) { try await task.value }
    }

    @Test func aSequenceThatFailsIsReported() async throws {
        struct Broken: Error {}
        let parts = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(SampleInput.text.bytes(3 * Self.block))
            continuation.finish(throwing: Broken())
        }
        await #expect(throws: EngineError.self) {
            try await compression(workers: 2).run(from: StreamSource(SequenceSource(parts), Self.segmenter), to: NullSink())
        }
    }

    @Test func progressNeverGoesBack() async throws {
        let raw = SampleInput.text.bytes(50 * Self.block)
        let seen = Mutex<[EngineProgress]>([])
        _ = try await compression(workers: 4).run(from: MemorySource(raw, Self.segmenter), to: NullSink()) { progress in
            seen.withLock { $0.append(progress) }
        }
        let all = seen.withLock { $0 }
        #expect(all.last?.rawBytes == UInt64(raw.count) && all.allSatisfy { $0.totalBytes == UInt64(raw.count) })
        #expect(zip(all, all.dropFirst()).allSatisfy { $0.rawBytes <= $1.rawBytes && $0.archiveBytes <= $1.archiveBytes })
    }

    static let quotas: [(Int?, Int?, Int?)] = [
        (nil, nil, nil), (150_000, 100_000, 2), (50_000, 100_000, 1), (-1, 100_000, nil), (200_000, 100_000, 2),
    ]

    @Test(arguments: quotas)
    func quotasCountWholeProcessors(quota: Int?, period: Int?, expected: Int?) {
        #expect(ProcessorCount.processors(quota: quota, period: period) == expected)
        #expect(ProcessorCount.available >= 1)
    }
}
