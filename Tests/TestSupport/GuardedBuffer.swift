#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A buffer that ends `slack` bytes before a page which nobody may touch: a read or write beyond the slack stops the
/// test run with SIGSEGV. The bytes before the buffer and in the slack hold noise; ``isIntact`` tells whether those
/// before it are still there.
package final class GuardedBuffer {
    private let mapping: UnsafeMutableRawBufferPointer
    /// The bytes proper. Their alignment is that of their count, so that odd addresses are tested too.
    package let bytes: UnsafeMutableRawBufferPointer
    private let noise: UInt8

    /// - Parameters:
    ///   - slack: How many bytes behind the buffer may be read and written.
    ///   - noise: What surrounds the buffer, and fills it at first.
    package init(count: Int, slack: Int = 128, noise: UInt8 = 0xA5) {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let usable = (count + slack + page - 1) / page * page
        guard let start = mmap(nil, usable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), start != MAP_FAILED else {
            fatalError("no memory for a guarded buffer of \(count) bytes")
        }
        mprotect(start + usable, page, PROT_NONE)
        mapping = UnsafeMutableRawBufferPointer(start: start, count: usable + page)
        memset(start, Int32(noise), usable)
        bytes = UnsafeMutableRawBufferPointer(start: start + usable - slack - count, count: count)
        self.noise = noise
    }

    /// A buffer that holds `content`.
    package convenience init(_ content: some Collection<UInt8>, slack: Int = 128, noise: UInt8 = 0xA5) {
        self.init(count: content.count, slack: slack, noise: noise)
        bytes.copyBytes(from: content)
    }

    deinit { munmap(mapping.baseAddress, mapping.count) }

    package var readOnly: UnsafeRawBufferPointer { UnsafeRawBufferPointer(bytes) }

    /// False when something was written in front of the buffer.
    package var isIntact: Bool {
        guard let start = mapping.baseAddress, let first = bytes.baseAddress else { return true }
        let count = UnsafeRawPointer(first) - UnsafeRawPointer(start)
        // All equal to the first of them; one call, as debug builds are slow at loops.
        return count == 0 || (start.load(as: UInt8.self) == noise && memcmp(start, start + 1, count - 1) == 0)
    }
}
