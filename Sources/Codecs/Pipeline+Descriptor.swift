package import Format

extension Pipeline {
    /// Pipelines are trees of at most this many codecs from the root to a leaf.
    package static let maximumDepth = FormatLimits.maximumPipelineDepth

    /// The codec's name, for errors and listings.
    package var name: String { type(of: codec).name }

    /// True when the root keeps its bytes as they are: payload and raw bytes are the same.
    package var isStored: Bool { codec is StoredCodec }

    /// What a file would say of the pipeline if every node ran as it stands. None of a block's descriptors is larger.
    package var descriptor: PipelineDescriptor { descriptor(children: children.map(\.descriptor)) }

    /// The root with these children.
    func descriptor(children: [PipelineDescriptor]) -> PipelineDescriptor {
        PipelineDescriptor(codec: type(of: codec).id, parameters: codec.parameters, children: children)
    }

    /// The pipeline that decodes what a file describes.
    /// - Throws: `unknownCodec`, or `badDescriptor` for parameters or children that a codec does not take.
    package init(descriptor: PipelineDescriptor) throws(CodecError) {
        try self.init(descriptor: descriptor, depth: 1)
    }

    private init(descriptor: PipelineDescriptor, depth: Int) throws(CodecError) {
        guard let entry = CodecCatalog.entry(for: descriptor.codec) else { throw .unknownCodec(descriptor.codec.rawValue) }
        guard depth <= Self.maximumDepth else {
            throw .badDescriptor(codec: entry.name, reason: "more than \(Self.maximumDepth) codecs inside each other")
        }
        let root = try entry.makeCodec(descriptor.parameters)
        var children: [Pipeline] = []
        for child in descriptor.children {
            children.append(try Pipeline(descriptor: child, depth: depth + 1))
        }
        guard children.count == root.streamCount else {
            throw .badDescriptor(codec: entry.name, reason: "\(children.count) children instead of \(root.streamCount)")
        }
        self.init(root: root, children: children)
    }
}

extension PipelineDescriptor {
    /// The tree as text: `planes2r(stored,huffman)`. A codec that this build does not have is its number: `#200`.
    package var expression: String {
        let entry = CodecCatalog.entry(for: codec)
        let name = (try? entry?.makeCodec(parameters))?.codec.label ?? entry?.name ?? "#\(codec.rawValue)"
        return children.isEmpty ? name : "\(name)(\(children.map(\.expression).joined(separator: ",")))"
    }
}
