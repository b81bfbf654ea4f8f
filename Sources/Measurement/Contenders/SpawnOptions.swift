#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What a command gets from us: three files, a process group of its own, and signals as a shell would leave them, for this process
/// blocks and ignores some.
struct SpawnOptions: ~Copyable {
    #if canImport(Darwin)
        private var actions: posix_spawn_file_actions_t?
        private var attributes: posix_spawnattr_t?
    #else
        private var actions = posix_spawn_file_actions_t()
        private var attributes = posix_spawnattr_t()
    #endif

    init() {
        posix_spawn_file_actions_init(&actions)
        posix_spawnattr_init(&attributes)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
        posix_spawnattr_setpgroup(&attributes, 0)
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for number in [SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&signals, number) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
    }

    mutating func open(_ descriptor: Int32, _ path: String, _ flags: Int32) {
        posix_spawn_file_actions_addopen(&actions, descriptor, path, flags, 0o600)
    }

    mutating func pass(_ descriptor: Int32, as other: Int32) {
        posix_spawn_file_actions_adddup2(&actions, descriptor, other)
    }

    mutating func destroy() {
        posix_spawn_file_actions_destroy(&actions)
        posix_spawnattr_destroy(&attributes)
    }

    /// - Returns: 0, or the error number.
    mutating func spawn(_ path: String, _ arguments: [String], _ child: inout pid_t) -> Int32 {
        let words = arguments.map { strdup($0) }
        let variables = Self.environment.map { strdup($0) }
        defer { for word in words + variables { free(word) } }
        return posix_spawn(&child, path, &actions, &attributes, words + [nil], variables + [nil])
    }

    /// Ours, without what would change a contender's settings behind its command line.
    private static let environment: [String] = {
        let changing = [
            "BALE_CLEVEL=", "BALE_NBTHREADS=", "BALE_MEMLIMIT=", "ZSTD_CLEVEL=", "ZSTD_NBTHREADS=", "LZ4_CLEVEL=", "LZ4_NBWORKERS=",
            "PIGZ=",
            "GZIP=", "XZ_OPT=", "XZ_DEFAULTS=",
        ]
        var variables: [String] = []
        var next = environ
        while let variable = next.pointee {
            let text = String(cString: variable)
            if !changing.contains(where: { text.hasPrefix($0) }) { variables.append(text) }
            next += 1
        }
        return variables
    }()
}

/// A pipe whose writing end only the command holds, so that its reading end tells at once when the command has ended.
struct EndPipe: ~Copyable {
    private let reading: Int32
    let writing: Int32
    private var writingIsOpen = true

    /// Nil, with `errno` set, when there are no more descriptors.
    init?() {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { return nil }
        (reading, writing) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }

    mutating func closeWriting() {
        if writingIsOpen { close(writing) }
        writingIsOpen = false
    }

    /// Waits until the command's end is closed or a launcher has written, or so many milliseconds.
    func isClosed(within milliseconds: Int32) -> Bool {
        var waiting = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        guard poll(&waiting, 1, milliseconds) == 1 else { return false }
        return waiting.revents & Int16(POLLIN | POLLHUP) != 0
    }

    /// What a launcher wrote before it ended, or nil.
    func outcome() -> CommandLauncher.Outcome? {
        var outcome = CommandLauncher.Outcome()
        let size = MemoryLayout<CommandLauncher.Outcome>.size
        guard withUnsafeMutableBytes(of: &outcome, { read(reading, $0.baseAddress!, size) }) == size else { return nil }
        return outcome
    }

    deinit {
        close(reading)
        if writingIsOpen { close(writing) }
    }
}
