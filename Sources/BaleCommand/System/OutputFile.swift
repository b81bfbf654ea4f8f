internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// A result that is written through a descriptor and gets its final name only when it is complete. The library does the
/// same for results it makes from a file name; this is for what comes from a pipe, from `salvage`, and for names that
/// are not UTF-8.
struct OutputFile: ~Copyable {
    let descriptor: Int32
    private let target: Path
    private let temporary: Path
    private let overwrites: Bool
    private var isOpen = true

    /// The temporary that a signal has to remove. The command writes one result at a time.
    private static let pending = Mutex<Path?>(nil)

    /// Creates the temporary file beside the target.
    init(_ target: Path, overwrites: Bool) throws(Failure) {
        self.target = target
        self.overwrites = overwrites
        for _ in 0..<16 {
            let name = Array(".bale-\(Hexadecimal.text(UInt64.random(in: .min ... .max))).tmp".utf8)
            let temporary = target.folder.appending(name)
            let opened = Self.create(temporary)
            if opened >= 0 {
                descriptor = opened
                self.temporary = temporary
                return
            }
            guard errno == EEXIST else { break }
        }
        throw .system("cannot create \(target.shown)")
    }

    /// Creates and registers in one step, so that a signal finds every temporary there is.
    private static func create(_ path: Path) -> Int32 {
        pending.withLock { pending in
            let opened = retrying { path.withCString { open($0, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600) } }
            if opened >= 0 { pending = path }
            return opened
        }
    }

    /// Gives the result its name. Without a source its permissions are what the umask leaves. Never tries fsync twice.
    consuming func commit(source: FileStatus?, synchronizes: Bool) throws(Failure) {
        try Self.copyMetadata(of: source, to: descriptor)
        if synchronizes, fsync(descriptor) != 0 { throw .system("cannot write \(target.shown) to the disk") }
        isOpen = false
        guard close(descriptor) == 0 || errno == EINTR else { throw .system("cannot close \(target.shown)") }
        guard Self.move(temporary, to: target, overwrites: overwrites) else {
            throw .system("cannot give the result the name \(target.shown)")
        }
        if synchronizes { Self.synchronizeFolder(target.folder) }
    }

    // After a commit nothing is pending any more.
    deinit {
        if isOpen { close(descriptor) }
        Self.removePending()
    }

    /// Removes what an unfinished result left behind. Safe from any thread.
    static func removePending() {
        pending.withLock { pending in
            if let path = pending { _ = path.withCString { unlink($0) } }
            pending = nil
        }
    }

    /// Mode and times of the file that was read, or what the umask leaves where that was a pipe.
    private static func copyMetadata(of source: FileStatus?, to descriptor: Int32) throws(Failure) {
        let permissions: mode_t
        if let source, source.kind == .regular {
            permissions = source.permissions & 0o777
            var times = [source.accessed, source.modified]
            guard futimens(descriptor, &times) == 0 else { throw .system("cannot set the times of the result") }
        } else {
            let mask = umask(0o077)
            umask(mask)
            permissions = 0o666 & ~mask
        }
        guard fchmod(descriptor, permissions) == 0 else { throw .system("cannot set the permissions of the result") }
    }

    /// A link fails where the name exists, a rename does not: so nobody's file is overwritten unasked, not even one
    /// that appeared meanwhile. File systems without links get the rename.
    private static func move(_ temporary: Path, to target: Path, overwrites: Bool) -> Bool {
        pending.withLock { pending in
            let moved = temporary.withCString { from in
                target.withCString { to in
                    if !overwrites {
                        if link(from, to) == 0 { return unlink(from) == 0 }
                        if errno == EEXIST { return false }
                    }
                    return rename(from, to) == 0
                }
            }
            if moved { pending = nil }
            return moved
        }
    }

    private static func synchronizeFolder(_ folder: Path) {
        let descriptor = folder.withCString { open($0, O_RDONLY | O_CLOEXEC | O_DIRECTORY) }
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
