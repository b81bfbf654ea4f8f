internal import Engine
internal import KernelDispatch

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// What the system says about itself.
package enum Machine {
    package static var description: Comparison.Machine {
        var machine = Comparison.Machine(
            processor: value(of: "model name", in: "/proc/cpuinfo") ?? "", processorCount: processorCount,
            instructionSet: KernelSet.current.name.rawValue)
        machine.schedulingClass = RealTimeScheduling.current
        return machine
    }

    /// Processors that this process may use.
    package static var processorCount: Int { ProcessorCount.available }

    /// What all programs have used of the processors since the system started, seconds; nil where the system does not tell, or tells of
    /// processors that this process may not use.
    static var busySeconds: Double? {
        let lines = FileBytes.text(of: "/proc/stat").split(separator: "\n").filter { $0.hasPrefix("cpu") }
        return lines.count == processorCount + 1 ? lines.first.flatMap { busySeconds($0) } : nil
    }

    /// - Parameter line: "cpu", and hundredths of seconds in user mode, at low priority, in the system, idle, waiting for devices, in
    ///   interrupts of two kinds, and those that another machine had.
    static func busySeconds(_ line: Substring) -> Double? {
        let counts = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        guard counts.count == 8 else { return nil }
        return (counts.reduce(0, +) - counts[3] - counts[4]) / 100
    }

    /// Bytes of memory that programs can still get, or nil where the system does not say.
    static var availableMemory: Int? {
        value(of: "MemAvailable", in: "/proc/meminfo").flatMap { $0.split(separator: " ").first }.flatMap { Int($0) }.map { $0 << 10 }
    }

    /// What stands behind "name:" on a line of a file that the kernel makes.
    private static func value(of name: String, in path: String) -> String? {
        for line in FileBytes.text(of: path).split(separator: "\n") where line.hasPrefix(name) {
            guard let colon = line.firstIndex(of: ":") else { continue }
            return String(line[line.index(after: colon)...].drop { $0 == " " })
        }
        return nil
    }
}
