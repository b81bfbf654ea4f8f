#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A file that gets its final name only when it is complete: written under another name in the same folder, synchronised, renamed.
/// Until then the final name has what it had before.
package final class AtomicFile {
    /// How the file gets its name.
    package struct Placement: Sendable {
        /// Replace what has the name already.
        package var overwrites: Bool
        /// Wait until content and name are on the device.
        package var synchronizes: Bool

        package init(overwrites: Bool, synchronizes: Bool) {
            self.overwrites = overwrites
            self.synchronizes = synchronizes
        }
    }

    package let descriptor: Descriptor
    private let target: String
    /// Nil where the target is a device or a pipe, which is written to as it is.
    private var temporary: String?

    /// - Throws: `EEXIST` at once when the target exists and may not be replaced.
    package init(_ target: String, overwrites: Bool) throws(SystemError) {
        self.target = target
        var status = stat()
        if stat(target, &status) == 0 {
            if !status.isRegularFile {
                let number = open(target, O_WRONLY | O_CLOEXEC)
                guard number >= 0 else { throw .last("open") }
                descriptor = Descriptor(number)
                return
            }
            guard overwrites else { throw SystemError("create", EEXIST) }
        }
        (descriptor, temporary) = try Self.createTemporary(beside: target)
    }

    deinit {
        if let temporary {
            unlink(temporary)
            Temporaries.remove(temporary)
        }
        close(descriptor.number)
    }

    /// Whether what is written can have holes.
    package var isRegular: Bool { temporary != nil }

    /// Gives the file its final name.
    /// - Parameter source: the file whose mode, owner and times it takes.
    package func commit(_ placement: Placement, metadataOf source: Descriptor?) throws(SystemError) {
        guard let temporary else { return }
        try setMetadata(from: source)
        if placement.synchronizes { try descriptor.synchronize() }
        if placement.overwrites {
            guard rename(temporary, target) == 0 else { throw .last("rename") }
        } else {
            try renameWithoutReplacing(temporary)
        }
        self.temporary = nil
        Temporaries.remove(temporary)
        if placement.synchronizes { try Self.synchronizeFolder(of: target) }
    }

    /// A hard link fails where the name is taken, which `rename` does not.
    private func renameWithoutReplacing(_ temporary: String) throws(SystemError) {
        if link(temporary, target) == 0 {
            unlink(temporary)
            return
        }
        // A file system without hard links: the check just before is the best there is.
        guard errno != EEXIST, access(target, F_OK) != 0 else { throw SystemError("rename", EEXIST) }
        guard rename(temporary, target) == 0 else { throw .last("rename") }
    }

    private func setMetadata(from source: Descriptor?) throws(SystemError) {
        guard let source else {
            let mask = umask(0)
            umask(mask)
            _ = fchmod(descriptor.number, 0o666 & ~mask)
            return
        }
        let status = try source.status()
        // Only root may give files away. The owner goes first: a change of owner clears the set-id bits.
        let keepsOwner = fchown(descriptor.number, status.st_uid, status.st_gid) == 0
        _ = fchmod(descriptor.number, status.st_mode & (keepsOwner ? 0o7777 : 0o777))
        let times = [status.accessTime, status.modificationTime]
        _ = futimens(descriptor.number, times)
    }

    private static func createTemporary(beside target: String) throws(SystemError) -> (Descriptor, String) {
        let folder = folder(of: target)
        while true {
            let random = String(UInt64.random(in: .min ... .max), radix: 16)
            let path = "\(folder)/.bale-\(random).tmp"
            Temporaries.insert(path)
            let number = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if number >= 0 { return (Descriptor(number), path) }
            let failure = SystemError.last("create")
            Temporaries.remove(path)
            guard failure.number == EEXIST else { throw failure }
        }
    }

    private static func synchronizeFolder(of target: String) throws(SystemError) {
        let number = open(folder(of: target), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard number >= 0 else { throw .last("open") }
        defer { close(number) }
        try Descriptor(number).synchronize()
    }

    private static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        let folder = String(path[..<slash])
        return folder.isEmpty ? "/" : folder
    }
}
