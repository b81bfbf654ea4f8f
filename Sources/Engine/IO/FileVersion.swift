#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

/// What tells that a file was written to: size and time of last modification.
struct FileVersion: Equatable {
    private let size: off_t
    private let seconds: time_t
    private let nanoseconds: Int

    init(_ status: stat) {
        size = status.st_size
        let modified = status.modificationTime
        seconds = modified.tv_sec
        nanoseconds = modified.tv_nsec
    }
}

extension stat {
    package var byteCount: UInt64 { UInt64(st_size) }

    package var isRegularFile: Bool { st_mode & S_IFMT == S_IFREG }

    package var modificationTime: timespec {
        #if canImport(Darwin)
            st_mtimespec
        #else
            st_mtim
        #endif
    }

    package var accessTime: timespec {
        #if canImport(Darwin)
            st_atimespec
        #else
            st_atim
        #endif
    }
}
