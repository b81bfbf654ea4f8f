internal import Bale
internal import Synchronization

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The one line that tells how far the current file is. Workers leave snapshots; a thread of its own draws the
/// newest ten times a second.
final class ProgressBar: Sendable {
    private struct State {
        var name = ""
        var startedAt: UInt64 = 0
        var snapshot: Progress?
    }

    private let state = Mutex(State())
    private let console: Console

    init(console: Console) {
        self.console = console
    }

    /// Starts the thread that draws; without it there is no progress line.
    func startDrawing() {
        _ = startThread { [self] in
            while true {
                var pause = timespec(tv_sec: 0, tv_nsec: 100_000_000)
                nanosleep(&pause, nil)
                draw()
            }
        }
    }

    /// Begins a file and gives the function that the library calls after each block.
    func start(_ name: String) -> ProgressHandler {
        state.withLock { $0 = State(name: name, startedAt: monotonicNanoseconds()) }
        return { [self] snapshot in
            state.withLock { $0.snapshot = snapshot }
        }
    }

    /// Removes the line: the file is done.
    func stop() {
        state.withLock { state in
            state.snapshot = nil
            console.showProgress("")
        }
    }

    /// Draws the newest snapshot. The lock is held until it is on the terminal, so that no line appears after `stop`.
    private func draw() {
        state.withLock { state in
            guard let snapshot = state.snapshot else { return }
            let line = ProgressLine(
                name: state.name, rawBytes: snapshot.rawBytes, archiveBytes: snapshot.archiveBytes, readBytes: snapshot.readBytes,
                totalBytes: snapshot.totalBytes, elapsed: monotonicNanoseconds() - state.startedAt, width: terminalWidth(STDERR_FILENO))
            console.showProgress(line.text)
        }
    }
}

/// The text of the progress line, cut to the width of the terminal: figures first to stay, the name gives way.
struct ProgressLine {
    let name: String
    let rawBytes: UInt64
    let archiveBytes: UInt64
    /// Bytes of the input that are done, and in all where that is known.
    let readBytes: UInt64
    let totalBytes: UInt64?
    /// Nanoseconds since the file was begun.
    let elapsed: UInt64
    /// Columns of the terminal.
    let width: Int

    var text: String {
        let figures = self.figures
        // One column stays free: a full line would wrap on some terminals.
        let room = width - 1 - figures.count - 2
        guard room >= 8 else { return String(figures.prefix(max(width - 1, 0))) }
        let shown = name.count <= room ? name : "..." + name.suffix(room - 3)
        return "\(shown)  \(figures)"
    }

    private var figures: String {
        let (ratio, redundancy) = Figures.ratio(stored: archiveBytes, raw: rawBytes)
        var parts: [String] = []
        if let share { parts.append("\(UInt64(share * 100)) %") }
        parts.append(Figures.size(rawBytes))
        parts.append("R \(ratio)  D \(redundancy)")
        parts.append(Figures.speed(rawBytes, nanoseconds: elapsed))
        if let secondsLeft { parts.append("\(Figures.duration(seconds: secondsLeft)) left") }
        return parts.joined(separator: "  ")
    }

    /// Between 0 and 1, or nil when the input's size is not known.
    private var share: Double? {
        guard let total = totalBytes, total > 0 else { return nil }
        return min(Double(readBytes) / Double(total), 1)
    }

    private var secondsLeft: UInt64? {
        guard let share, share > 0 else { return nil }
        return UInt64(Double(elapsed) / 1e9 * (1 - share) / share)
    }
}
