#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A flag that a thread blocked in `poll` notices: the read end of a pipe becomes readable once `raise` is called.
final class Interruption: Sendable {
    let descriptor: Descriptor
    private let writeEnd: Int32

    init() throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw .last("pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        descriptor = Descriptor(ends[0])
        writeEnd = ends[1]
    }

    deinit {
        close(descriptor.number)
        close(writeEnd)
    }

    func raise() {
        var byte: UInt8 = 1
        _ = write(writeEnd, &byte, 1)
    }
}
