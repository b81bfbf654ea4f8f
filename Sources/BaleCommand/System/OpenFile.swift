#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// An input that is open for reading, closed when the value goes out of use.
struct OpenFile: ~Copyable {
    let descriptor: Int32
    let status: FileStatus

    private init(descriptor: Int32, status: FileStatus) {
        self.descriptor = descriptor
        self.status = status
    }

    /// Opens a file, or standard input for "-".
    /// - Parameter flags: more for open(2).
    static func reading(_ path: Path, flags: Int32 = 0) throws(Failure) -> OpenFile {
        let opened =
            path.isStandardStream ? STDIN_FILENO : retrying { path.withCString { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY | flags) } }
        guard opened >= 0 else { throw .system("cannot open it") }
        guard let status = FileStatus(descriptor: opened) else { throw .system("cannot read it") }
        let file = OpenFile(descriptor: opened, status: status)
        guard status.kind != .folder else { throw .system("cannot read it", EISDIR) }
        return file
    }

    /// Opens an archive whose index is read from its end, which a pipe does not have.
    static func seeking(_ path: Path, for verb: Verb) throws(Failure) -> OpenFile {
        // Opening a named pipe would wait for a writer only to refuse it then.
        let file = try reading(path, flags: O_NONBLOCK)
        guard file.status.kind == .regular else {
            let what = verb == .cat ? "cat --range" : verb.rawValue
            throw Failure("\(what) needs a file, not \(file.status.kindName)", remedy: "its index is at the end")
        }
        return file
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }
}
