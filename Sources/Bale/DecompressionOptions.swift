internal import Engine

/// How to decompress, verify and salvage.
public struct DecompressionOptions: Sendable, Hashable {
    /// Worker threads; 0 takes as many as the process may use.
    public var threads = 0
    /// Bytes of memory at most.
    public var memoryLimit: Int?
    /// Refuse to write more raw bytes than this.
    public var maximumOutput: UInt64?
    /// Write zeros in the place of a damaged block, report it and go on.
    public var keepsGoing = false
    /// Accept bytes after the last archive that are none.
    public var ignoresTrailingBytes = false
    /// Leave holes where pages are zero: in a new file, and in a regular file that is open and empty, unless for appending.
    public var writesSparse = true
    /// One of the workers runs where the caller's task does, so that a thread less is started. For a caller whose executor has nothing
    /// else to do meanwhile: the command.
    package var callerTakesPart = false

    /// Creates the default options: all threads, stop at the first damage.
    public init() {}
}

extension DecompressionOptions {
    func engine(_ checks: DecompressionEngine.Checks = .full) -> DecompressionEngine {
        DecompressionEngine(
            workers: workerCount(threads), callerTakesPart: callerTakesPart, memoryLimit: memoryLimit, outputLimit: maximumOutput,
            keepsGoing: keepsGoing, ignoresTrailingBytes: ignoresTrailingBytes, checks: checks)
    }
}
