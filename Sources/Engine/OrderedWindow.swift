internal import Synchronization

/// Owns the order of the output and the bound on memory: a fixed number of buffers, of which one is taken before a block is begun
/// and given back when that block was written.
///
/// Blocks are finished in any order. Whoever hands in the block that is next writes it and all that follow without a gap; others only
/// leave theirs and go on. So one task writes at a time, and a kernel that serialises writes to one file costs nothing more.
final class OrderedWindow<Buffer: Sendable>: Sendable {
    private struct State {
        var free: [Buffer]
        var waiting: [CheckedContinuation<Buffer?, Never>] = []
        /// Finished blocks by ordinal modulo the number of buffers.
        var finished: [Buffer?]
        var next: UInt64 = 0
        var isWriting = false
        var isClosed = false
    }

    private let state: Mutex<State>

    init(_ buffers: [Buffer]) {
        state = Mutex(State(free: buffers, finished: Array(repeating: nil, count: buffers.count)))
    }

    /// A free buffer, as soon as there is one; nil once the window was closed. Take it before the block's ordinal is known: the
    /// block that is next in order then always has one, and the others cannot starve it.
    func take() async -> Buffer? {
        await withCheckedContinuation { continuation in
            let now: Buffer?? = state.withLock { state in
                if state.isClosed { return .some(nil) }
                if let buffer = state.free.popLast() { return buffer }
                state.waiting.append(continuation)
                return .none
            }
            if let now { continuation.resume(returning: now) }
        }
    }

    /// Gives back a buffer that turned out not to be needed.
    func release(_ buffer: Buffer) {
        let waiter = state.withLock { state in Self.release(buffer, &state) }
        waiter?.resume(returning: buffer)
    }

    /// Hands in block number `ordinal`. `write` gets the blocks that are next, in order.
    func submit<Failure: Error>(
        _ buffer: Buffer, ordinal: UInt64, write: ([Buffer]) async throws(Failure) -> Void
    ) async throws(Failure) {
        var batch = state.withLock { state -> [Buffer] in
            state.finished[Int(ordinal % UInt64(state.finished.count))] = buffer
            return state.isWriting ? [] : Self.takeBatch(&state)
        }
        while !batch.isEmpty {
            try await write(batch)
            for buffer in batch { release(buffer) }
            batch = state.withLock { Self.takeBatch(&$0) }
        }
    }

    /// No buffer is given out any more; whoever waits for one gets nil.
    func close() {
        let waiting = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: nil) }
    }

    private static func takeBatch(_ state: inout State) -> [Buffer] {
        var batch: [Buffer] = []
        while true {
            let slot = Int(state.next % UInt64(state.finished.count))
            guard let buffer = state.finished[slot] else { break }
            state.finished[slot] = nil
            state.next += 1
            batch.append(buffer)
        }
        state.isWriting = !batch.isEmpty
        return batch
    }

    private static func release(_ buffer: Buffer, _ state: inout State) -> CheckedContinuation<Buffer?, Never>? {
        if let waiter = state.waiting.popLast() { return waiter }
        state.free.append(buffer)
        return nil
    }
}
