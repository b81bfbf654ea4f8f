/// Bytes that can only be read front to back. One task reads at a time.
package protocol ByteSource: Sendable {
    /// Fills `buffer`, or less at the end of the input; returns the bytes read.
    func read(into buffer: UnsafeMutableRawBufferPointer) async throws(EngineError) -> Int
    /// Ends a wait for input in another task, which then fails with `cancelled`.
    func interrupt()
}

/// A pipe, socket, terminal, or a file read as one.
package final class DescriptorSource: ByteSource {
    private let descriptor: Descriptor
    private let interruption: Interruption

    package init(_ descriptor: Descriptor) throws(SystemError) {
        self.descriptor = descriptor
        interruption = try Interruption()
    }

    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(EngineError) -> Int {
        do {
            return try descriptor.read(into: buffer, interruption: interruption.descriptor)
        } catch {
            throw error.number == SystemError.cancelled ? .cancelled : .system(error)
        }
    }

    package func interrupt() { interruption.raise() }
}

/// The byte arrays that an asynchronous sequence gives.
package final class SequenceSource<Parts: AsyncSequence>: ByteSource, @unchecked Sendable where Parts.Element == [UInt8] {
    // One task reads at a time: that is the protocol's rule, and why nothing here is guarded.
    private var iterator: Parts.AsyncIterator
    private var rest: ArraySlice<UInt8> = []

    package init(_ parts: Parts) { iterator = parts.makeAsyncIterator() }

    package func read(into buffer: UnsafeMutableRawBufferPointer) async throws(EngineError) -> Int {
        var done = 0
        while done < buffer.count {
            if rest.isEmpty {
                guard let part = try await nextPart() else { break }
                rest = part[...]
                continue
            }
            let count = min(rest.count, buffer.count - done)
            UnsafeMutableRawBufferPointer(rebasing: buffer[done...]).copyBytes(from: rest.prefix(count))
            rest = rest.dropFirst(count)
            done += count
        }
        return done
    }

    /// The sequence's own waiting ends by the cancellation of the task that waits.
    package func interrupt() {}

    private func nextPart() async throws(EngineError) -> [UInt8]? {
        do {
            return try await iterator.next()
        } catch is CancellationError {
            throw .cancelled
        } catch {
            throw .input(error)
        }
    }
}
