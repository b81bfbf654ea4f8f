#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import Engine

/// A file name as the system has it: bytes without a zero byte, in any encoding or none.
struct FileName: Hashable, Sendable {
    let bytes: [UInt8]

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// For messages. Bytes that are not UTF-8 are replaced.
    var shown: String { String(decoding: bytes, as: UTF8.self) }

    /// The folder that the file is in: "." for a bare name.
    var folder: FileName {
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return FileName(".".utf8) }
        return FileName(bytes[...max(slash - 1, 0)])
    }

    /// The file of that name in this folder.
    func appending(_ component: String) -> FileName { FileName(bytes + "/".utf8 + component.utf8) }

    /// Calls the body with the name as C wants it.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        var terminated = bytes.map { CChar(bitPattern: $0) }
        terminated.append(0)
        return terminated.withUnsafeBufferPointer { body($0.baseAddress!) }
    }

    /// Opens the file, again when a signal interrupts it.
    func open(_ flags: Int32, mode: mode_t = 0) throws(SystemError) -> Int32 {
        try checkBytes()
        while true {
            let number = withCString { path in systemOpen(path, flags | O_CLOEXEC | O_NOCTTY, mode) }
            if number >= 0 { return number }
            guard errno == EINTR else { throw .last("open") }
        }
    }

    /// What is under the name. Nil when there is nothing, or nothing that can be looked at.
    func status(followsLinks: Bool = true) -> stat? {
        var result = stat()
        return withCString { followsLinks ? stat($0, &result) : lstat($0, &result) } == 0 ? result : nil
    }

    /// The file that a symbolic link leads to, so that it is replaced and not the link; other names as they are.
    func resolvingLink() throws(SystemError) -> FileName {
        try checkBytes()
        guard let status = status(followsLinks: false), status.st_mode & S_IFMT == S_IFLNK else { return self }
        guard let resolved = withCString({ realpath($0, nil) }) else { throw .last("realpath") }
        defer { free(resolved) }
        return FileName(UnsafeRawBufferPointer(start: resolved, count: strlen(resolved)))
    }

    /// C would take the name to end at a zero byte, and so mean another file.
    private func checkBytes() throws(SystemError) {
        if bytes.contains(0) { throw SystemError("open", EINVAL) }
    }

    /// Runs `body`; its failure says what could not be done: "cannot create a/b: No space left on device".
    func attempt<Result>(_ what: String, _ body: () throws(SystemError) -> Result) throws(BaleError) -> Result {
        do {
            return try body()
        } catch {
            let kind = error.number == ECANCELED ? BaleError.Kind.cancelled : .system
            throw BaleError(kind, "cannot \(what) \(shown): \(error.reason)", errorNumber: error.number)
        }
    }
}

/// open(2), which ``FileName``'s own method of that name would hide.
private func systemOpen(_ path: UnsafePointer<CChar>, _ flags: Int32, _ mode: mode_t) -> Int32 { open(path, flags, mode) }
