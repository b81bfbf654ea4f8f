#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What one run of a command, or of a function, took.
package struct RunFigures: Sendable, Hashable {
    /// Wall time, and processor time of all threads in user and system mode.
    package var seconds: Double
    package var processorSeconds: Double
    /// The highest resident memory, bytes; nil for a function.
    package var peakMemory: Int?

    package init(seconds: Double, processorSeconds: Double, peakMemory: Int? = nil) {
        self.seconds = seconds
        self.processorSeconds = processorSeconds
        self.peakMemory = peakMemory
    }
}

/// Why a contender has no row, a sentence.
package struct ContenderFault: Error, Hashable, Sendable {
    package var reason: String

    package init(_ reason: String) { self.reason = reason }
}

/// Runs one command from file to file and measures it.
///
/// It runs in a process group of its own, so that a terminal's interrupt reaches the benchmark alone, which then ends the group. It
/// ends too when it takes too long or writes too much: `yes` on a folder in memory would take the machine with it.
struct CommandRun {
    let template: CommandTemplate
    let input: String
    let output: String
    /// Where its standard error goes.
    let messages: String
    /// Nanoseconds and bytes of output that it may take.
    var timeLimit: UInt64
    var outputLimit: Int
    /// The program that is a ``CommandLauncher``; nil starts the command from here, which spoils its peak memory.
    var launcher: String?

    /// Milliseconds between two looks at what the command has taken. Its end is not waited for in these steps.
    private static let pause: Int32 = 50

    /// - Throws: what it did wrong, with the first line of its standard error.
    func measure() throws(ContenderFault) -> RunFigures {
        guard var end = EndPipe() else { throw cannotStart(errno) }
        let start = Clock.nanoseconds()
        let child = try spawn(end)
        end.closeWriting()
        let stopReason = wait(for: child, end, since: start)
        let seconds = Double(Clock.nanoseconds() - start) / 1e9
        // What it left running in its group would disturb the next one. Until it is reaped nobody else has its number.
        kill(-child, SIGKILL)
        BenchmarkCleanup.commandEnded()
        var (status, usage) = (Int32(0), rusage())
        while wait4(child, &status, 0, &usage) < 0, errno == EINTR {}
        if let stopReason { throw fault(stopReason) }
        if launcher != nil, let outcome = end.outcome() { return try figures(outcome) }
        try check(status)
        return RunFigures(seconds: seconds, processorSeconds: Self.processorSeconds(usage), peakMemory: Self.peakMemory(usage))
    }

    private func figures(_ outcome: CommandLauncher.Outcome) throws(ContenderFault) -> RunFigures {
        guard outcome.error == 0 else { throw cannotStart(Int32(truncatingIfNeeded: outcome.error)) }
        try check(Int32(truncatingIfNeeded: outcome.status))
        return RunFigures(
            seconds: Double(outcome.nanoseconds) / 1e9, processorSeconds: Double(outcome.processorNanoseconds) / 1e9,
            peakMemory: Int(outcome.peakMemory))
    }

    static func processorSeconds(_ usage: rusage) -> Double {
        Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
    }

    static func peakMemory(_ usage: rusage) -> Int {
        #if canImport(Darwin)
            usage.ru_maxrss
        #else
            usage.ru_maxrss << 10
        #endif
    }
}

extension CommandRun {
    /// Waits until the command has ended, or ends it. It is not reaped.
    /// - Returns: why it was ended.
    private func wait(for child: pid_t, _ end: borrowing EndPipe, since start: UInt64) -> String? {
        var reason: String?
        while !end.isClosed(within: Self.pause), !Self.hasEnded(child, WNOHANG) {
            if reason == nil { reason = excess(since: start) }
            if reason != nil { kill(-child, SIGKILL) }
        }
        while !Self.hasEnded(child, 0) {}
        return reason
    }

    /// What it has taken too much of, or nil.
    private func excess(since start: UInt64) -> String? {
        if Clock.nanoseconds() - start > timeLimit { return "took longer than \(timeLimit / 1_000_000_000) s and was stopped" }
        if FileBytes.size(of: output) ?? 0 > outputLimit { return "wrote more than \(outputLimit) bytes and was stopped" }
        return nil
    }

    private static func hasEnded(_ child: pid_t, _ flags: Int32) -> Bool {
        var information = siginfo_t()
        return waitid(P_PID, id_t(child), &information, WEXITED | WNOWAIT | flags) == 0 && information.si_signo == SIGCHLD
    }

    private func check(_ status: Int32) throws(ContenderFault) {
        let signal = status & 0x7F
        let code = status >> 8 & 0xFF
        if signal != 0 { throw fault("was ended by signal \(signal)") }
        if code != 0 { throw fault("ended with status \(code)") }
    }

    private func fault(_ what: String) -> ContenderFault {
        let message = FileBytes.firstLine(of: messages).map { ": \($0)" } ?? ""
        return ContenderFault("'\(template.shown(input: "FILE", output: "OUT"))' \(what)\(message)")
    }

    private func spawn(_ end: borrowing EndPipe) throws(ContenderFault) -> pid_t {
        var options = SpawnOptions()
        defer { options.destroy() }
        options.open(0, template.readsStandardInput ? input : "/dev/null", O_RDONLY)
        options.open(1, template.writesStandardOutput ? output : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC)
        options.open(2, messages, O_WRONLY | O_CREAT | O_TRUNC)
        options.pass(end.writing, as: CommandLauncher.descriptor)
        let own = template.arguments(input: input, output: output)
        let path = launcher ?? template.path
        let arguments = launcher == nil ? own : ["bale", CommandLauncher.word, template.path] + own
        let (child, error) = BenchmarkCleanup.start { options.spawn(path, arguments, &$0) }
        if error != 0 { throw cannotStart(error) }
        return child
    }

    private func cannotStart(_ error: Int32) -> ContenderFault { fault("cannot be started: \(String(cString: strerror(error)))") }
}
