internal import Engine

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A small process between the benchmark and the command that it measures.
///
/// The kernel counts as a process's peak what the one that started it had resident then. The benchmark holds samples and what the
/// memory rows left, so it starts this instead, which is its own program again and holds nothing: peaks count from its size, some 7 MiB.
package enum CommandLauncher {
    /// The first argument of a launcher; then come the program's path and its arguments, its name first.
    package static let word = "--launch-measured"
    /// Where the launcher writes what it measured.
    static let descriptor: Int32 = 3

    /// What it tells the benchmark: eight bytes each.
    struct Outcome {
        /// Of `posix_spawn`; the others mean nothing when it is not 0.
        var error: Int64 = 0
        var status: Int64 = 0
        var nanoseconds: Int64 = 0
        var processorNanoseconds: Int64 = 0
        /// Bytes.
        var peakMemory: Int64 = 0
    }

    /// Runs the command that the arguments name, with the standard files that this process has, and ends.
    /// - Parameter arguments: those of the process, its name, and ``word`` first.
    package static func run(_ arguments: [String]) -> Never {
        guard arguments.count > 3 else { _exit(1) }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        let words = arguments[3...].map { strdup($0) } + [nil]
        var outcome = Outcome()
        var child: pid_t = 0
        let start = Clock.nanoseconds()
        outcome.error = Int64(posix_spawn(&child, arguments[2], nil, nil, words, environ))
        if outcome.error == 0 {
            var (status, usage) = (Int32(0), rusage())
            while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
            outcome.nanoseconds = Int64(Clock.nanoseconds() - start)
            outcome.status = Int64(status)
            outcome.processorNanoseconds = Int64(CommandRun.processorSeconds(usage) * 1e9)
            outcome.peakMemory = Int64(CommandRun.peakMemory(usage))
        }
        withUnsafeBytes(of: outcome) { try? Descriptor(descriptor).write([$0]) }
        _exit(0)
    }
}
