/// A tree of codecs that runs: the codecs with their encoding settings, and one child for each stream of a branch.
package struct Pipeline: Sendable {
    package let root: Root
    /// The same codec, for what both kinds have.
    package let codec: any Codec
    package let children: [Pipeline]

    package init(_ codec: any LeafCodec) {
        root = .leaf(codec)
        self.codec = codec
        children = []
    }

    package init(_ codec: any BranchCodec, _ children: [Pipeline]) {
        precondition(children.count == codec.streamNames.count, "one pipeline for each stream")
        root = .branch(codec)
        self.codec = codec
        self.children = children
    }

    /// For callers that have counted the children already.
    init(root: Root, children: [Pipeline]) {
        self.root = root
        codec = root.codec
        self.children = children
    }
}

extension Pipeline {
    /// A codec as the kind that it is. To ask a value at run time which protocols it has would search all conformances of the program,
    /// once for each codec and protocol: 0.1 ms of a short run.
    package enum Root: Sendable {
        case leaf(any LeafCodec)
        case branch(any BranchCodec)

        var codec: any Codec {
            switch self {
            case .leaf(let codec): codec
            case .branch(let codec): codec
            }
        }

        /// How many children it has.
        var streamCount: Int {
            switch self {
            case .leaf: 0
            case .branch(let codec): codec.streamNames.count
            }
        }
    }
}
