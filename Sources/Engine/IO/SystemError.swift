#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// A system call that failed: which, and the error number it left.
package struct SystemError: Error, Hashable, Sendable {
    package var operation: String
    package var number: Int32

    package init(_ operation: String, _ number: Int32) {
        self.operation = operation
        self.number = number
    }

    /// The number that an interrupted wait reports.
    static let cancelled = ECANCELED

    /// The failure of the call that was just made in this thread.
    package static func last(_ operation: String) -> SystemError { SystemError(operation, errno) }

    /// The system's words for the error number.
    package var reason: String {
        var text = [CChar](repeating: 0, count: 256)
        guard strerror_r(number, &text, text.count) == 0 else { return "error \(number)" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
