/// Bytes of an element of a transform: the input is cut into elements from its first byte on, and what is left at the end, less
/// than an element, is the remainder.
package enum ElementWidth: Int, CaseIterable, Sendable {
    case one = 1
    case two = 2
    case four = 4
    case eight = 8

    /// How many whole elements `byteCount` bytes hold.
    func elementCount(of byteCount: Int) -> Int { byteCount / rawValue }

    /// How many bytes follow the last whole element.
    func remainder(of byteCount: Int) -> Int { byteCount % rawValue }
}

extension BranchCodec {
    /// An error at byte `offset` of a decoded stream.
    func corrupt(stream: Int, at offset: Int, _ reason: String) -> CodecError {
        .corrupt(codec: "\(label) \(streamNames[stream])", offset: offset, reason: reason)
    }

    /// - Throws: `corrupt` unless the stream has the one size that the element count gives it.
    func checkSize(_ streams: [UnsafeRawBufferPointer], _ stream: Int, is expected: Int) throws(CodecError) {
        let count = streams[stream].count
        guard count == expected else {
            throw corrupt(stream: stream, at: min(count, expected), "\(count) bytes where \(expected) belong")
        }
    }
}

extension UnsafeMutableRawBufferPointer {
    /// Copies the last `remainder` bytes of `source` to this buffer's end.
    func copyEnd(of source: UnsafeRawBufferPointer, _ remainder: Int) {
        UnsafeMutableRawBufferPointer(rebasing: self[(count - remainder)...])
            .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[(source.count - remainder)...]))
    }
}
