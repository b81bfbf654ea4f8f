internal import Synchronization

/// Where bytes go, in order. One task writes at a time.
package protocol ByteSink: Sendable {
    func write(_ parts: [UnsafeRawBufferPointer]) async throws(EngineError)
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

    package func write(_ parts: [UnsafeRawBufferPointer]) {
        collected.withLock { for part in parts { $0.append(contentsOf: part) } }
    }
}

/// Takes everything and keeps nothing.
package struct NullSink: ByteSink {
    package init() {}
    package func write(_: [UnsafeRawBufferPointer]) {}
}
