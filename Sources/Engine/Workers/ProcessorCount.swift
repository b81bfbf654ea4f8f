internal import CIntrinsics

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// How many processors this process may use.
package enum ProcessorCount {
    /// The smaller of the processors in the affinity mask and the whole processors in the control group's quota; at least 1.
    package static let available: Int = max(1, min(affinity, quota ?? .max))

    /// `wanted` workers, nil for as many as the process may use, and no more than have something to do. The system, whose files take
    /// time to read, is not asked for one block.
    static func workers(_ wanted: Int?, useful: Int) -> Int {
        useful <= 1 ? 1 : min(wanted ?? available, useful)
    }

    private static var affinity: Int {
        #if os(Linux)
            // Room for 8,192 processors, the most that Linux is built for.
            return withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { mask in
                let count = affinity_mask(mask.baseAddress!, UInt(mask.count))
                return count > 0 ? mask[..<count].reduce(0) { $0 + $1.nonzeroBitCount } : online
            }
        #else
            return online
        #endif
    }

    private static var online: Int { Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

    /// Control groups version 2, then 1; a quota of 1.5 processors counts as 2.
    private static var quota: Int? {
        #if os(Linux)
            if let limit = numbers(in: "/sys/fs/cgroup/cpu.max") { return processors(quota: limit.first, period: limit.second) }
            let folder = "/sys/fs/cgroup/cpu/"
            return processors(
                quota: numbers(in: folder + "cpu.cfs_quota_us")?.first, period: numbers(in: folder + "cpu.cfs_period_us")?.first)
        #else
            return nil
        #endif
    }

    static func processors(quota: Int?, period: Int?) -> Int? {
        guard let quota, let period, quota > 0, period > 0 else { return nil }
        return (quota - 1) / period + 1
    }

    /// The numbers that a file made by the kernel begins with; nil for what is none, such as "max". Nil when there is no such file.
    private static func numbers(in path: String) -> (first: Int?, second: Int?)? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        // Room for two numbers of 64 bits, and a zero behind them.
        return withUnsafeTemporaryAllocation(byteCount: 64, alignment: 1) { buffer in
            let count = (try? Descriptor(file).read(into: UnsafeMutableRawBufferPointer(rebasing: buffer.dropLast()))) ?? 0
            buffer[count] = 0
            var text: UnsafeMutablePointer<CChar>? = buffer.baseAddress!.assumingMemoryBound(to: CChar.self)
            return (nextNumber(&text), nextNumber(&text))
        }
    }

    private static func nextNumber(_ text: inout UnsafeMutablePointer<CChar>?) -> Int? {
        let start = text
        let number = strtol(start!, &text, 10)
        return text == start ? nil : number
    }
}
