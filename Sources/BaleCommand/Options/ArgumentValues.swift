/// A number of bytes as it is written on the command line.
enum SizeArgument {
    /// "4096", "64K", "64KiB", "1.5G" is not one: decimal digits, then a power of 1024 or nothing. Nil when it is not a
    /// size or does not fit.
    static func parse(_ text: some StringProtocol) -> UInt64? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = UInt64(digits), let shift = shifts[text.dropFirst(digits.count).lowercased()] else { return nil }
        let (size, overflow) = number.multipliedReportingOverflow(by: 1 << shift)
        return overflow ? nil : size
    }

    private static let shifts: [String: UInt64] = [
        "": 0, "k": 10, "kib": 10, "m": 20, "mib": 20, "g": 30, "gib": 30, "t": 40, "tib": 40,
    ]
}

/// A part of the content as the user asks for it; where it ends may only be known from the archive.
struct RequestedRange: Hashable, Sendable {
    var lowerBound: UInt64
    /// Nil: to the end of the content.
    var upperBound: UInt64?

    /// "OFFSET:LENGTH", "OFFSET:", "FIRST-LAST" (LAST included, as in HTTP) or "FIRST-". Nil when it is none of them.
    static func parse(_ text: String) -> RequestedRange? {
        guard let mark = text.firstIndex(where: { $0 == ":" || $0 == "-" }), let first = SizeArgument.parse(text[..<mark]) else {
            return nil
        }
        let rest = text[text.index(after: mark)...]
        guard !rest.isEmpty else { return RequestedRange(lowerBound: first, upperBound: nil) }
        guard let second = SizeArgument.parse(rest) else { return nil }
        let isLength = text[mark] == ":"
        let (end, overflow) = isLength ? first.addingReportingOverflow(second) : second.addingReportingOverflow(1)
        guard !overflow, end >= first, isLength || second >= first else { return nil }
        return RequestedRange(lowerBound: first, upperBound: end)
    }

    /// The part of a content of that size, or nil when it begins beyond the end.
    func resolved(size: UInt64) -> Range<UInt64>? {
        guard lowerBound <= size else { return nil }
        return lowerBound..<min(upperBound ?? size, size)
    }
}
