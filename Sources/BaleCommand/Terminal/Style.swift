#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Colours, sparingly: only on a terminal, and not when NO_COLOR is set (no-color.org) or the terminal is a dumb one.
struct Style: Sendable {
    enum Colour: String {
        case bold = "1"
        case red = "31"
        case yellow = "33"
    }

    private let isOn: Bool

    init(descriptor: Int32) {
        isOn = isatty(descriptor) == 1 && environmentVariable("NO_COLOR") == nil && environmentVariable("TERM") != "dumb"
    }

    /// The text between the codes, or the text alone.
    func paint(_ text: String, _ colour: Colour) -> String {
        guard isOn, !text.isEmpty else { return text }
        return "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m"
    }
}
