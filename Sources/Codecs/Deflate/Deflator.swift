#if Zlib
    internal import CZlib

    /// One zlib compressor with its hash tables (about 260 KiB), reset for each block.
    final class Deflator {
        /// On the heap because zlib's state points back to it.
        private let stream: UnsafeMutablePointer<z_stream>

        /// - Throws: `outOfMemory` when zlib gets none.
        init(level: Int) throws(CodecError) {
            stream = .allocate(capacity: 1)
            stream.initialize(to: z_stream())
            // Negative window bits: raw DEFLATE. memLevel 8: over 39 files 9 is no smaller (both R = 0.472 at level 6) and on
            // source and text up to a tenth slower, as its hash table takes twice the cache.
            let status = deflateInit2_(
                stream, Int32(level), Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
            guard status == Z_OK else {
                stream.deallocate()
                throw .outOfMemory(requested: 260 << 10)
            }
        }

        deinit {
            deflateEnd(stream)
            stream.deallocate()
        }

        /// - Returns: bytes written, or nil when they do not fit `output`.
        func compress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int? {
            guard !output.isEmpty, let inputCount = UInt32(exactly: input.count), let outputCount = UInt32(exactly: output.count) else {
                return nil
            }
            deflateReset(stream)
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress)
            stream.pointee.avail_in = inputCount
            stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
            stream.pointee.avail_out = outputCount
            guard deflate(stream, Z_FINISH) == Z_STREAM_END else { return nil }
            return output.count - Int(stream.pointee.avail_out)
        }
    }
#endif
