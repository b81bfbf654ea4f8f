#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Threads of our own for a task group (SE-0417), so that a blocking system call never stalls Swift's shared pool.
///
/// The threads end when `shutDown` was called and no job is left.
package final class WorkerExecutor: TaskExecutor, @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let jobsChanged = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    // Guarded by `mutex`.
    private var jobs: [UnownedJob] = []
    private var isShutDown = false
    /// The threads that were started. Fewer than asked for are slower, and enough.
    private(set) var threadCount = 0

    /// Whether the thread of the current task may block, and so can be a worker itself.
    @TaskLocal static var ownsCallingThread = false

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(jobsChanged, nil)
    }

    /// - Throws: what the first thread failed with.
    convenience init(threads: Int) throws(SystemError) {
        self.init()
        while threadCount < threads {
            let failure = startThread()
            if failure != 0, threadCount == 0 { throw SystemError("pthread_create", failure) }
            if failure != 0 { return }
            threadCount += 1
        }
    }

    /// Runs a program's one task on the calling thread and returns when it has ended. The thread is one of the workers that the task
    /// asks for: one that exists and runs needs not be started, and a scheduler gives the next one another processor than its.
    package static func run(_ operation: @escaping @Sendable () async -> Void) {
        let executor = WorkerExecutor()
        Task.detached(executorPreference: executor) {
            await $ownsCallingThread.withValue(true, operation: operation)
            executor.shutDown()
        }
        executor.runJobs()
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(jobsChanged)
        mutex.deallocate()
        jobsChanged.deallocate()
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let unowned = UnownedJob(job)
        pthread_mutex_lock(mutex)
        jobs.append(unowned)
        pthread_cond_signal(jobsChanged)
        pthread_mutex_unlock(mutex)
    }

    /// Lets the threads end once the queue is empty. Nothing may be enqueued afterwards.
    func shutDown() {
        pthread_mutex_lock(mutex)
        isShutDown = true
        pthread_cond_broadcast(jobsChanged)
        pthread_mutex_unlock(mutex)
    }

    private func startThread() -> Int32 {
        #if canImport(Darwin)
            var thread: pthread_t?
        #else
            var thread: pthread_t = 0
        #endif
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        defer { pthread_attr_destroy(&attributes) }
        let retained = Unmanaged.passRetained(self)
        let result = pthread_create(&thread, &attributes, workerThreadMain, retained.toOpaque())
        if result != 0 { retained.release() }
        return result
    }

    fileprivate func runJobs() {
        let this = asUnownedTaskExecutor()
        while let job = nextJob() { job.runSynchronously(on: this) }
    }

    private func nextJob() -> UnownedJob? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while jobs.isEmpty {
            if isShutDown { return nil }
            pthread_cond_wait(jobsChanged, mutex)
        }
        return jobs.removeFirst()
    }
}

#if canImport(Darwin)
    private func workerThreadMain(_ executor: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
        Unmanaged<WorkerExecutor>.fromOpaque(executor).takeRetainedValue().runJobs()
        return nil
    }
#else
    private func workerThreadMain(_ executor: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        Unmanaged<WorkerExecutor>.fromOpaque(executor!).takeRetainedValue().runJobs()
        return nil
    }
#endif
