// Every Swift example of README.md and Bale.docc stands here, line for line, so that it compiles and does what the text says.
// `Tests/check-documentation-examples` compares them.

import Bale
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("Examples of the documentation") struct DocumentationExamples {
    @Test func filesToFiles() async throws {
        let folder = try TemporaryFolder()
        let (log, archive, restored) = try (folder.file("access.log", sample(100_000)), folder.path("access.log.bale"), folder.path("back"))

        let written = try await Compressor().compress(file: log, to: archive)
        print("\(written.rawBytes) bytes became \(written.archiveBytes)")

        let read = try await Decompressor().decompress(file: archive, to: restored)
        print("\(read.rawBytes) bytes are back, every block checked")

        #expect(written.rawBytes == 100_000 && written.archiveBytes < 100_000 && read.rawBytes == 100_000)
        #expect(try folder.bytes("back") == sample(100_000))
    }

    @Test func buffers() async throws {
        let bytes = sample(50_000)

        let packed = try await Compressor().compress(bytes)
        let unpacked = try await Decompressor().decompress(packed)

        #expect(unpacked == bytes && packed.count < bytes.count)
    }

    @Test func optionsAndProgress() async throws {
        let folder = try TemporaryFolder()
        let (source, archive) = try (folder.file("table.csv", sample(300_000)), folder.path("table.csv.bale"))

        var options = CompressionOptions()
        options.level = 9
        options.threads = 2
        options.blockSize = 64 << 10
        options.memoryLimit = 256 << 20

        let compressor = Compressor(options) { progress in
            // Called after each block, on the thread that wrote it.
            print("\(progress.readBytes) of \(progress.totalBytes ?? 0) bytes")
        }
        let summary = try await compressor.compress(file: source, to: archive)
        print("\(summary.blocks) blocks by \(summary.workers) workers in at most \(summary.memoryBound) bytes")

        #expect(summary.blocks == 5 && summary.workers >= 1 && summary.memoryBound <= 256 << 20)
    }

    @Test func randomAccess() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("archive.bale")
        var small = CompressionOptions()
        small.blockSize = 16 << 10
        _ = try await Compressor(small).compress(file: folder.file("source", sample(200_000)), to: path)

        let archive = try await Archive(file: path)
        let middle = archive.rawSize / 2
        let bytes = try await archive.read(middle..<middle + 4096)
        for block in try await archive.blocks() {
            print("block \(block.ordinal): \(block.rawSize) bytes by \(block.pipeline)")
        }

        #expect(bytes == Array(sample(200_000)[100_000..<104_096]))
    }

    @Test func streams() async throws {
        let chunks = AsyncStream<[UInt8]> { continuation in
            for _ in 0..<10 { continuation.yield(sample(10_000)) }
            continuation.finish()
        }
        var archive: [UInt8] = []

        for try await bytes in Compressor().compress(chunks) {
            archive += bytes
        }

        let unpacked = try await Decompressor().decompress(archive)
        #expect(unpacked == (0..<10).flatMap { _ in sample(10_000) })
    }

    @Test func errors() async throws {
        let folder = try TemporaryFolder()
        var bytes = try await Compressor().compress(sample(100_000))
        bytes[bytes.count / 2] ^= 1
        let path = try folder.file("damaged.bale", bytes)

        do {
            _ = try await Decompressor().verify(file: path)
        } catch {
            switch error.kind {
            case .damaged, .truncated: print("not intact: \(error)")
            case .unsupported: print("written by a later version: \(error)")
            default: print("not to be had: \(error)")
            }
        }

        let error = await #expect(throws: BaleError.self) { try await Decompressor().verify(file: path) }
        #expect(error?.kind == .damaged)
    }

    @Test func salvage() async throws {
        let folder = try TemporaryFolder()
        var small = CompressionOptions()
        small.blockSize = 16 << 10
        let intact = try await Compressor(small).compress(sample(100_000))
        let archive = try folder.file("cut.bale", Array(intact[..<(intact.count / 2)]))
        let damaged = open(archive, O_RDONLY)
        let rescued = open(folder.path("rescued"), O_RDWR | O_CREAT | O_TRUNC, 0o600)
        defer {
            close(damaged)
            close(rescued)
        }

        let report = try await Decompressor().salvage(from: damaged, to: rescued)
        for archive in report.archives {
            print("archive \(archive.identifier): intact \(archive.recovered), lost \(archive.holes)")
        }

        #expect(!report.isComplete && report.recoveredBytes > 0 && report.recoveredBytes < 100_000)
    }
}

/// Lines that compress but do not repeat.
private func sample(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 64)
    var line: UInt64 = 1
    while bytes.count < count {
        bytes += "GET /item/\(line &* 0x9E37_79B9_7F4A_7C15 >> 44) 200\n".utf8
        line += 1
    }
    return Array(bytes[..<count])
}
