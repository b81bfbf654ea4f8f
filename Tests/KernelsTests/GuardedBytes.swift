#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A buffer between two unmapped pages: a kernel that reads or writes past its end, or before its start, dies of it.
final class GuardedBytes {
    private let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
    private let mapping: UnsafeMutableRawPointer
    private let usable: Int

    /// Room for at least `capacity` bytes.
    init(capacity: Int) {
        usable = (capacity + pageSize - 1) / pageSize * pageSize
        mapping = mmap(nil, usable + 2 * pageSize, PROT_NONE, MAP_PRIVATE | MAP_ANON, -1, 0)!
        precondition(mapping != MAP_FAILED && mprotect(mapping + pageSize, usable, PROT_READ | PROT_WRITE) == 0)
    }

    deinit { munmap(mapping, usable + 2 * pageSize) }

    /// The first usable byte; the one before it is unmapped.
    var start: UnsafeMutableRawPointer { mapping + pageSize }

    /// The `count` bytes that end where the mapping ends.
    func last(_ count: Int) -> UnsafeMutableRawPointer { mapping + pageSize + usable - count }

    /// Writes `content` so that it ends where the mapping ends.
    func place(_ content: [UInt8]) -> UnsafeMutableRawPointer {
        let target = last(content.count)
        content.withUnsafeBytes { target.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(target), byteCount: $0.count) }
        return target
    }
}

/// Lengths around every vector width, and around a page.
let lengthsAroundLanes: [Int] = Array(0...300) + [511, 512, 513, 4095, 4096, 4097]
