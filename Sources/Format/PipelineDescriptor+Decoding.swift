internal import Bytes

extension PipelineDescriptor {
    /// Decodes a descriptor that takes all of `bytes`.
    /// - Parameter start: offset of the first byte in the input.
    /// - Throws: `corrupt` when it is cut off, too deep, or does not use up the bytes.
    package init(decoding bytes: UnsafeRawBufferPointer, at start: UInt64) throws(FormatError) {
        var reader = ByteReader(bytes)
        let root: PipelineDescriptor?
        do throws(ReadError) {
            root = try Self.decode(&reader, depth: 1)
        } catch {
            throw .corrupt("the pipeline descriptor goes on past its \(bytes.count) bytes", offset: start &+ UInt64(bytes.count))
        }
        guard let root else {
            let limit = FormatLimits.maximumPipelineDepth
            throw .corrupt("the pipeline is deeper than \(limit) codecs", offset: start &+ UInt64(reader.offset))
        }
        guard reader.remaining == 0 else {
            throw .corrupt("the pipeline descriptor leaves \(reader.remaining) bytes over", offset: start &+ UInt64(reader.offset))
        }
        self = root
    }

    /// - Returns: nil when the tree is too deep.
    private static func decode(_ reader: inout ByteReader, depth: Int) throws(ReadError) -> PipelineDescriptor? {
        guard depth <= FormatLimits.maximumPipelineDepth else { return nil }
        var node = PipelineDescriptor(codec: CodecID(rawValue: try reader.read()))
        node.parameters = [UInt8](try reader.read(count: Int(try reader.read(UInt8.self))))
        for _ in 0..<(try reader.read(UInt8.self)) {
            guard let child = try decode(&reader, depth: depth + 1) else { return nil }
            node.children.append(child)
        }
        return node
    }
}
