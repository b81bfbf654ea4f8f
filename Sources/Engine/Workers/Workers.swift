internal import Synchronization

/// Runs `body` on `count` workers at once, each a child task on a thread of its own, and returns when all have.
///
/// The first failure calls `abort`, which must make the others return soon, and is thrown after they did. Cancellation of the
/// calling task does the same.
///
/// - Parameter callerTakesPart: the last worker runs on the calling task's executor, and one thread less is started. System calls and
///   decoding then block that executor, which must have nothing else to do.
func withWorkers(
    _ count: Int, callerTakesPart: Bool, abort: @escaping @Sendable () -> Void,
    _ body: @escaping @Sendable () async throws(EngineError) -> Void
) async throws(EngineError) {
    let threads = callerTakesPart ? count - 1 : count
    let executor: WorkerExecutor
    do {
        executor = try WorkerExecutor(threads: threads)
    } catch {
        throw .system(error)
    }
    defer { executor.shutDown() }
    let failure = FirstFailure(abort)
    await withTaskCancellationHandler {
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<count {
                // Without a preference of its own a child runs where its parent does.
                group.addTask(executorPreference: number < threads ? executor : nil) {
                    do throws(EngineError) {
                        try await body()
                    } catch {
                        failure.record(error)
                    }
                }
            }
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
