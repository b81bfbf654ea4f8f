#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The real-time class SCHED_RR of Linux: its threads run before those of all usual programs, and take turns among each other.
///
/// On a machine where other programs run, contenders with as many threads as there are processors wait for them, and those with one do not: no
/// ratio of wall times survives that. A high priority in the usual class does not help enough, since short runs still wait for slices.
package enum RealTimeScheduling {
    package static var isSupported: Bool {
        #if os(Linux)
            true
        #else
            false
        #endif
    }

    /// Puts all threads of this process into the class, at its lowest priority; threads and programs that they start are born into it.
    /// - Returns: 0, or the system's error number.
    package static func enter() -> Int32 {
        #if os(Linux)
            var parameters = sched_param()
            parameters.sched_priority = sched_get_priority_min(SCHED_RR)
            for thread in FileBytes.names(in: "/proc/self/task").compactMap({ pid_t($0) }) + [0] {
                // One that has ended meanwhile is no loss. 0 is the thread that asks, where there is no /proc.
                if sched_setscheduler(thread, SCHED_RR, &parameters) != 0, errno != ESRCH { return errno }
            }
            return 0
        #else
            return ENOTSUP
        #endif
    }

    /// The class that the calling thread is in, as `chrt` names it without "SCHED_" and in lower case: "other", "rr"; nil where the
    /// system has none.
    static var current: String? {
        #if os(Linux)
            let number = sched_getscheduler(0)
            // Beside the number the kernel gives a flag for classes that are not handed on.
            return number < 0 ? nil : names[Int(number & 0xFFFF)] ?? "\(number & 0xFFFF)"
        #else
            return nil
        #endif
    }

    private static let names = [0: "other", 1: "fifo", 2: "rr", 3: "batch", 5: "idle", 6: "deadline"]
}
