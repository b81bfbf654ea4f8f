#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// How much of the processors programs use that are not this one nor its children, from now on.
struct OthersUse {
    private let start = Clock.nanoseconds()
    private let busy = Machine.busySeconds
    private let own = Self.ownSeconds

    /// Processors, on average until now; nil where the system does not tell, or too little time has passed for its steps of hundredths.
    var processors: Double? {
        let seconds = Double(Clock.nanoseconds() - start) / 1e9
        guard seconds >= 1, let busy, let later = Machine.busySeconds else { return nil }
        return max(later - busy - (Self.ownSeconds - own), 0) / seconds
    }

    private static var ownSeconds: Double {
        #if canImport(Glibc)
            let whom = [__rusage_who_t(RUSAGE_SELF.rawValue), __rusage_who_t(RUSAGE_CHILDREN.rawValue)]
        #else
            let whom = [RUSAGE_SELF, RUSAGE_CHILDREN]
        #endif
        return whom.reduce(0) { sum, who in
            var usage = rusage()
            getrusage(who, &usage)
            return sum + CommandRun.processorSeconds(usage)
        }
    }
}
