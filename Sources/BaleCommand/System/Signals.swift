internal import Bale
internal import Measurement

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Death by signal. Where something must not stay behind, all threads block the signals that end a command; one thread takes them,
/// so that it may lock, unlink and write, which a handler must not. Workers are not asked to stop: the process ends.
enum Signals {
    private static let fatal = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXCPU]

    /// Writing to a closed pipe, or beyond the limit on a file's size, becomes an error.
    static func ignoreFailedWrites() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Whether this is the first process of a container, which dies by no signal that it does not take.
    static var areNeverFatal: Bool { getpid() == 1 }

    /// Blocks the signals, before any other thread exists, and starts the thread that waits for one. What the caller set to be
    /// ignored (nohup, a background job of a simple shell) stays ignored. Where no more threads are allowed the signals act as
    /// ever, and a temporary may stay.
    static func watch() {
        var awaited = sigset_t()
        sigemptyset(&awaited)
        for number in fatal where !isIgnored(number) { sigaddset(&awaited, number) }
        pthread_sigmask(SIG_BLOCK, &awaited, nil)
        let isWatched = startThread { [awaited] in
            var awaited = awaited
            var number: Int32 = 0
            while sigwait(&awaited, &number) != 0 {}
            end(by: number)
        }
        if !isWatched { pthread_sigmask(SIG_UNBLOCK, &awaited, nil) }
    }

    /// Removes every temporary, ends a command that is measured, and ends the process as the signal would have, so that the parent sees it.
    static func end(by number: Int32) -> Never {
        Temporaries.removeAll()
        BenchmarkCleanup.end()
        signal(number, SIG_DFL)
        var single = sigset_t()
        sigemptyset(&single)
        sigaddset(&single, number)
        raise(number)
        pthread_sigmask(SIG_UNBLOCK, &single, nil)
        // The first process of a container does not die by its own signal.
        _exit(128 + number)
    }

    /// For the thread that found its result gone because ``end(by:)`` has begun: what ends the process is the signal.
    static func awaitEnd() -> Never {
        while true { pause() }
    }

    private static func isIgnored(_ number: Int32) -> Bool {
        var action = sigaction()
        sigaction(number, nil, &action)
        #if canImport(Darwin)
            let handler = action.__sigaction_u.__sa_handler
        #else
            let handler = action.__sigaction_handler.sa_handler
        #endif
        return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
    }
}
