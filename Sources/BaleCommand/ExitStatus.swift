internal import Bale

/// What the command ends with. This is the one place that says which number means what; a death by signal and a
/// closed pipe are in `Signals`, because there the system makes the number (128 + n).
enum ExitStatus: Int32, Sendable {
    /// Everything asked for was done.
    case success = 0
    /// Usage, input or output, permission, space, or a limit that the user set.
    case environment = 1
    /// An archive is damaged, truncated or not supported, or it is no archive.
    case damaged = 2
    /// Bale broke one of its own rules.
    case internalError = 3
    /// Finished, but an input changed while it was read, or was skipped.
    case incomplete = 4

    /// The order for several files: our own fault before bad archives, before a refusing system, before skipped inputs.
    private var severity: Int {
        switch self {
        case .success: 0
        case .incomplete: 1
        case .environment: 2
        case .damaged: 3
        case .internalError: 4
        }
    }

    /// Keeps the worse of the two.
    mutating func merge(_ other: ExitStatus) {
        if other.severity > severity { self = other }
    }
}

extension ExitStatus {
    /// The status that a library error leads to.
    init(_ kind: BaleError.Kind) {
        switch kind {
        case .system, .invalidOption, .limitExceeded, .cancelled: self = .environment
        case .notAnArchive, .damaged, .truncated, .trailingBytes, .unsupported: self = .damaged
        case .internalError: self = .internalError
        }
    }
}
