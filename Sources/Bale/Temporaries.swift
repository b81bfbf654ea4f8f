#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif
internal import Engine
internal import Synchronization

/// The temporary files of this process that have not got their final names yet.
public enum Temporaries {
    static let registry = TemporaryRegistry()

    /// Unlinks them all. For a program that is about to end by a signal: call it from a thread that waits for signals, not from a handler.
    ///
    /// From then on no ``ResultFile`` is made or committed; it fails with ``BaleError/Kind/cancelled``.
    public static func removeAll() { registry.removeAll() }
}

/// Every temporary is made, put in place and removed under one lock, so that a signal finds all there are and none comes after.
final class TemporaryRegistry: Sendable {
    private struct State {
        var names: Set<FileName> = []
        var isClosed = false
    }

    private let state = Mutex(State())

    /// Creates a file that only its owner can read.
    /// - Returns: its descriptor, open for reading and writing.
    func create(_ name: FileName) throws(SystemError) -> Int32 {
        try state.withLock { (state) throws(SystemError) in
            if state.isClosed { throw SystemError("open", ECANCELED) }
            let number = try name.open(O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW, mode: 0o600)
            state.names.insert(name)
            return number
        }
    }

    /// Gives a temporary its final name by `move`, which leaves it as it was when it fails.
    func place(_ name: FileName, by move: () throws(SystemError) -> Void) throws(SystemError) {
        try state.withLock { (state) throws(SystemError) in
            if state.isClosed { throw SystemError("rename", ECANCELED) }
            try move()
            state.names.remove(name)
        }
    }

    func remove(_ name: FileName) {
        state.withLock { state in
            if state.names.remove(name) != nil { _ = name.withCString { unlink($0) } }
        }
    }

    func removeAll() {
        state.withLock { state in
            state.isClosed = true
            for name in state.names { _ = name.withCString { unlink($0) } }
            state.names = []
        }
    }
}
