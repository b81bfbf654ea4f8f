/// A pipeline as the user asks for it: names, not yet codecs. `runlength(huffman,deflate)` is a name with two children.
package struct PipelineChoice: Sendable, Hashable {
    package let name: String
    /// One for each stream of the codec, or one for all of them; empty means the usual ones.
    package let children: [PipelineChoice]

    package init(name: String, children: [PipelineChoice] = []) {
        self.name = name
        self.children = children
    }

    /// Reads an expression: `choice := name [ "(" choice { "," choice } ")" ]`, without blanks.
    /// - Throws: `syntax` with the place where the expression stops making sense.
    package init(parsing expression: String) throws(PipelineChoiceError) {
        var parser = PipelineExpressionParser(expression)
        self = try parser.parseWhole()
    }

    package var expression: String {
        children.isEmpty ? name : "\(name)(\(children.map(\.expression).joined(separator: ",")))"
    }
}

/// Why an expression names no pipeline.
package enum PipelineChoiceError: Error, Hashable, Sendable {
    /// `offset` counts the bytes of the expression.
    case syntax(expression: String, offset: Int)
    case unknownName(String)
    case wrongChildren(name: String, expected: Int, found: Int)
    case tooDeep(limit: Int)
    /// What a block would say of the pipeline takes more than `limit` bytes.
    case tooLarge(limit: Int)
}

extension PipelineChoiceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .syntax(let expression, let offset): "'\(expression)' is not a pipeline: cannot read it from character \(offset + 1) on"
        case .unknownName(let name): "there is no pipeline '\(name)' (bale pipelines lists them)"
        case .wrongChildren(let name, 0, _): "'\(name)' takes no pipelines in brackets"
        case .wrongChildren(let name, 1, let found): "'\(name)' takes 1 pipeline in brackets, not \(found)"
        case .wrongChildren(let name, let expected, let found): "'\(name)' takes one pipeline in brackets or \(expected), not \(found)"
        case .tooDeep(let limit): "more than \(limit) pipelines inside each other"
        case .tooLarge(let limit): "the pipeline has too many parts: its description in each block would take more than \(limit) bytes"
        }
    }
}
