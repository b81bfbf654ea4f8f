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
            if let words = firstLine(of: "/sys/fs/cgroup/cpu.max")?.split(separator: " "), words.count == 2 {
                return processors(quota: Int(words[0]), period: Int(words[1]))
            }
            let folder = "/sys/fs/cgroup/cpu/"
            return processors(
                quota: firstLine(of: folder + "cpu.cfs_quota_us").flatMap { Int($0) },
                period: firstLine(of: folder + "cpu.cfs_period_us").flatMap { Int($0) })
        #else
            return nil
        #endif
    }

    static func processors(quota: Int?, period: Int?) -> Int? {
        guard let quota, let period, quota > 0, period > 0 else { return nil }
        return (quota - 1) / period + 1
    }

    private static func firstLine(of path: String) -> Substring? {
        text(of: path).split(separator: "\n").first
    }

    /// The first 16 KiB of a file that the kernel makes; empty when there is none.
    private static func text(of path: String) -> String {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 16 << 10, alignment: 1)
        defer { buffer.deallocate() }
        let count = (try? Descriptor(file).read(into: buffer)) ?? 0
        return String(decoding: buffer[..<count], as: UTF8.self)
    }
}
