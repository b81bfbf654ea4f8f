internal import Bale

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Why one file, or the whole run, did not succeed: a sentence, what to do about it, and the exit status.
struct Failure: Error, Sendable {
    var status: ExitStatus
    var message: String
    var remedy: String?
    /// The name of the error for `--json`.
    var kind: String
    /// What the library said, which has the place apart from the message.
    var cause: BaleError?
    /// Somebody closed the pipe that the output goes to. Nobody is told; the whole run ends.
    var isClosedPipe = false

    init(_ status: ExitStatus, _ message: String, remedy: String? = nil, kind: String = "refused") {
        self.status = status
        self.message = message
        self.remedy = remedy
        self.kind = kind
    }

    /// A refusal.
    init(_ message: String, remedy: String? = nil) {
        self.init(.environment, message, remedy: remedy)
    }

    /// A wrong command line.
    static func usage(_ message: String, remedy: String? = "try 'bale --help'") -> Failure {
        Failure(.environment, message, remedy: remedy, kind: "usage")
    }

    /// The system refused; call it before anything else can change `errno`.
    static func system(_ what: String, _ number: Int32 = errno) -> Failure {
        let reason = systemMessage(number)
        var failure = Failure(.environment, what.isEmpty ? reason : "\(what): \(reason)", kind: "system")
        failure.isClosedPipe = number == EPIPE
        return failure
    }

    /// The sentence as it is printed after the name of the file.
    var line: String {
        guard let remedy else { return message }
        return "\(message); \(remedy)"
    }
}

extension Failure {
    /// A library error, with the advice that the command can give and the library cannot.
    /// - Parameter advises: false where the advice is what the user is doing already.
    init(_ error: BaleError, advises: Bool = true) {
        self.init(ExitStatus(error.kind), error.description, remedy: advises ? Self.remedy(for: error) : nil, kind: error.kind.name)
        cause = error
        isClosedPipe = error.kind == .system && error.errorNumber == EPIPE
    }

    private static func remedy(for error: BaleError) -> String? {
        switch error.kind {
        case .damaged, .truncated:
            // A block that can be named can be left out; where not even a header is there, nothing can be had.
            if error.block != nil {
                "'bale -d --keep-going' or 'bale salvage' get the other blocks"
            } else {
                "'bale salvage' gets what is intact"
            }
        case .trailingBytes: "--ignore-trailing accepts them"
        case .unsupported: "a later Bale may read it"
        case .internalError: "this is a bug, please report it"
        case .system, .invalidOption, .limitExceeded, .notAnArchive, .cancelled: nil
        }
    }
}

extension BaleError.Kind {
    /// The name used in JSON output.
    var name: String {
        switch self {
        case .system: "system"
        case .invalidOption: "invalid_option"
        case .limitExceeded: "limit_exceeded"
        case .notAnArchive: "not_an_archive"
        case .damaged: "damaged"
        case .truncated: "truncated"
        case .trailingBytes: "trailing_bytes"
        case .unsupported: "unsupported"
        case .cancelled: "cancelled"
        case .internalError: "internal_error"
        }
    }
}

/// The system's text for an error number, with the names users know from every other command.
func systemMessage(_ number: Int32) -> String {
    guard let text = strerror(number) else { return "error \(number)" }
    return String(cString: text)
}
