import Synchronization
import Testing

@testable import Engine

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct WorkersTests {
    /// The threads and the numbers of the workers that came.
    private final class Roll: Sendable {
        private let seen = Mutex<(threads: Set<Int>, numbers: Set<Int>)>(([], []))

        /// A number that each thread gets when it first asks. Of `pthread_self` a compiler may take that it is the same behind an `await`.
        static var currentThread: Int {
            if let known = pthread_getspecific(key) { return Int(bitPattern: known) }
            let number = threadCount.add(1, ordering: .relaxed).newValue
            pthread_setspecific(key, UnsafeRawPointer(bitPattern: number))
            return number
        }
        private static let threadCount = Atomic(0)
        private static let key: pthread_key_t = {
            var key = pthread_key_t()
            pthread_key_create(&key, nil)
            return key
        }()

        var threads: Set<Int> { seen.withLock { $0.threads } }
        var numbers: Set<Int> { seen.withLock { $0.numbers } }

        /// Returns when `count` threads were here: one alone may begin several workers, each when the other yields.
        func meet(_ number: Int, of count: Int) async {
            repeat {
                seen.withLock {
                    $0.threads.insert(Self.currentThread)
                    $0.numbers.insert(number)
                }
                await Task.yield()
            } while threads.count < count
        }
    }

    @Test(arguments: [1, 2, 3], [false, true])
    func eachHasAThreadOfItsOwn(count: Int, callerWorks: Bool) async throws {
        let executor = try WorkerExecutor(threads: 1)
        defer { executor.shutDown() }
        try await withTaskExecutorPreference(executor) {
            let (caller, roll) = (Roll.currentThread, Roll())
            try await WorkerExecutor.$ownsCallingThread.withValue(callerWorks) {
                try await withWorkers(count, abort: {}) { (number) async throws(EngineError) in await roll.meet(number, of: count) }
            }
            #expect(roll.numbers == Set(0..<count))
            #expect(roll.threads.count == count)
            #expect(roll.threads.contains(caller) == callerWorks)
        }
    }

    @Test func theFirstFailureOfTheCallersWorkerIsThrown() async throws {
        let aborted = Atomic(false)
        await #expect {
            try await WorkerExecutor.$ownsCallingThread.withValue(true) {
                try await withWorkers(1, abort: { aborted.store(true, ordering: .relaxed) }) { (_) async throws(EngineError) in
                    throw .cancelled
                }
            }
        } throws: {
            if case EngineError.cancelled = $0 { true } else { false }
        }
        let wasAborted = aborted.load(ordering: .relaxed)
        #expect(wasAborted)
    }

    @Test func aProgramRunsOnTheCallingThread() {
        let roll = Roll()
        let caller = Roll.currentThread
        WorkerExecutor.run {
            #expect(WorkerExecutor.ownsCallingThread)
            await roll.meet(0, of: 1)
        }
        #expect(roll.threads == [caller])
    }
}
