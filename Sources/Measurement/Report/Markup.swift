/// Text of any origin into HTML and SVG.
enum Markup {
    /// The text for element content and for attribute values in double quotes. Characters that show nothing, or that turn the direction
    /// of what follows, become visible signs: a file name cannot pretend to be another one.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(visible(scalar))
            }
        }
        return result
    }

    /// A name in running text: its direction does not reach beyond it.
    static func name(_ text: String) -> String {
        "<bdi>\(escaped(text))</bdi>"
    }

    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        // Unicode's control pictures stand in the order of the controls.
        case 0...0x1F: Unicode.Scalar(0x2400 + scalar.value) ?? replacement
        case 0x7F: "\u{2421}"
        // The C1 controls, zero width and direction marks, line separators, embeddings and isolates, byte order mark, non-characters.
        case 0x80...0x9F, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFFE, 0xFFFF: replacement
        default: scalar
        }
    }

    private static let replacement: Unicode.Scalar = "\u{FFFD}"
}
