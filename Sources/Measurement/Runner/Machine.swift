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
        Comparison.Machine(
            processor: value(of: "model name", in: "/proc/cpuinfo") ?? "", processorCount: processorCount,
            instructionSet: KernelSet.current.name.rawValue)
    }

    /// Processors that this process may use.
    package static var processorCount: Int { ProcessorCount.available }

    /// Bytes of memory that programs can still get, or nil where the system does not say.
    static var availableMemory: Int? {
        value(of: "MemAvailable", in: "/proc/meminfo").flatMap { $0.split(separator: " ").first }.flatMap { Int($0) }.map { $0 << 10 }
    }

    /// The resident memory of this process may have been large; a command that it starts counts that peak as its own until it is
    /// reset. Where the kernel does not offer that, peaks have a floor.
    static func resetPeakMemory() {
        _ = trim?(0)
        let file = open("/proc/self/clear_refs", O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return }
        [UInt8(ascii: "5")].withUnsafeBytes { _ = FileBytes.write($0, to: file) }
        close(file)
    }

    /// glibc's malloc_trim, which gives free memory back to the system; Swift does not import it. Other libraries give it back at once.
    private static let trim: (@convention(c) (Int) -> Int32)? = dlsym(dlopen(nil, RTLD_LAZY), "malloc_trim").map {
        unsafeBitCast($0, to: (@convention(c) (Int) -> Int32).self)
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
