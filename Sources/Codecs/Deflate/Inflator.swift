#if Zlib
    internal import CZlib

    /// One zlib decompressor, reset for each block.
    final class Inflator {
        /// On the heap because zlib's state points back to it.
        private let stream: UnsafeMutablePointer<z_stream>

        /// - Throws: `outOfMemory` when zlib gets none.
        init() throws(CodecError) {
            stream = .allocate(capacity: 1)
            stream.initialize(to: z_stream())
            guard inflateInit2_(stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
                stream.deallocate()
                throw .outOfMemory(requested: 8 << 10)
            }
        }

        deinit {
            inflateEnd(stream)
            stream.deallocate()
        }

        /// Fills `output` exactly from all of `input`.
        /// - Throws: `corrupt` with the offset that zlib had reached.
        func decompress(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) throws(CodecError) {
            guard let inputCount = UInt32(exactly: input.count), let outputCount = UInt32(exactly: output.count) else {
                throw .corrupt(codec: DeflateCodec.name, offset: 0, reason: "a size of 4 GiB or more")
            }
            inflateReset(stream)
            stream.pointee.next_in = UnsafeMutablePointer(mutating: input.assumingMemoryBound(to: UInt8.self).baseAddress)
            stream.pointee.avail_in = inputCount
            stream.pointee.next_out = output.assumingMemoryBound(to: UInt8.self).baseAddress
            stream.pointee.avail_out = outputCount
            let status = inflate(stream, Z_FINISH)
            if status == Z_MEM_ERROR { throw .outOfMemory(requested: 40 << 10) }
            if let reason = failure(status) {
                throw .corrupt(codec: DeflateCodec.name, offset: input.count - Int(stream.pointee.avail_in), reason: reason)
            }
        }

        /// What is wrong after `inflate` returned `status`; nil when the stream ended with both buffers used up.
        private func failure(_ status: Int32) -> String? {
            switch status {
            case Z_STREAM_END where stream.pointee.avail_in > 0: "bytes follow the end of the DEFLATE stream"
            case Z_STREAM_END where stream.pointee.avail_out > 0: "the DEFLATE stream holds fewer bytes than the raw size"
            case Z_STREAM_END: nil
            case Z_BUF_ERROR where stream.pointee.avail_out == 0: "the DEFLATE stream holds more bytes than the raw size"
            case Z_BUF_ERROR, Z_OK: "the DEFLATE stream ends too early"
            default: stream.pointee.msg.map { String(cString: $0) } ?? "not a DEFLATE stream"
            }
        }
    }
#endif
