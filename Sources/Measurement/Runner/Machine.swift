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

    /// Seconds of all processors since the system started.
    struct ProcessorTime: Hashable {
        /// What programs and the system have used.
        var busy: Double
        /// What the host of a virtual machine gave to others while programs here were waiting for it: "steal" in Linux.
        var stolen: Double
    }

    /// Nil where the system does not tell, or tells of processors that this process may not use.
    static var processorTime: ProcessorTime? {
        let lines = FileBytes.text(of: "/proc/stat").split(separator: "\n").filter { $0.hasPrefix("cpu") }
        return lines.count == processorCount + 1 ? lines.first.flatMap { processorTime($0) } : nil
    }

    /// - Parameter line: "cpu", and hundredths of seconds in user mode, at low priority, in the system, idle, waiting for devices, in
    ///   interrupts of two kinds, and stolen.
    static func processorTime(_ line: Substring) -> ProcessorTime? {
        let counts = line.split(separator: " ").dropFirst().prefix(8).compactMap { Double($0) }
        guard counts.count == 8 else { return nil }
        let idle = counts[3] + counts[4]
        return ProcessorTime(busy: (counts[..<7].reduce(0, +) - idle) / 100, stolen: counts[7] / 100)
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
