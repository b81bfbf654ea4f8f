#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import Engine

/// A file open for reading, closed with the last reference.
final class OpenFile: Sendable {
    let descriptor: Descriptor

    init(_ path: String) throws(SystemError) {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { throw .last("open") }
        descriptor = Descriptor(number)
    }

    deinit { close(descriptor.number) }
}

/// Whether the path leads to the open regular file, which writing to the path would destroy.
func isSameFile(_ file: Descriptor, _ path: String) throws(SystemError) -> Bool {
    let opened = try file.status()
    var named = stat()
    return stat(path, &named) == 0 && opened.isRegularFile && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino
}
