@testable import Bale
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct ResultFileTests {
    static func options(overwrites: Bool = false, synchronizes: Bool = false) -> FileOptions {
        var options = FileOptions()
        options.overwrites = overwrites
        options.synchronizes = synchronizes
        return options
    }

    func put(_ bytes: [UInt8], into descriptor: Int32) throws {
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    }

    static func failureOfCommit(_ file: consuming ResultFile) -> BaleError? {
        do {
            try file.commit()
            return nil
        } catch {
            return error
        }
    }

    /// What `body` throws.
    static func failure(_ body: () throws(BaleError) -> Void) -> BaleError? {
        do {
            try body()
            return nil
        } catch {
            return error
        }
    }

    @Test func hasItsNameOnlyWhenItIsComplete() throws {
        let folder = try TemporaryFolder()
        do {
            let abandoned = try ResultFile(folder.path("result"))
            try put([1, 2, 3], into: abandoned.descriptor)
            #expect(!folder.names.contains("result") && folder.names.count == 1)
        }
        #expect(folder.names.isEmpty)
        let file = try ResultFile(folder.path("result"))
        let isRegular = file.isRegular
        #expect(isRegular)
        try put([1, 2, 3], into: file.descriptor)
        try file.commit()
        #expect(folder.names == ["result"])
        #expect(try folder.bytes("result") == [1, 2, 3])
    }

    @Test func isPublicOnlyAsFarAsTheMaskAllows() throws {
        let folder = try TemporaryFolder()
        let file = try ResultFile(folder.path("result"), Self.options())
        var status = stat()
        fstat(file.descriptor, &status)
        #expect(status.st_mode & 0o777 == 0o600)
        let mask = umask(0o077)
        umask(mask)
        try file.commit()
        stat(folder.path("result"), &status)
        #expect(status.st_mode & 0o777 == 0o666 & ~mask)
    }

    @Test func replacesOnlyWhenAskedTo() throws {
        let folder = try TemporaryFolder()
        let target = try folder.file("result", [7])
        #expect(Self.failure { () throws(BaleError) in _ = try ResultFile(target) }?.errorNumber == EEXIST)
        // The name is taken while the file is being written.
        unlink(target)
        let late = try ResultFile(target, Self.options())
        _ = try folder.file("result", [1])
        let error = Self.failureOfCommit(late)
        #expect(error?.errorNumber == EEXIST && error?.message.contains(target) == true)
        #expect(folder.names == ["result"])
        #expect(try folder.bytes("result") == [1])
        let replacing = try ResultFile(target, Self.options(overwrites: true))
        try put([8, 9], into: replacing.descriptor)
        try replacing.commit()
        #expect(try folder.bytes("result") == [8, 9])
        #expect(folder.names == ["result"])
    }

    @Test func takesModeAndTimesOfItsSource() throws {
        let folder = try TemporaryFolder()
        let source = open(try folder.file("source", [1]), O_RDWR)
        defer { close(source) }
        fchmod(source, 0o4640)
        futimens(source, [timespec(tv_sec: 1000, tv_nsec: 5), timespec(tv_sec: 2000, tv_nsec: 7)])
        let file = try ResultFile(folder.path("result"), Self.options(), from: source)
        // What happens to the source later is not of the bytes that were read.
        futimens(source, [timespec(tv_sec: 3000, tv_nsec: 0), timespec(tv_sec: 3000, tv_nsec: 0)])
        try file.commit()
        let result = open(folder.path("result"), O_RDONLY)
        defer { close(result) }
        var status = stat()
        fstat(result, &status)
        #expect(status.st_mode & 0o7777 == 0o640)
        #if canImport(Darwin)
            let modified = status.st_mtimespec
        #else
            let modified = status.st_mtim
        #endif
        #expect(modified.tv_sec == 2000 && modified.tv_nsec == 7)
    }

    @Test func refusesItsSource() throws {
        let folder = try TemporaryFolder()
        let source = open(try folder.file("source", [1]), O_RDONLY)
        defer { close(source) }
        link(folder.path("source"), folder.path("link"))
        for name in ["source", "link"] {
            let error = Self.failure { () throws(BaleError) in
                _ = try ResultFile(folder.path(name), Self.options(overwrites: true), from: source)
            }
            #expect(error?.message == "input and output are the same file")
        }
        #expect(folder.names == ["link", "source"])
    }

    @Test func replacesWhatALinkLeadsTo() throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("real", [1])
        symlink("real", folder.path("link"))
        symlink("nowhere", folder.path("loose"))
        let file = try ResultFile(folder.path("link"), Self.options(overwrites: true))
        try put([2], into: file.descriptor)
        try file.commit()
        #expect(try folder.bytes("real") == [2])
        #expect(folder.names == ["link", "loose", "real"])
        #expect(Self.failure { () throws(BaleError) in _ = try ResultFile(folder.path("loose")) }?.errorNumber == ENOENT)
    }

    @Test func namesNeedNotBeText() throws {
        let folder = try TemporaryFolder()
        let name = Array("\(folder.path)/lat".utf8) + [0xEF, 0x6E]
        let file = try ResultFile(path: name, Self.options())
        try file.commit()
        #expect(access(name.map { CChar(bitPattern: $0) } + [0], F_OK) == 0)
        // C would take the name to end at the zero byte.
        #expect(Self.failure { () throws(BaleError) in _ = try ResultFile(path: name + [0, 1], Self.options(overwrites: true)) } != nil)
    }

    @Test func errorsNameTheFile() throws {
        let folder = try TemporaryFolder()
        let error = Self.failure { () throws(BaleError) in _ = try ResultFile(folder.path("no/result")) }
        #expect(error?.message == "cannot create \(folder.path)/no/result: No such file or directory")
        #expect(error?.kind == .system && error?.errorNumber == ENOENT)
    }

    @Test func devicesAreWrittenTo() throws {
        let device = try ResultFile("/dev/null")
        let isRegular = device.isRegular
        #expect(!isRegular)
        try put([1], into: device.descriptor)
        try device.commit()
        var status = stat()
        stat("/dev/null", &status)
        #expect(status.st_mode & S_IFMT == S_IFCHR)
    }

    @Test func temporariesAreRemovedAtOnceAndNoneComesAfter() throws {
        let folder = try TemporaryFolder()
        let registry = TemporaryRegistry()
        let first = try ResultFile(FileName(folder.path("1").utf8), Self.options(), from: nil, in: registry)
        let second = try ResultFile(FileName(folder.path("2").utf8), Self.options(), from: nil, in: registry)
        #expect(folder.names.count == 2)
        registry.removeAll()
        #expect(folder.names.isEmpty)
        #expect(Self.failureOfCommit(first)?.kind == .cancelled)
        let third = Self.failure { () throws(BaleError) in
            _ = try ResultFile(FileName(folder.path("3").utf8), Self.options(), from: nil, in: registry)
        }
        #expect(third?.kind == .cancelled)
        #expect(folder.names.isEmpty)
        _ = consume second
    }

    @Test(arguments: [0, O_APPEND]) func zerosBecomeHolesInAnEmptyFile(flags: Int32) async throws {
        let folder = try TemporaryFolder()
        let raw: [UInt8] = [1] + Array(repeating: 0, count: 3_000_000) + [2] + Array(repeating: 0, count: 1_000_000)
        let archive = open(try folder.file("archive", try await Compressor().compress(raw)), O_RDONLY)
        let output = open(folder.path("output"), O_RDWR | O_CREAT | flags, 0o600)
        defer {
            close(archive)
            close(output)
        }
        _ = try await Decompressor().decompress(from: archive, to: output)
        // Who shares the open file goes on behind it.
        try put([3], into: output)
        // No longer empty: these zeros are written.
        lseek(archive, 0, SEEK_SET)
        _ = try await Decompressor().decompress(from: archive, to: output)
        #expect(try folder.bytes("output") == raw + [3] + raw)
        var status = stat()
        fstat(output, &status)
        #expect((status.st_blocks * 512 < raw.count * 3 / 2) == (flags == 0))
    }

    @Test func salvageLeavesHolesToo() async throws {
        let folder = try TemporaryFolder()
        var small = CompressionOptions()
        small.blockSize = 64 << 10
        let raw = Array(repeating: UInt8(1), count: 100_000) + Array(repeating: 0, count: 3_000_000)
        let path = try folder.file("cut", try await Compressor(small).compress(raw).dropLast(1))
        let cut = open(path, O_RDONLY)
        let output = open(folder.path("output"), O_RDWR | O_CREAT, 0o600)
        defer {
            close(cut)
            close(output)
        }
        let report = try await Decompressor().salvage(from: cut, to: output)
        #expect(report.recoveredBytes == UInt64(raw.count))
        #expect(try folder.bytes("output") == raw)
        var status = stat()
        fstat(output, &status)
        #expect(status.st_blocks * 512 < 1_000_000)
    }
}
