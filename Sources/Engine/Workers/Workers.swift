internal import Synchronization

/// Runs `body` on `count` workers at once, each a child task on a thread of its own, and returns when all have. Where the calling thread
/// may block it is one of them. `body` gets the worker's number.
///
/// The first failure calls `abort`, which must make the others return soon, and is thrown after they did. Cancellation of the
/// calling task does the same.
func withWorkers(
    _ count: Int, abort: @escaping @Sendable () -> Void, _ body: @escaping @Sendable (Int) async throws(EngineError) -> Void
) async throws(EngineError) {
    let callerWorks = WorkerExecutor.ownsCallingThread
    let executor: WorkerExecutor
    do {
        executor = try WorkerExecutor(threads: callerWorks ? count - 1 : count)
    } catch {
        guard callerWorks else { throw .system(error) }
        executor = WorkerExecutor()
    }
    defer { executor.shutDown() }
    let failure = FirstFailure(abort)
    let work: @Sendable (Int) async -> Void = { number in
        do throws(EngineError) {
            try await body(number)
        } catch {
            failure.record(error)
        }
    }
    await withTaskCancellationHandler {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<executor.threadCount { group.addTask(executorPreference: executor) { await work(number) } }
            if callerWorks { await work(executor.threadCount) }
        }
    } onCancel: {
        failure.record(.cancelled)
    }
    if let error = failure.error { throw error }
}

/// Keeps the first of several failures and tells once that there is one.
private final class FirstFailure: Sendable {
    private let first = Mutex<EngineError?>(nil)
    private let abort: @Sendable () -> Void

    init(_ abort: @escaping @Sendable () -> Void) { self.abort = abort }

    var error: EngineError? { first.withLock { $0 } }

    func record(_ error: EngineError) {
        let isFirst = first.withLock { first in
            defer { first = first ?? error }
            return first == nil
        }
        if isFirst { abort() }
    }
}
