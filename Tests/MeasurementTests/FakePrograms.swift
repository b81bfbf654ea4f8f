internal import TestSupport

@testable import Measurement

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Shell scripts that stand for other compressors, in a folder to be searched.
final class FakePrograms {
    let folder: TemporaryFolder

    /// - Parameter scripts: what the program of each name does.
    init(_ scripts: [String: String]) throws {
        folder = try TemporaryFolder()
        for (name, script) in scripts { chmod(try folder.file(name, Array("#!/bin/sh\n\(script)\n".utf8)), 0o755) }
    }

    /// "Compresses" by copying the file that its last argument names.
    static let copying = "for last; do :; done; exec cat \"$last\""

    /// A plan of these programs alone.
    func plan(_ peers: [PeerRequest], threads: Int = 2) -> ContenderPlan {
        ContenderPlan(own: [], threads: [threads], peers: peers, ownProgram: nil, searchPath: folder.path)
    }

    /// Runs them; they are there until the end.
    func compare(_ peers: [PeerRequest], timeLimit: Int? = nil) async throws -> Comparison {
        defer { withExtendedLifetime(self) {} }
        return try await MeasurementTests.compare(plan(peers).contenders, timeLimit: timeLimit)
    }
}

/// Runs contenders on a small sample.
func compare(
    _ contenders: [Contender], _ bytes: [UInt8] = Array("what is compressed".utf8), runs: Int? = 1, timeLimit: Int? = nil,
    baseline: String? = nil
) async throws -> Comparison {
    let folder = try WorkFolder(sampleSize: bytes.count, parent: "/tmp")
    var plan = ContenderPlan(own: [], threads: [1], peers: [], ownProgram: nil, searchPath: "")
    plan.contenders = contenders
    let benchmark = FileBenchmark(plan: plan, runs: runs, baseline: baseline, timeLimit: timeLimit, scalingLevel: 1, threads: 1)
    return try await benchmark.measure(
        FileSample(fileSize: bytes.count), bytes, in: folder, deviceFolder: "/nowhere", announce: { _ in })
}

func chmodExecutable(_ path: String) -> Bool { chmod(path, 0o755) == 0 }

/// Whether a process has ended; one that nobody has reaped yet counts, and a killed one has a second to end.
func isGone(_ process: pid_t) -> Bool {
    for _ in 0..<100 {
        if kill(process, 0) != 0 { return true }
        if FileBytes.text(of: "/proc/\(process)/stat").contains(") Z ") { return true }
        usleep(10_000)
    }
    return false
}

/// A file that is open for reading as long as the value is there.
final class ReadableFile {
    let descriptor: Int32

    init(_ path: String) throws {
        descriptor = open(path, O_RDONLY)
        if descriptor < 0 { throw ComparisonError.system("open", errno) }
    }

    deinit { close(descriptor) }
}
