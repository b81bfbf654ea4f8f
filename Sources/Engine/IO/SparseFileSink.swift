#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// An empty regular file in which pages of zeros become holes.
///
/// It moves the file's offset, and never looks where that is: who shares the open file, as commands of a shell do, may write between.
package final class SparseFileSink: ByteSink, @unchecked Sendable {
    private static let page = 4096
    private let file: Descriptor
    /// Zeros that were not written yet. One task writes at a time.
    private var hole: UInt64 = 0

    package init(_ file: Descriptor) { self.file = file }

    package func write(_ parts: [UnsafeRawBufferPointer]) throws(EngineError) {
        do {
            var full: [UnsafeRawBufferPointer] = []
            for part in parts {
                var rest = part
                while !rest.isEmpty {
                    let zeros = Self.leadingZeroPages(rest)
                    if zeros > 0 {
                        try flush(&full)
                        hole += UInt64(zeros)
                        rest = UnsafeRawBufferPointer(rebasing: rest[zeros...])
                    }
                    let bytes = Self.leadingOtherPages(rest)
                    if bytes > 0 { full.append(UnsafeRawBufferPointer(rebasing: rest[..<bytes])) }
                    rest = UnsafeRawBufferPointer(rebasing: rest[bytes...])
                }
            }
            try flush(&full)
        } catch {
            throw .system(error)
        }
    }

    /// Gives the file its size, should it end in a hole, by writing the last zero. (`ftruncate` could cut what somebody else wrote.)
    package func finish() throws(EngineError) {
        guard hole > 0 else { return }
        do {
            try file.skip(hole - 1)
            hole = 0
            var zero: UInt8 = 0
            try withUnsafeBytes(of: &zero) { (byte) throws(SystemError) in try file.write([byte]) }
        } catch {
            throw .system(error)
        }
    }

    package func writeZeros(_ count: UInt64) { hole += count }

    private func flush(_ parts: inout [UnsafeRawBufferPointer]) throws(SystemError) {
        guard !parts.isEmpty else { return }
        if hole > 0 { try file.skip(hole) }
        hole = 0
        try file.write(parts)
        parts = []
    }

    private static func leadingZeroPages(_ bytes: UnsafeRawBufferPointer) -> Int {
        var end = 0
        while bytes.count - end >= page, isZero(bytes.baseAddress! + end) { end += page }
        return end
    }

    private static func leadingOtherPages(_ bytes: UnsafeRawBufferPointer) -> Int {
        var end = 0
        while bytes.count - end >= page, !isZero(bytes.baseAddress! + end) { end += page }
        return bytes.count - end < page ? bytes.count : end
    }

    /// Most pages differ in their first word; the rest is compared with itself one byte on.
    private static func isZero(_ start: UnsafeRawPointer) -> Bool {
        start.loadUnaligned(as: UInt64.self) == 0 && memcmp(start, start + 1, page - 1) == 0
    }
}
