internal import Engine
internal import Synchronization

/// Hands byte arrays from the task that makes them to the one that takes them. The maker waits until its array was taken.
final class ByteChannel: ByteSink {
    private enum Item {
        case bytes([UInt8])
        case end(BaleError?)
    }

    private struct State {
        var item: Item?
        var taker: CheckedContinuation<Item, Never>?
        var maker: CheckedContinuation<Void, Never>?
        var isCancelled = false
    }

    private let state = Mutex(State())

    func write(_ parts: [UnsafeRawBufferPointer]) async throws(EngineError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(parts.reduce(0) { $0 + $1.count })
        for part in parts { bytes.append(contentsOf: part) }
        guard !bytes.isEmpty else { return }
        put(.bytes(bytes))
        await waitUntilTaken()
        if state.withLock({ $0.isCancelled }) { throw .cancelled }
    }

    /// Ends the stream, with an error or without.
    func finish(_ error: BaleError?) { put(.end(error)) }

    /// The taker has gone: lets the maker fail.
    func cancel() {
        let maker = state.withLock { state in
            state.isCancelled = true
            return state.maker.take()
        }
        maker?.resume()
    }

    /// The next bytes; nil at the end, and ever after.
    func next() async throws(BaleError) -> [UInt8]? {
        switch await take() {
        case .bytes(let bytes): return bytes
        case .end(let error):
            put(.end(nil))
            if let error { throw error }
            return nil
        }
    }

    private func put(_ item: Item) {
        let taker = state.withLock { state in
            let taker = state.taker.take()
            if taker == nil { state.item = item }
            return taker
        }
        taker?.resume(returning: item)
    }

    private func waitUntilTaken() async {
        await withCheckedContinuation { continuation in
            let isTaken = state.withLock { state in
                guard state.item != nil, !state.isCancelled else { return true }
                state.maker = continuation
                return false
            }
            if isTaken { continuation.resume() }
        }
    }

    private func take() async -> Item {
        await withCheckedContinuation { continuation in
            let (item, maker) = state.withLock { state -> (Item?, CheckedContinuation<Void, Never>?) in
                guard let item = state.item.take() else {
                    state.taker = continuation
                    return (nil, nil)
                }
                return (item, state.maker.take())
            }
            maker?.resume()
            if let item { continuation.resume(returning: item) }
        }
    }
}
