#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

// The few system calls whose Swift spelling needs care, each once.

/// Repeats a call that a signal interrupted. Gives the result, or -1 with `errno` set.
func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
        let result = call()
        if result == -1, errno == EINTR { continue }
        return result
    }
}

/// Writes all bytes, waiting when a non-blocking descriptor is full. Gives 0, or the error number.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
    var rest = bytes
    while let start = rest.baseAddress, !rest.isEmpty {
        let written = retrying { write(descriptor, start, rest.count) }
        if written >= 0 {
            rest = UnsafeRawBufferPointer(rebasing: rest[written...])
        } else if errno == EAGAIN {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
            _ = retrying { poll(&waiting, 1, -1) }
        } else {
            return errno
        }
    }
    return 0
}

/// Nanoseconds of the monotonic clock.
func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// A variable of the environment, or nil when it is unset or empty.
func environmentVariable(_ name: String) -> String? {
    guard let value = getenv(name), value.pointee != 0 else { return nil }
    return String(cString: value)
}

/// The three standard descriptors exist from here on. A missing one is opened so that its use fails: otherwise the next
/// file opened would get its number, and messages would be written into it.
func openMissingStandardDescriptors() {
    for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
        _ = open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY)
    }
}

/// Width of the terminal in columns, or 80.
func terminalWidth(_ descriptor: Int32) -> Int {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
}

/// Starts a thread of its own for work that never ends. Gives false where the system allows no more threads.
func startThread(_ body: @escaping @Sendable () -> Never) -> Bool {
    let box = Unmanaged.passRetained(ThreadBody(run: body))
    #if canImport(Darwin)
        var thread: pthread_t?
        let result = pthread_create(&thread, nil, { Unmanaged<ThreadBody>.fromOpaque($0).takeRetainedValue().run() }, box.toOpaque())
    #else
        var thread: pthread_t = 0
        let result = pthread_create(&thread, nil, { Unmanaged<ThreadBody>.fromOpaque($0!).takeRetainedValue().run() }, box.toOpaque())
    #endif
    if result != 0 { box.release() }
    return result == 0
}

private final class ThreadBody: Sendable {
    let run: @Sendable () -> Never

    init(run: @escaping @Sendable () -> Never) {
        self.run = run
    }
}
