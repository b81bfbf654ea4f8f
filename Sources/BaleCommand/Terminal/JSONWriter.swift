/// Writes one JSON document (RFC 8259), indented by two blanks, as UTF-8. Integers are written exactly, whatever their
/// size; what would be unsafe on a terminal is escaped, which JSON allows anywhere in a string.
struct JSONWriter {
    private(set) var bytes: [UInt8] = []
    private var depth = 0
    private var needsComma = false

    /// Writes an object whose members the body writes.
    mutating func object(_ body: (inout JSONWriter) -> Void) {
        nested("{", "}", body)
    }

    /// Writes an array of the elements, each written by the body.
    mutating func array<Elements: Sequence>(_ elements: Elements, _ body: (inout JSONWriter, Elements.Element) -> Void) {
        nested("[", "]") { writer in
            for element in elements {
                writer.separate()
                body(&writer, element)
                writer.needsComma = true
            }
        }
    }

    /// Writes the key of the member whose value follows.
    mutating func key(_ name: String) {
        separate()
        quote(name)
        put(": ")
    }

    mutating func member(_ name: String, _ value: String) {
        key(name)
        quote(value)
        needsComma = true
    }

    mutating func member(_ name: String, _ value: some BinaryInteger) {
        key(name)
        put(String(value))
        needsComma = true
    }

    mutating func member(_ name: String, _ value: Bool) {
        key(name)
        put(value ? "true" : "false")
        needsComma = true
    }

    /// An array of strings.
    mutating func member(_ name: String, values: [String]) {
        member(name, array: values) { $0.quote($1) }
    }

    /// An array of integers.
    mutating func member(_ name: String, values: [Int]) {
        member(name, array: values) { $0.put(String($1)) }
    }

    /// A number with six decimals, or null.
    mutating func member(_ name: String, ratio: Double?) {
        key(name)
        put(ratio.map { Figures.fixed($0, decimals: 6) } ?? "null")
        needsComma = true
    }

    mutating func member(_ name: String, object body: (inout JSONWriter) -> Void) {
        key(name)
        object(body)
        needsComma = true
    }

    mutating func member<Elements: Sequence>(
        _ name: String, array elements: Elements, _ body: (inout JSONWriter, Elements.Element) -> Void
    ) {
        key(name)
        array(elements, body)
        needsComma = true
    }

    /// Ends the document's last line.
    mutating func finish() {
        put("\n")
    }

    private mutating func nested(_ open: String, _ close: String, _ body: (inout JSONWriter) -> Void) {
        put(open)
        depth += 1
        needsComma = false
        let start = bytes.count
        body(&self)
        depth -= 1
        if bytes.count > start { newLine() }
        put(close)
        needsComma = false
    }

    private mutating func separate() {
        if needsComma { put(",") }
        needsComma = false
        newLine()
    }

    private mutating func newLine() {
        put("\n")
        for _ in 0..<depth { put("  ") }
    }

    private mutating func put(_ text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func quote(_ text: String) {
        put("\"")
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": put("\\\"")
            case "\\": put("\\\\")
            case "\n": put("\\n")
            case "\t": put("\\t")
            case "\r": put("\\r")
            default:
                if Escaping.isUnsafe(scalar) {
                    for unit in String(scalar).utf16 { put("\\u" + Hexadecimal.text(unit)) }
                } else {
                    put(String(scalar))
                }
            }
        }
        put("\"")
    }
}
