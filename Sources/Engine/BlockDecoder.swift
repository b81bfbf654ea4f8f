internal import Codecs
internal import Format
internal import KernelDispatch

/// Turns the payload in a buffer back into raw bytes and checks both. One for each worker, which alone uses it; that is why it may
/// cross tasks.
struct BlockDecoder: @unchecked Sendable {
    private let scratch = ScratchArena()

    /// Bytes of scratch taken so far.
    var footprint: Int { scratch.footprint }

    /// Maps memory for blocks of `blockSize` raw bytes: the streams of one with matches are about half as large as what they make.
    func reserve(blockSize: Int) throws(EngineError) {
        do {
            try scratch.reserve(blockSize / 2)
        } catch {
            throw .codec(error)
        }
    }

    /// Leaves what is wrong in the buffer's `failure`.
    /// - Parameter decodes: false checks the stored bytes only.
    func decode(_ buffer: BlockBuffer, decodes: Bool) {
        guard buffer.failure == nil else { return }
        buffer.failure = failure(in: buffer, decodes: decodes)
    }

    private func failure(in buffer: BlockBuffer, decodes: Bool) -> EngineError? {
        let (frame, place) = (buffer.frame, buffer.place)
        guard KernelSet.current.hash64(buffer.payload) == frame.storedHash else { return place.damage(.storedHash) }
        // Stored as it is: the header's two hashes are one (checked by Format), and the payload is the output.
        guard decodes, !frame.isStored else { return nil }
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let raw = UnsafeMutableRawBufferPointer(rebasing: buffer.raw[..<frame.rawSize])
        do throws(CodecError) {
            try Pipeline(descriptor: frame.pipeline).decode(buffer.payload, into: raw, scratch: scratch)
        } catch .outOfMemory(let requested) {
            // The block may well be intact: not damage, which salvage would replace by zeros.
            return .codec(.outOfMemory(requested: requested))
        } catch {
            return place.damage(.codec(error))
        }
        return KernelSet.current.hash64(buffer.rawBytes) == frame.rawHash ? nil : place.damage(.rawHash)
    }
}
