/// A tree of codecs that runs: the codecs with their encoding settings, and one child for each stream of a branch.
package struct Pipeline: Sendable {
    package let codec: any Codec
    package let children: [Pipeline]

    package init(_ codec: any LeafCodec) {
        self.codec = codec
        children = []
    }

    package init(_ codec: any BranchCodec, _ children: [Pipeline]) {
        precondition(children.count == codec.streamNames.count, "one pipeline for each stream")
        self.codec = codec
        self.children = children
    }

    /// For callers that have counted the children already.
    init(codec: any Codec, children: [Pipeline]) {
        self.codec = codec
        self.children = children
    }
}
