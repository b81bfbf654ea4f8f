package import Codecs

extension PipelineChoice {
    /// The pipeline that runs.
    /// - Throws: `unknownName`, `wrongChildren`, `tooDeep`.
    package func pipeline(_ settings: EncoderSettings) throws(PipelineChoiceError) -> Pipeline {
        try pipeline(settings, depth: 1)
    }

    private func pipeline(_ settings: EncoderSettings, depth: Int) throws(PipelineChoiceError) -> Pipeline {
        guard depth <= Pipeline.maximumDepth else { throw .tooDeep(limit: Pipeline.maximumDepth) }
        guard let entry = PipelineCatalog.entry(named: name) else { throw .unknownName(name) }
        switch entry.recipe {
        case .leaf(let makeCodec):
            guard children.isEmpty else { throw .wrongChildren(name: name, expected: 0, found: children.count) }
            return Pipeline(makeCodec(settings))
        case .branch(let makeCodec, let usual):
            var streams: [Pipeline] = []
            for choice in try children.isEmpty ? Self.parse(usual) : children {
                streams.append(try choice.pipeline(settings, depth: depth + 1))
            }
            guard streams.count == usual.count else {
                throw .wrongChildren(name: name, expected: usual.count, found: streams.count)
            }
            return Pipeline(makeCodec(settings), streams)
        }
    }

    private static func parse(_ expressions: [String]) throws(PipelineChoiceError) -> [PipelineChoice] {
        var choices: [PipelineChoice] = []
        for expression in expressions { choices.append(try PipelineChoice(parsing: expression)) }
        return choices
    }
}
