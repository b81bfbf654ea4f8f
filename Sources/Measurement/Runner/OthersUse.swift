#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// How much of the processors others had than this program and its children, from now on.
struct OthersUse {
    private let start = Clock.nanoseconds()
    private let before = Machine.processorTime
    private let own = Self.ownSeconds

    /// Processors on average.
    struct Shares: Hashable {
        /// What other programs of this machine used.
        var programs: Double
        /// What the machine's host took away.
        var stolen: Double
    }

    /// Until now; nil where the system does not tell, or too little time has passed for its steps of hundredths.
    var shares: Shares? {
        let seconds = Double(Clock.nanoseconds() - start) / 1e9
        guard seconds >= 1, let before, let now = Machine.processorTime else { return nil }
        let others = now.busy - before.busy - (Self.ownSeconds - own)
        return Shares(programs: max(others, 0) / seconds, stolen: (now.stolen - before.stolen) / seconds)
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
