#if canImport(Glibc)
    package import Glibc
#elseif canImport(Musl)
    package import Musl
#else
    package import Darwin
#endif

/// An open file descriptor and the calls that Bale makes on it. Interrupted, short and not-yet-ready calls are repeated here and
/// nowhere else. It does not own the descriptor.
package struct Descriptor: Sendable {
    package let number: Int32

    package init(_ number: Int32) { self.number = number }

    /// What `fstat` says.
    package func status() throws(SystemError) -> stat {
        var result = stat()
        guard fstat(number, &result) == 0 else { throw .last("fstat") }
        return result
    }

    /// The current file offset, or nil for a pipe.
    package var position: UInt64? {
        let offset = lseek(number, 0, SEEK_CUR)
        return offset < 0 ? nil : UInt64(offset)
    }

    /// Whether bytes that are passed over by ``skip(_:)`` read as zeros: in an empty regular file, but where writing appends the next
    /// bytes would come to the place of the hole.
    package var canHaveHoles: Bool {
        guard let status = try? status(), status.isRegularFile, status.byteCount == 0, position == 0 else { return false }
        return fcntl(number, F_GETFL) & O_APPEND == 0
    }

    /// Moves the file offset on.
    package func skip(_ count: UInt64) throws(SystemError) {
        guard let count = off_t(exactly: count) else { throw SystemError("lseek", EOVERFLOW) }
        guard lseek(number, count, SEEK_CUR) >= 0 else { throw .last("lseek") }
    }

    /// Closes it. Some file systems report only here that the disk is full. It is closed even when this fails, or a signal interrupts it.
    package func close() throws(SystemError) {
        guard systemClose(number) == 0 || errno == EINTR else { throw .last("close") }
    }

    /// Reads at `offset` until `buffer` is full or the file ends; returns the bytes read.
    package func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
        var done = 0
        while done < buffer.count {
            guard let position = off_t(exactly: offset + UInt64(done)) else { throw SystemError("pread", EOVERFLOW) }
            let count = pread(number, buffer.baseAddress! + done, buffer.count - done, position)
            if count == 0 { break }
            if count < 0 {
                try retryOrThrow("pread", for: Int16(POLLIN))
            } else {
                done += count
            }
        }
        return done
    }

    /// Reads from the current offset until `buffer` is full or the input ends; returns the bytes read. `interruption`, when it
    /// becomes readable, ends the wait for a pipe with `ECANCELED`.
    package func read(into buffer: UnsafeMutableRawBufferPointer, interruption: Descriptor? = nil) throws(SystemError) -> Int {
        var done = 0
        while done < buffer.count {
            if let interruption { try wait(for: Int16(POLLIN), interruption: interruption) }
            let count = readSome(number, buffer.baseAddress! + done, buffer.count - done)
            if count == 0 { break }
            if count < 0 {
                try retryOrThrow("read", for: Int16(POLLIN))
            } else {
                done += count
            }
        }
        return done
    }

    /// Writes all of `parts`, in order, at the current offset.
    package func write(_ parts: [UnsafeRawBufferPointer]) throws(SystemError) {
        var vectors = parts.compactMap { part in
            part.isEmpty ? nil : iovec(iov_base: UnsafeMutableRawPointer(mutating: part.baseAddress!), iov_len: part.count)
        }
        var first = 0
        while first < vectors.count {
            // IOV_MAX is 1024 on Linux and macOS.
            let batch = min(vectors.count - first, 1024)
            let count = vectors.withUnsafeBufferPointer { writev(number, $0.baseAddress! + first, Int32(batch)) }
            if count < 0 {
                try retryOrThrow("write", for: Int16(POLLOUT))
                continue
            }
            var rest = count
            while first < vectors.count, rest >= vectors[first].iov_len {
                rest -= vectors[first].iov_len
                first += 1
            }
            if rest > 0 {
                vectors[first].iov_base += rest
                vectors[first].iov_len -= rest
            }
        }
    }

    package func synchronize() throws(SystemError) {
        // A failed fsync is never tried again: the kernel may have dropped the pages that it could not write.
        guard fsync(number) == 0 || errno == EINVAL || errno == EROFS else { throw .last("fsync") }
    }

    private func retryOrThrow(_ operation: String, for events: Int16) throws(SystemError) {
        switch errno {
        case EINTR: return
        case EAGAIN, EWOULDBLOCK: try wait(for: events, interruption: nil)
        default: throw .last(operation)
        }
    }

    private func wait(for events: Int16, interruption: Descriptor?) throws(SystemError) {
        var polled = [
            pollfd(fd: number, events: events, revents: 0), pollfd(fd: interruption?.number ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&polled, nfds_t(polled.count), -1) < 0 {
            guard errno == EINTR else { throw .last("poll") }
        }
        if polled[1].revents != 0 { throw SystemError("read", ECANCELED) }
    }
}

/// read(2), which ``Descriptor``'s own methods of that name would hide.
private func readSome(_ number: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int { read(number, start, count) }

/// close(2), likewise.
private func systemClose(_ number: Int32) -> Int32 { close(number) }
