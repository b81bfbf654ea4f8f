#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Where times come from: a function that gives nanoseconds and never goes back. Tests put in one of their own.
package struct Clock {
    package let now: () -> UInt64
    /// The shortest span worth reading, in nanoseconds: reading the clock twice takes less than 1 % of it.
    package let shortestSpan: UInt64

    package init(shortestSpan: UInt64, now: @escaping () -> UInt64) {
        self.now = now
        self.shortestSpan = shortestSpan
    }

    /// The system's monotonic clock. Its step is measured here: 20 ns and up, 1 us where a virtual machine traps it.
    package static func monotonic() -> Clock {
        var step = UInt64.max
        for _ in 0..<64 {
            let first = nanoseconds()
            var second = nanoseconds()
            while second == first { second = nanoseconds() }
            step = min(step, second - first)
        }
        return Clock(shortestSpan: max(100 * step, 20_000), now: nanoseconds)
    }

    static func nanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
