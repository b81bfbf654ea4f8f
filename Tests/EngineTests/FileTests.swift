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

/// A folder that is removed at the end.
final class TemporaryFolder {
    let path: String

    init() throws {
        var template = Array("/tmp/bale-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw SystemError.last("mkdtemp") }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        for name in names { unlink("\(path)/\(name)") }
        rmdir(path)
    }

    var names: [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self)) }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    func open(_ name: String, _ flags: Int32 = O_RDWR | O_CREAT) -> Descriptor {
        #if canImport(Glibc)
            Descriptor(Glibc.open("\(path)/\(name)", flags, 0o644))
        #elseif canImport(Musl)
            Descriptor(Musl.open("\(path)/\(name)", flags, 0o644))
        #else
            Descriptor(Darwin.open("\(path)/\(name)", flags, 0o644))
        #endif
    }

    func content(_ name: String) throws -> [UInt8] {
        let file = open(name, O_RDONLY)
        defer { close(file.number) }
        let input = try #require(try FileInput(file))
        return try input.read(at: 0, count: Int(input.size))
    }
}

extension Descriptor {
    func writeAll(_ bytes: [UInt8]) throws {
        try bytes.withUnsafeBytes { try write([$0]) }
    }
}

@Suite struct FileTests {
    static let block = FormatLimits.minimumBlockSize

    @Test func anAtomicFileHasItsNameOnlyWhenItIsComplete() throws {
        let folder = try TemporaryFolder()
        let target = "\(folder.path)/result"
        do {
            let abandoned = try AtomicFile(target, overwrites: false)
            try abandoned.descriptor.writeAll([1, 2, 3])
            #expect(!folder.names.contains("result") && folder.names.count == 1)
        }
        #expect(folder.names.isEmpty)
        let file = try AtomicFile(target, overwrites: false)
        try file.descriptor.writeAll([1, 2, 3])
        try file.commit(AtomicFile.Placement(overwrites: false, synchronizes: true), metadataOf: nil)
        #expect(folder.names == ["result"])
        #expect(try folder.content("result") == [1, 2, 3])
    }

    @Test func anExistingFileIsReplacedOnlyWhenAskedFor() throws {
        let folder = try TemporaryFolder()
        let target = "\(folder.path)/result"
        let old = folder.open("result")
        try old.writeAll([7])
        close(old.number)
        #expect(throws: SystemError.self) { try AtomicFile(target, overwrites: false) }
        // The name is taken while the file is being written.
        unlink(target)
        let late = try AtomicFile(target, overwrites: false)
        close(folder.open("result").number)
        #expect(throws: SystemError.self) {
            try late.commit(AtomicFile.Placement(overwrites: false, synchronizes: false), metadataOf: nil)
        }
        #expect(try folder.content("result").isEmpty)
        let replacing = try AtomicFile(target, overwrites: true)
        try replacing.descriptor.writeAll([8, 9])
        try replacing.commit(AtomicFile.Placement(overwrites: true, synchronizes: false), metadataOf: nil)
        #expect(try folder.content("result") == [8, 9])
    }

    @Test func modeAndTimesAreTheSources() throws {
        let folder = try TemporaryFolder()
        let source = folder.open("source")
        defer { close(source.number) }
        fchmod(source.number, 0o640)
        futimens(source.number, [timespec(tv_sec: 1000, tv_nsec: 5), timespec(tv_sec: 2000, tv_nsec: 7)])
        let file = try AtomicFile("\(folder.path)/result", overwrites: false)
        try file.commit(AtomicFile.Placement(overwrites: false, synchronizes: false), metadataOf: source)
        let status = try file.descriptor.status()
        #expect(status.st_mode & 0o7777 == 0o640)
        #expect(status.modificationTime.tv_sec == 2000 && status.modificationTime.tv_nsec == 7)
    }

    @Test func temporariesCanBeRemovedAtOnce() throws {
        let folder = try TemporaryFolder()
        let files = try (0..<3).map { try AtomicFile("\(folder.path)/\($0)", overwrites: false) }
        #expect(folder.names.count == 3)
        Temporaries.removeAll()
        #expect(folder.names.isEmpty)
        withExtendedLifetime(files) {}
    }

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
        #expect(try folder.content("sparse") == content)
    }

    @Test func aFileThatShrinksWhileItIsReadGivesWhatIsLeft() async throws {
        let raw = SampleInput.text.bytes(20 * Self.block)
        for left in [0, 1, 5 * Self.block, 5 * Self.block + 1, 20 * Self.block - 1] {
            let folder = try TemporaryFolder()
            let file = folder.open("source")
            defer { close(file.number) }
            try file.writeAll(raw)
            try file.seek(to: 0)
            let segmenter = FixedSegmenter(chunkSize: Self.block)
            let source = try #require(try FileSource(file, segmenter))
            try file.truncate(to: UInt64(left))
            let sink = MemorySink()
            let summary = try await CompressionEngine(segmenter: segmenter, selector: try makeSelector(nil), workers: 3).run(from: source, to: sink)
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
        try file.seek(to: 0)
        let segmenter = FixedSegmenter(chunkSize: Self.block)
        let source = try #require(try FileSource(file, segmenter))
        try file.seek(to: UInt64(raw.count))
        try file.writeAll(raw)
        let sink = MemorySink()
        let summary = try await CompressionEngine(segmenter: segmenter, selector: try makeSelector(nil), workers: 2).run(from: source, to: sink)
        #expect(summary.inputChanged && summary.rawSize == UInt64(raw.count))
        #expect(sink.bytes == (try await makeArchive(raw)))
    }

    @Test func pipesAndFilesGiveTheSameBytes() async throws {
        let raw = SampleInput.runs.bytes(50 * Self.block + 3)
        let segmenter = FixedSegmenter(chunkSize: Self.block)
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        let writeEnd = Descriptor(ends[1])
        async let written: Void = Task.detached {
            try writeEnd.writeAll(raw)
            close(writeEnd.number)
        }.value
        let sink = MemorySink()
        let source = StreamSource(try DescriptorSource(Descriptor(ends[0])))
        let summary = try await CompressionEngine(segmenter: segmenter, selector: try makeSelector(nil), workers: 2).run(from: source, to: sink)
        try await written
        close(ends[0])
        #expect(summary.rawSize == UInt64(raw.count))
        #expect(sink.bytes == (try await makeArchive(raw)))
    }
}
