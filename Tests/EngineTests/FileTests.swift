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

extension TemporaryFolder {
    func open(_ name: String, _ flags: Int32 = O_RDWR | O_CREAT) -> Descriptor {
        #if canImport(Glibc)
            Descriptor(Glibc.open(path(name), flags, 0o644))
        #elseif canImport(Musl)
            Descriptor(Musl.open(path(name), flags, 0o644))
        #else
            Descriptor(Darwin.open(path(name), flags, 0o644))
        #endif
    }
}

extension Descriptor {
    func writeAll(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write([$0]) }
    }
}

@Suite struct FileTests {
    static let block = FormatLimits.minimumBlockSize

    @Test(arguments: [[], [1], Array(repeating: 0, count: 4095), Array(repeating: 0, count: 5 * 4096)] as [[UInt8]])
    func sparseFilesReadBackTheSame(tail: [UInt8]) throws {
        let folder = try TemporaryFolder()
        let file = folder.open("sparse")
        defer { close(file.number) }
        let content: [UInt8] = SampleInput.random.bytes(5000) + Array(repeating: 0, count: 40_000) + SampleInput.sparse.bytes(30_000) + tail
        let sink = SparseFileSink(file)
        var rest = content[...]
        for size in [1, 4096, 9000, 40_000, content.count] {
            Array(rest.prefix(size)).withUnsafeBytes { part in #expect(throws: Never.self) { try sink.write([part]) } }
            rest = rest.dropFirst(size)
        }
        try sink.finish()
        #expect(try folder.bytes("sparse") == content)
    }

    @Test func aFileThatShrinksWhileItIsReadGivesWhatIsLeft() async throws {
        let raw = SampleInput.text.bytes(20 * Self.block)
        for left in [0, 1, 5 * Self.block, 5 * Self.block + 1, 20 * Self.block - 1] {
            let folder = try TemporaryFolder()
            let file = folder.open("source")
            defer { close(file.number) }
            try file.writeAll(raw)
            lseek(file.number, 0, SEEK_SET)
            let segmenter = Segmenter(chunkSize: Self.block)
            let source = try #require(try FileSource(file, segmenter))
            #expect(ftruncate(file.number, off_t(left)) == 0)
            let sink = MemorySink()
            let engine = CompressionEngine(segmenter: segmenter, selector: try makeSelector(nil), workers: 3)
            let summary = try await engine.run(from: source, to: sink)
            #expect(summary.inputChanged)
            for reader in Reader.allCases { #expect(try await reader.read(sink.bytes) == Array(raw[..<left]), "\(left) left, \(reader)") }
        }
    }

    @Test func aFileThatGrowsIsReadToItsFirstSize() async throws {
        let folder = try TemporaryFolder()
        let file = folder.open("source")
        defer { close(file.number) }
        let raw = SampleInput.table.bytes(3 * Self.block + 5)
        try file.writeAll(raw)
        lseek(file.number, 0, SEEK_SET)
        let segmenter = Segmenter(chunkSize: Self.block)
        let source = try #require(try FileSource(file, segmenter))
        lseek(file.number, 0, SEEK_END)
        try file.writeAll(raw)
        let sink = MemorySink()
        let engine = CompressionEngine(segmenter: segmenter, selector: try makeSelector(nil), workers: 2)
        let summary = try await engine.run(from: source, to: sink)
        #expect(summary.inputChanged && summary.rawSize == UInt64(raw.count))
        #expect(sink.bytes == (try await makeArchive(raw)))
    }

    @Test func pipesAndFilesGiveTheSameBytes() async throws {
        let raw = SampleInput.runs.bytes(50 * Self.block + 3)
        let segmenter = Segmenter(chunkSize: Self.block)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let writeEnd = Descriptor(ends[1])
        async let written: Void = Task.detached {
            try writeEnd.writeAll(raw)
            close(writeEnd.number)
        }.value
        let sink = MemorySink()
        let source = StreamSource(try DescriptorSource(Descriptor(ends[0])), segmenter)
        let engine = CompressionEngine(segmenter: segmenter, selector: try makeSelector(nil), workers: 2)
        let summary = try await engine.run(from: source, to: sink)
        try await written
        close(ends[0])
        #expect(summary.rawSize == UInt64(raw.count))
        #expect(sink.bytes == (try await makeArchive(raw)))
    }
}
