internal import Bytes

extension PipelineDescriptor {
    /// The descriptor on disk: preorder; codec, parameter count, parameters, child count, children.
    package func encoded() -> [UInt8] {
        var writer = ByteWriter(capacity: encodedSize)
        encode(to: &writer)
        return writer.bytes
    }

    /// Whether it keeps the bounds of depth and size, which encoding demands.
    package var isEncodable: Bool {
        encodedSize <= FormatLimits.maximumDescriptorSize && depth <= FormatLimits.maximumPipelineDepth
    }

    func encode(to writer: inout ByteWriter) {
        writer.write(codec.rawValue)
        writer.write(UInt8(parameters.count))
        writer.write(parameters)
        writer.write(UInt8(children.count))
        for child in children { child.encode(to: &writer) }
    }
}
