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

    init(_ path: String) throws(BaleError) {
        let name = FileName(path.utf8)
        descriptor = Descriptor(try name.attempt("open") { () throws(SystemError) in try name.open(O_RDONLY) })
    }

    deinit { close(descriptor.number) }
}
