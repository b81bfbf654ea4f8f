internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Everything the command says: text results to standard output, messages and the progress line to standard error.
/// Written with write(2) and checked, so that a full disk is an error and not a shorter result.
final class Console: Sendable {
    private struct State {
        var pendingOutput: [UInt8] = []
        var outputError: Int32 = 0
        var hasWrittenOutput = false
        var progressIsShown = false
    }

    private let state = Mutex(State())
    /// 0 as a rule; one more per -v, one less per -q.
    let verbosity: Int
    private let messageStyle: Style

    /// Bytes of text collected before they are written.
    private static let outputBufferSize = 64 << 10

    init(verbosity: Int) {
        self.verbosity = verbosity
        messageStyle = Style(descriptor: STDERR_FILENO)
    }

    /// Adds text to standard output.
    func print(_ text: String) {
        print(Array(text.utf8))
    }

    /// Adds bytes to standard output.
    func print(_ bytes: [UInt8]) {
        state.withLock { state in
            state.pendingOutput += bytes
            if state.pendingOutput.count >= Self.outputBufferSize { Self.flush(&state) }
        }
    }

    /// Writes out what is collected. Throws the first error that standard output ever had.
    func flush() throws(Failure) {
        let error = state.withLock { state in
            Self.flush(&state)
            return state.outputError
        }
        if error != 0 { throw .system("cannot write to standard output", error) }
    }

    /// Flushes and, when something went to standard output, closes it: file systems may report a full disk only then.
    func finish(outputWasUsed: Bool) throws(Failure) {
        try flush()
        let isUsed = outputWasUsed || state.withLock { $0.hasWrittenOutput }
        if isUsed, close(STDOUT_FILENO) != 0, errno != EINTR { throw .system("cannot close standard output") }
    }

    /// An error; -qq silences it.
    func error(_ name: String?, _ text: String) {
        if verbosity >= -1 { message(name, text, label: "", colour: .red) }
    }

    /// A warning; -q silences it.
    func warning(_ name: String?, _ text: String) {
        if verbosity >= 0 { message(name, text, label: "warning: ", colour: .yellow) }
    }

    /// Said with -v, or with as many v as the level.
    func note(_ text: @autoclosure () -> String, level: Int = 1) {
        if verbosity >= level { writeMessage(Escaping.message(text()) + "\n") }
    }

    /// Replaces the progress line; an empty text removes it.
    func showProgress(_ line: String) {
        state.withLock { state in
            guard state.progressIsShown || !line.isEmpty else { return }
            Self.writeError("\r\u{1B}[K" + Escaping.message(line))
            state.progressIsShown = !line.isEmpty
        }
    }

    private func message(_ name: String?, _ text: String, label: String, colour: Style.Colour) {
        let place = name.map { $0 + ": " } ?? ""
        writeMessage(messageStyle.paint("bale: ", .bold) + messageStyle.paint(label, colour) + Escaping.message(place + text) + "\n")
    }

    private func writeMessage(_ line: String) {
        state.withLock { state in
            Self.writeError((state.progressIsShown ? "\r\u{1B}[K" : "") + line)
            state.progressIsShown = false
        }
    }

    /// Nobody can be told when this fails.
    private static func writeError(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { writeAll($0, to: STDERR_FILENO) }
    }

    private static func flush(_ state: inout State) {
        guard !state.pendingOutput.isEmpty else { return }
        state.hasWrittenOutput = true
        if state.outputError == 0 {
            state.outputError = state.pendingOutput.withUnsafeBytes { writeAll($0, to: STDOUT_FILENO) }
        }
        state.pendingOutput.removeAll(keepingCapacity: true)
    }
}
