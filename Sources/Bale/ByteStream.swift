internal import Engine

/// Byte arrays that a compressor or decompressor gives as fast as they are taken.
///
/// The work starts with the first call of `next` and is cancelled when the iterator goes away. It can be iterated several times if its
/// source can.
public struct ByteStream: AsyncSequence, Sendable {
    /// Some of the bytes, in order.
    public typealias Element = [UInt8]
    /// Why there are no more.
    public typealias Failure = BaleError

    private let work: @Sendable (any ByteSink) async throws(BaleError) -> Void

    init(_ work: @escaping @Sendable (any ByteSink) async throws(BaleError) -> Void) { self.work = work }

    /// Starts afresh.
    public func makeAsyncIterator() -> AsyncIterator { AsyncIterator(Production(work)) }

    /// Takes the bytes one array after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let production: Production

        fileprivate init(_ production: Production) { self.production = production }

        /// The next bytes; nil after the last.
        public mutating func next() async throws(BaleError) -> [UInt8]? { try await production.next() }
    }
}

/// One run of the work, and the channel that its bytes come through.
private final class Production: @unchecked Sendable {
    private let work: @Sendable (any ByteSink) async throws(BaleError) -> Void
    private let channel = ByteChannel()
    // Only the iterator's one user touches it.
    private var task: Task<Void, Never>?

    init(_ work: @escaping @Sendable (any ByteSink) async throws(BaleError) -> Void) { self.work = work }

    deinit {
        channel.cancel()
        task?.cancel()
    }

    func next() async throws(BaleError) -> [UInt8]? {
        if task == nil {
            task = Task { [work, channel] in
                do throws(BaleError) {
                    try await work(channel)
                    channel.finish(nil)
                } catch {
                    channel.finish(error)
                }
            }
        }
        return try await channel.next()
    }
}
