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

    /// The descriptor of bytes that are stored as they are: the one codec number whose meaning the container needs.
    package static let stored = PipelineDescriptor(codec: CodecID(rawValue: 0))

    /// Nodes from here to the deepest leaf.
    package var depth: Int {
        var deepest = 0
        for child in children { deepest = max(deepest, child.depth) }
        return 1 + deepest
    }

    /// Bytes on disk.
    package var encodedSize: Int {
        var size = FormatLimits.minimumDescriptorSize + parameters.count
        for child in children { size += child.encodedSize }
        return size
    }
}
