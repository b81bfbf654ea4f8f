internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What has to go when the process ends by a signal: the command that runs, and the folder of the measurements.
package enum BenchmarkCleanup {
    private struct State {
        /// Which is its process group as well.
        var command: pid_t?
        var folders: Set<String> = []
        var isEnding = false
    }

    private static let state = Mutex(State())

    /// Starts a command under the lock, so that ``end()`` finds it or keeps it from being started.
    /// - Parameter spawn: stores the process's number and gives 0, or the error number.
    static func start(_ spawn: (inout pid_t) -> Int32) -> (command: pid_t, error: Int32) {
        let started: (pid_t, Int32)? = state.withLock { state in
            guard !state.isEnding else { return nil }
            var command: pid_t = 0
            let error = spawn(&command)
            if error == 0 { state.command = command }
            return (command, error)
        }
        guard let started else { waitForTheEnd() }
        return started
    }

    /// The command has ended and is about to be reaped.
    static func commandEnded() {
        let isEnding = state.withLock { state in
            state.command = nil
            return state.isEnding
        }
        // It was ended by ``end()``, which is no failure to report.
        if isEnding { waitForTheEnd() }
    }

    /// Makes a folder under the lock.
    static func makeFolder(_ make: () -> String?) -> String? {
        state.withLock { state in
            guard !state.isEnding, let folder = make() else { return nil }
            state.folders.insert(folder)
            return folder
        }
    }

    static func removeFolder(_ folder: String) {
        state.withLock { state in
            if state.folders.remove(folder) != nil { removeWithFiles(folder) }
        }
    }

    /// Ends the command, waits until it is gone, and removes the folders. For the thread that a signal has told to end the process;
    /// the thread that measures stops where it next starts or ends a command.
    package static func end() {
        state.withLock { state in
            state.isEnding = true
            if let command = state.command {
                kill(-command, SIGKILL)
                awaitDeath(of: command)
            }
            for folder in state.folders { removeWithFiles(folder) }
            state.folders = []
        }
    }

    /// Two seconds at most: a process in the kernel's hands dies when it comes back.
    private static func awaitDeath(of command: pid_t) {
        var pause = timespec(tv_sec: 0, tv_nsec: 1_000_000)
        for _ in 0..<2000 {
            var information = siginfo_t()
            let result = waitid(P_PID, id_t(command), &information, WEXITED | WNOHANG | WNOWAIT)
            if result != 0 || information.si_signo == SIGCHLD { return }
            nanosleep(&pause, nil)
        }
    }

    private static func removeWithFiles(_ folder: String) {
        // Until the folder is empty: a command that a launcher started may die a little later than the launcher.
        for _ in 0..<100 {
            for name in FileBytes.names(in: folder) { unlink("\(folder)/\(name)") }
            if rmdir(folder) == 0 || errno != ENOTEMPTY { return }
            usleep(1000)
        }
    }

    private static func waitForTheEnd() -> Never {
        while true { pause() }
    }
}
