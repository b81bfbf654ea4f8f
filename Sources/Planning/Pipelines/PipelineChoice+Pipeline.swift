package import Codecs
internal import Format

extension PipelineChoice {
    /// The pipeline that runs.
    /// - Throws: `unknownName`, `wrongChildren`, `tooDeep`, `tooLarge`.
    package func pipeline(_ settings: EncoderSettings) throws(PipelineChoiceError) -> Pipeline {
        let pipeline = try pipeline(settings, depth: 1)
        guard pipeline.descriptor.isEncodable else { throw .tooLarge(limit: FormatLimits.maximumDescriptorSize) }
        return pipeline
    }

    private func pipeline(_ settings: EncoderSettings, depth: Int) throws(PipelineChoiceError) -> Pipeline {
        guard depth <= Pipeline.maximumDepth else { throw .tooDeep(limit: Pipeline.maximumDepth) }
        guard let entry = PipelineCatalog.entry(named: name) else { throw .unknownName(name) }
        switch entry.recipe {
        case .leaf(let makeCodec):
            guard children.isEmpty else { throw .wrongChildren(name: name, expected: 0, found: children.count) }
            return Pipeline(makeCodec(settings))
        case .branch(let makeCodec, let usual):
            let codec = makeCodec(settings)
            let count = codec.streamNames.count
            var streams: [Pipeline] = []
            for choice in try children.isEmpty ? Self.parse(usual) : children {
                streams.append(try choice.pipeline(settings, depth: depth + 1))
            }
            if streams.count == 1 { streams = Array(repeating: streams[0], count: count) }
            guard streams.count == count else { throw .wrongChildren(name: name, expected: count, found: children.count) }
            return Pipeline(codec, streams)
        }
    }

    private static func parse(_ expressions: [String]) throws(PipelineChoiceError) -> [PipelineChoice] {
        var choices: [PipelineChoice] = []
        for expression in expressions { choices.append(try PipelineChoice(parsing: expression)) }
        return choices
    }
}
