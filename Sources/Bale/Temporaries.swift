internal import Engine

/// The temporary files of this process that have not got their final names yet.
public enum Temporaries {
    /// Unlinks them all. For a program that is about to end by a signal: call it from a thread that waits for signals, not from a handler.
    public static func removeAll() { Engine.Temporaries.removeAll() }
}
