/// Bytes that any worker can read at any place.
package protocol RandomAccessInput: Sendable {
    var size: UInt64 { get }
    /// Fills `buffer` from `offset`; returns fewer bytes only at the end.
    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int
}

extension RandomAccessInput {
    /// The `count` bytes at `offset`, fewer only at the end.
    func read(at offset: UInt64, count: Int) throws(EngineError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Int(min(UInt64(count), size - min(offset, size))), alignment: 8)
        defer { buffer.deallocate() }
        return [UInt8](buffer.prefix(try read(at: offset, into: buffer)))
    }
}

/// A regular file, as large as it was when it was opened.
package struct FileInput: RandomAccessInput {
    private let file: Descriptor
    package let size: UInt64

    /// - Returns: nil for anything but a regular file.
    package init?(_ file: Descriptor) throws(SystemError) {
        let status = try file.status()
        guard status.isRegularFile else { return nil }
        self.file = file
        size = status.byteCount
    }

    package func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
        do {
            return try file.read(at: offset, into: buffer)
        } catch {
            throw .system(error)
        }
    }
}

package struct MemoryInput: RandomAccessInput {
    private let bytes: [UInt8]
    package var size: UInt64 { UInt64(bytes.count) }

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset < size else { return 0 }
        let start = Int(offset)
        let count = min(buffer.count, bytes.count - start)
        bytes.withUnsafeBytes { buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[start..<start + count])) }
        return count
    }
}

/// The bytes of an input front to back, from its start.
package final class InputBytes: ByteSource, @unchecked Sendable {
    private let input: any RandomAccessInput
    // One task reads at a time.
    private var offset: UInt64 = 0

    package init(_ input: any RandomAccessInput) { self.input = input }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
        let count = try input.read(at: offset, into: buffer)
        offset += UInt64(count)
        return count
    }

    package func interrupt() {}
}
