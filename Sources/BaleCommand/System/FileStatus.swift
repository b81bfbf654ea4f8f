#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// What the command needs to know of a file.
struct FileStatus: Sendable {
    enum Kind: Sendable {
        case regular
        case folder
        case symbolicLink
        case characterDevice
        case blockDevice
        case pipe
        case socket
    }

    let kind: Kind
    /// Bytes; only regular files have a meaningful one.
    let size: UInt64
    let identity: Identity
    let permissions: mode_t
    let accessed: timespec
    let modified: timespec

    /// The same file has the same numbers, whatever name it was reached by.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64
    }

    /// Of the file that the name leads to, or of the link itself. Nil with `errno` set when there is none.
    init?(_ path: Path, followsLinks: Bool = true) {
        var status = stat()
        guard path.withCString({ followsLinks ? stat($0, &status) : lstat($0, &status) }) == 0 else { return nil }
        self.init(status)
    }

    /// Of an open descriptor. Nil with `errno` set when it is not open.
    init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .folder
            case S_IFLNK: .symbolicLink
            case S_IFCHR: .characterDevice
            case S_IFBLK: .blockDevice
            case S_IFIFO: .pipe
            default: .socket
            }
        size = UInt64(clamping: status.st_size)
        identity = Identity(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(truncatingIfNeeded: status.st_ino))
        permissions = status.st_mode & 0o7777
        #if canImport(Darwin)
            accessed = status.st_atimespec
            modified = status.st_mtimespec
        #else
            accessed = status.st_atim
            modified = status.st_mtim
        #endif
    }

    /// Whether the content may have changed between the two looks.
    func differs(from other: FileStatus) -> Bool {
        identity != other.identity || size != other.size || modified.tv_sec != other.modified.tv_sec
            || modified.tv_nsec != other.modified.tv_nsec
    }

    /// For messages: "a pipe".
    var kindName: String {
        switch kind {
        case .regular: "a regular file"
        case .folder: "a folder"
        case .symbolicLink: "a symbolic link"
        case .characterDevice, .blockDevice: "a device"
        case .pipe: "a pipe"
        case .socket: "a socket"
        }
    }
}
