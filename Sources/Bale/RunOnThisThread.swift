internal import Engine

/// Runs a program's one task on the calling thread, and returns when it has ended. Compression and decompression take that thread as one of
/// their workers, and may block it.
///
/// Swift's shared pool would start threads, timers and event queues that a command does not need; for reading a small range that was a
/// quarter of the time.
package func runOnThisThread(_ operation: @escaping @Sendable () async -> Void) { WorkerExecutor.run(operation) }
