internal import Engine

/// How far an operation is.
public struct Progress: Sendable, Hashable {
    /// Raw bytes that are done.
    public var rawBytes: UInt64
    /// Bytes of the archive that are done.
    public var archiveBytes: UInt64
    /// Bytes of the input that are done.
    public var readBytes: UInt64
    /// Bytes of the input in all; nil for a pipe.
    public var totalBytes: UInt64?
}

/// Is called after each write, from any thread.
public typealias ProgressHandler = @Sendable (Progress) -> Void

extension Progress {
    init(_ progress: EngineProgress) {
        self.init(
            rawBytes: progress.rawBytes, archiveBytes: progress.archiveBytes, readBytes: progress.readBytes,
            totalBytes: progress.totalBytes)
    }

    static func handler(_ handler: ProgressHandler?) -> EngineProgressHandler? {
        guard let handler else { return nil }
        return { progress in handler(Progress(progress)) }
    }
}
