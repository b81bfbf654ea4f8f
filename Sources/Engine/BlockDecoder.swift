internal import Codecs
internal import Format
internal import KernelDispatch

/// Turns the payload in a buffer back into raw bytes and checks both. One for each worker.
struct BlockDecoder {
    private let scratch = ScratchArena()

    /// Bytes of scratch taken so far.
    var footprint: Int { scratch.footprint }

    /// Leaves what is wrong in the buffer's `failure`.
    /// - Parameter decodes: false checks the stored bytes only.
    func decode(_ buffer: BlockBuffer, decodes: Bool) {
        guard buffer.failure == nil else { return }
        buffer.failure = damage(in: buffer, decodes: decodes).map { buffer.place.damage($0) }
    }

    private func damage(in buffer: BlockBuffer, decodes: Bool) -> BlockDamage.Reason? {
        let frame = buffer.frame
        guard KernelSet.current.hash64(buffer.payload) == frame.storedHash else { return .storedHash }
        // Stored as it is: the header's two hashes are one (checked by Format), and the payload is the output.
        guard decodes, !frame.isStored else { return nil }
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let raw = UnsafeMutableRawBufferPointer(rebasing: buffer.raw[..<frame.rawSize])
        do throws(CodecError) {
            try Pipeline(descriptor: frame.pipeline).decode(buffer.payload, into: raw, scratch: scratch)
        } catch {
            return .codec(error)
        }
        return KernelSet.current.hash64(buffer.rawBytes) == frame.rawHash ? nil : .rawHash
    }
}
