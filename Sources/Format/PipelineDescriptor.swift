/// What the file says of a block's pipeline: a tree of codec numbers and opaque parameters.
package struct PipelineDescriptor: Hashable, Sendable {
    package var codec: CodecID
    package var parameters: [UInt8]
    /// One pipeline for each stream that the codec splits its input into, in the codec's order; none for a leaf.
    package var children: [PipelineDescriptor]

    package init(codec: CodecID, parameters: [UInt8] = [], children: [PipelineDescriptor] = []) {
        self.codec = codec
        self.parameters = parameters
        self.children = children
    }
}
