internal import Codecs

/// Recursive descent over the bytes of a pipeline expression.
struct PipelineExpressionParser {
    private let expression: String
    private let bytes: [UInt8]
    private var offset = 0

    init(_ expression: String) {
        self.expression = expression
        bytes = Array(expression.utf8)
    }

    mutating func parseWhole() throws(PipelineChoiceError) -> PipelineChoice {
        let choice = try parseChoice(depth: 1)
        guard offset == bytes.count else { throw .syntax(expression: expression, offset: offset) }
        return choice
    }

    private mutating func parseChoice(depth: Int) throws(PipelineChoiceError) -> PipelineChoice {
        guard depth <= Pipeline.maximumDepth else { throw .tooDeep(limit: Pipeline.maximumDepth) }
        let start = offset
        while offset < bytes.count, Self.isNameByte(bytes[offset]) { offset += 1 }
        guard offset > start else { throw .syntax(expression: expression, offset: offset) }
        let name = String(decoding: bytes[start..<offset], as: UTF8.self)
        guard take("(") else { return PipelineChoice(name: name) }
        var children = [try parseChoice(depth: depth + 1)]
        while take(",") { children.append(try parseChoice(depth: depth + 1)) }
        guard take(")") else { throw .syntax(expression: expression, offset: offset) }
        return PipelineChoice(name: name, children: children)
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard offset < bytes.count, bytes[offset] == UInt8(ascii: character) else { return false }
        offset += 1
        return true
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
