#if canImport(Glibc)
    internal import CIntrinsics
#endif

/// Memory that stays with the process from run to run.
///
/// Whether the C library gives large arrays back to the system depends on what was freed before, and whether those that come next take page
/// faults or find huge pages depends on luck: a library call from memory to memory differed by half because of that.
enum WarmMemory {
    /// From the first run on, what was freed is used again, as in a program that calls the library over and over. Other C libraries than glibc
    /// cannot be told.
    static func begin() {
        #if canImport(Glibc)
            keep_freed_memory()
        #endif
    }
}
