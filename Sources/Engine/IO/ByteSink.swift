internal import Codecs
internal import Synchronization

/// Where bytes go, in order. One task writes at a time.
package protocol ByteSink: Sendable {
    func write(_ parts: [UnsafeRawBufferPointer]) async throws(EngineError)
    /// Is told before the first of them how many bytes will come, as far as that is known. It may be wrong, and is only worth making room for.
    func expect(_ count: UInt64)
    /// Puts zeros where bytes are lost, which can be a great many.
    func writeZeros(_ count: UInt64) async throws(EngineError)
}

extension ByteSink {
    package func expect(_: UInt64) {}

    package func writeZeros(_ count: UInt64) async throws(EngineError) {
        let size = 1 << 20
        let memory = ScratchArena()
        defer { withExtendedLifetime(memory) {} }
        let zeros = try memory.take(size)
        zeros.initializeMemory(as: UInt8.self, repeating: 0)
        var rest = count
        while rest > 0 {
            let part = Int(min(rest, UInt64(size)))
            try await write([UnsafeRawBufferPointer(rebasing: zeros[..<part])])
            rest -= UInt64(part)
        }
    }
}

/// An open file or pipe, written at its current offset.
package struct DescriptorSink: ByteSink {
    private let descriptor: Descriptor

    package init(_ descriptor: Descriptor) { self.descriptor = descriptor }

    package func write(_ parts: [UnsafeRawBufferPointer]) throws(EngineError) {
        do {
            try descriptor.write(parts)
        } catch {
            throw .system(error)
        }
    }
}

/// Collects everything in memory.
package final class MemorySink: ByteSink {
    private let collected = Mutex<[UInt8]>([])

    package init() {}

    package var bytes: [UInt8] { collected.withLock { $0 } }

    /// An array without memory ends the process, where a mapping as large is refused.
    package func expect(_ count: UInt64) {
        let count = Int(min(count, 1 << 40))
        guard (try? ScratchArena().allocate(count)) != nil else { return }
        collected.withLock { $0.reserveCapacity(count) }
    }

    package func write(_ parts: [UnsafeRawBufferPointer]) {
        collected.withLock { for part in parts { $0.append(contentsOf: part) } }
    }
}

/// Takes everything and keeps nothing.
package struct NullSink: ByteSink {
    package init() {}
    package func write(_: [UnsafeRawBufferPointer]) {}
    package func writeZeros(_: UInt64) {}
}
