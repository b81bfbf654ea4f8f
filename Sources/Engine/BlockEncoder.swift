internal import Codecs
internal import KernelDispatch
internal import Planning

/// Turns the raw bytes in a buffer into a payload: measure, choose, encode, hash. One for each worker.
struct BlockEncoder {
    let selector: any Selector
    /// Decode every block and compare before it is handed on.
    let checks: Bool
    private let scratch = ScratchArena()

    /// Bytes of scratch taken so far.
    var footprint: Int { scratch.footprint }

    init(selector: any Selector, checks: Bool) {
        self.selector = selector
        self.checks = checks
    }

    func encode(_ chunk: Chunk, in buffer: BlockBuffer) throws(EngineError) {
        buffer.frame = BlockFrame(ordinal: chunk.ordinal, rawSize: chunk.count, isFinal: chunk.isFinal)
        let raw = buffer.rawBytes
        buffer.payload = raw
        buffer.frame.rawHash = KernelSet.current.hash64(raw)
        buffer.frame.storedHash = buffer.frame.rawHash
        // Empty only where the input ended earlier than it had announced.
        guard !raw.isEmpty else { return }
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        do {
            let pipeline = try selector.choose(raw, scratch: scratch)
            let encoded = try pipeline.encode(raw, into: buffer.stored, scratch: scratch)
            buffer.frame.pipeline = encoded.descriptor
            buffer.payload = encoded.payload
        } catch {
            throw .encoding(error)
        }
        if buffer.payload.baseAddress != raw.baseAddress {
            buffer.frame.storedHash = KernelSet.current.hash64(buffer.payload)
            if checks { try check(buffer) }
        }
    }

    /// Encoders can be wrong too: zlib's CVE-2018-25032, zstd's issue 3517.
    private func check(_ buffer: BlockBuffer) throws(EngineError) {
        do {
            let decoded = try scratch.allocate(buffer.frame.rawSize)
            try Pipeline(descriptor: buffer.frame.pipeline).decode(buffer.payload, into: decoded, scratch: scratch)
            if KernelSet.current.hash64(UnsafeRawBufferPointer(decoded)) == buffer.frame.rawHash { return }
        } catch .outOfMemory(let requested) {
            throw .encoding(.outOfMemory(requested: requested))
        } catch {}
        throw .checkFailed(block: buffer.frame.ordinal)
    }
}
