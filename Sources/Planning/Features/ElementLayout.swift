internal import Codecs

/// How a chunk of numbers can be regrouped before it is coded. The raw values are names of the pipeline catalogue.
package enum ElementLayout: String, Sendable, Hashable, CaseIterable {
    case planes2, planes4, planes8
    case planes2r, planes4r, planes8r
    case delta2, delta4, delta8
    case sparse2, sparse4, sparse8

    /// Byte planes and nothing else, by which the width is chosen; narrow ones first.
    static let plain: [ElementLayout] = [.planes2, .planes4, .planes8]

    /// Zero elements taken out; narrow ones first.
    static let sparse: [ElementLayout] = [.sparse2, .sparse4, .sparse8]

    /// What else can be made of elements of the width of `plain`.
    static func refinements(of plain: ElementLayout) -> [ElementLayout] {
        switch plain {
        case .planes2: [.planes2r, .delta2, .sparse2]
        case .planes4: [.planes4r, .delta4, .sparse4]
        default: [.planes8r, .delta8, .sparse8]
        }
    }

    /// Bytes of an element.
    var width: Int {
        switch self {
        case .planes2, .planes2r, .delta2, .sparse2: 2
        case .planes4, .planes4r, .delta4, .sparse4: 4
        case .planes8, .planes8r, .delta8, .sparse8: 8
        }
    }

    /// The pipeline with `leaf`, the name of a leaf, for all planes.
    func choice(leaf: String) -> PipelineChoice {
        let leaf = PipelineChoice(name: leaf)
        func planes(_ name: String) -> PipelineChoice { PipelineChoice(name: name, children: [leaf]) }
        let children =
            switch self {
            case .planes2, .planes4, .planes8, .planes2r, .planes4r, .planes8r: [leaf]
            case .delta2: [planes("planes2")]
            case .delta4: [planes("planes4")]
            case .delta8: [planes("planes8")]
            // A chunk with few zeros after all, which the codec declines, goes to the values' pipeline.
            case .sparse2: [planes("planes2r"), PipelineChoice(name: "huffman")]
            case .sparse4: [planes("planes4r"), PipelineChoice(name: "huffman")]
            case .sparse8: [planes("planes8r"), PipelineChoice(name: "huffman")]
            }
        return PipelineChoice(name: rawValue, children: children)
    }
}

/// A pipeline for each layout.
struct ElementPipelines: Sendable {
    /// In the order of the layouts.
    private let pipelines: [Pipeline]

    /// - Parameter leaf: One of this build's leaves.
    init(leaf: String, _ settings: EncoderSettings) {
        pipelines = ElementLayout.allCases.map { (try? $0.choice(leaf: leaf).pipeline(settings)) ?? Pipeline(StoredCodec()) }
    }

    /// With Huffman codes, as layouts are compared.
    static let order0 = ElementPipelines(leaf: "huffman", EncoderSettings(forcedAtLevel: 1))

    subscript(_ layout: ElementLayout) -> Pipeline { pipelines[ElementLayout.allCases.firstIndex(of: layout) ?? 0] }
}
