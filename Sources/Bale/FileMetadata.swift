#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import Engine

/// What a result takes over from its source: owner, permissions, times. Or, without a source, the permissions that the umask leaves.
struct FileMetadata {
    private let source: stat?

    /// - Parameter source: nil, or anything but a regular file, has nothing to be taken over.
    init(of source: Descriptor?) throws(SystemError) {
        let status = try source?.status()
        self.source = status.flatMap { $0.isRegularFile ? $0 : nil }
    }

    /// Sets them, as far as the file system has them and the user may.
    func apply(to file: Descriptor) throws(SystemError) {
        guard let source else { return try Self.check("fchmod", fchmod(file.number, 0o666 & ~Self.umask())) }
        // Only root may give files away, and only to a group of one's own may one give the file. A group that was not meant
        // gets no more than everybody has.
        let keepsGroup = fchown(file.number, uid_t.max, source.st_gid) == 0
        _ = fchown(file.number, source.st_uid, gid_t.max)
        let permissions = source.st_mode & 0o777
        try Self.check("fchmod", fchmod(file.number, keepsGroup ? permissions : permissions & (0o707 | permissions << 3)))
        try Self.check("futimens", futimens(file.number, [source.accessTime, source.modificationTime]))
    }

    /// Some file systems know no permissions or times and refuse to set them; that is no reason to refuse the result.
    private static func check(_ operation: String, _ result: Int32) throws(SystemError) {
        guard result != 0, ![EPERM, EACCES, EINVAL, ENOSYS, ENOTSUP].contains(errno) else { return }
        throw .last(operation)
    }

    /// There is no way to read it without setting it. What another thread creates meanwhile is private rather than public.
    private static func umask() -> mode_t {
        let mask = systemUmask(0o077)
        _ = systemUmask(mask)
        return mask
    }
}

/// umask(2), which the method of that name would hide.
private func systemUmask(_ mask: mode_t) -> mode_t { umask(mask) }
