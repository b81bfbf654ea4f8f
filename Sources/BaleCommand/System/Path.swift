/// A file name as the system has it: bytes without a zero byte, in any encoding or none.
struct Path: Hashable, Sendable {
    let bytes: [UInt8]

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The name as text, or nil when it is not UTF-8 and so cannot be given to the library.
    var text: String? { String(validating: bytes, as: UTF8.self) }

    /// The name as it may be shown on a terminal.
    var shown: String { isStandardStream ? "(stdin)" : Escaping.name(bytes) }

    /// A single hyphen stands for standard input or output.
    var isStandardStream: Bool { bytes == [UInt8(ascii: "-")] }

    private static let slash = UInt8(ascii: "/")

    /// What follows the last slash, trailing slashes apart. Empty for "/".
    var lastComponent: [UInt8] {
        var end = bytes.count
        while end > 0, bytes[end - 1] == Self.slash { end -= 1 }
        let start = bytes[..<end].lastIndex(of: Self.slash).map { $0 + 1 } ?? 0
        return Array(bytes[start..<end])
    }

    /// The folder that the file is in: "." for a bare name.
    var folder: Path {
        guard let slash = bytes.lastIndex(of: Self.slash) else { return Path(".") }
        return slash == 0 ? Path("/") : Path(bytes[..<slash])
    }

    /// The file of that name in this folder.
    func appending(_ component: some Sequence<UInt8>) -> Path {
        let separator = bytes.isEmpty || bytes.last == Self.slash ? [] : [Self.slash]
        return Path(bytes + separator + Array(component))
    }

    /// Whether the last component ends in the suffix and has something before it.
    func hasSuffix(_ suffix: [UInt8]) -> Bool {
        let name = lastComponent
        return name.count > suffix.count && name.suffix(suffix.count).elementsEqual(suffix)
    }

    /// Calls the body with the name as C wants it.
    func withCString<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
        (bytes + [0]).withUnsafeBufferPointer { terminated in
            terminated.withMemoryRebound(to: CChar.self) { body($0.baseAddress!) }
        }
    }
}
