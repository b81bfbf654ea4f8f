/// Makes text harmless on a terminal: what a file name holds must not move the cursor, colour the screen or turn
/// the line around.
enum Escaping {
    /// A file name, unambiguous: a backslash is doubled, and a byte that is no UTF-8 is shown as `\xNN`.
    static func name(_ bytes: [UInt8]) -> String {
        var shown = ""
        var decoder = UTF8Scanner(bytes)
        while let step = decoder.next() {
            switch step {
            case .scalar("\\"): shown += "\\\\"
            case .scalar(let scalar): append(scalar, to: &shown)
            case .invalid(let byte): shown += "\\x" + Hexadecimal.text(byte)
            }
        }
        return shown
    }

    /// A whole message that may quote names: only what is not printable is replaced.
    static func message(_ text: String) -> String {
        var shown = ""
        for scalar in text.unicodeScalars { append(scalar, to: &shown) }
        return shown
    }

    /// Controls, and the characters that reorder or break a line (Unicode's bidirectional controls and separators).
    static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x061C, 0x200B, 0x200E...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to shown: inout String) {
        guard isUnsafe(scalar) else {
            shown.unicodeScalars.append(scalar)
            return
        }
        switch scalar {
        case "\n": shown += "\\n"
        case "\t": shown += "\\t"
        case "\r": shown += "\\r"
        default:
            shown += scalar.value < 0x80 ? "\\x" + Hexadecimal.text(UInt8(scalar.value)) : "\\u{" + String(scalar.value, radix: 16) + "}"
        }
    }
}

/// Takes bytes apart into scalars and the single bytes that are no part of one.
struct UTF8Scanner {
    enum Step {
        case scalar(Unicode.Scalar)
        case invalid(UInt8)
    }

    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    mutating func next() -> Step? {
        guard position < bytes.count else { return nil }
        let first = bytes[position]
        let length = Self.sequenceLength(first)
        if let text = String(validating: bytes[position..<min(position + length, bytes.count)], as: UTF8.self),
            let scalar = text.unicodeScalars.first
        {
            position += length
            return .scalar(scalar)
        }
        position += 1
        return .invalid(first)
    }

    /// Bytes of the sequence that a first byte announces; 1 for one that cannot be first.
    private static func sequenceLength(_ first: UInt8) -> Int {
        switch first {
        case 0xC2...0xDF: 2
        case 0xE0...0xEF: 3
        case 0xF0...0xF4: 4
        default: 1
        }
    }
}

/// Numbers in base 16, lower case, with leading zeros.
enum Hexadecimal {
    static func text<Number: FixedWidthInteger & UnsignedInteger>(_ number: Number) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: Number.bitWidth / 4 - digits.utf8.count) + digits
    }
}
