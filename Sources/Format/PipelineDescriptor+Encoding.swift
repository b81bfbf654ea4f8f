internal import Bytes

extension PipelineDescriptor {
    /// The descriptor on disk: preorder; codec, parameter count, parameters, child count, children.
    package func encoded() -> [UInt8] {
        let size = encodedSize
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = encode(to: UnsafeMutableRawBufferPointer(buffer), at: 0)
        }
    }

    /// Whether it keeps the bounds of depth and size, which block headers demand.
    package var isEncodable: Bool {
        encodedSize <= FormatLimits.maximumDescriptorSize && depth <= FormatLimits.maximumPipelineDepth
    }

    /// - Returns: where the descriptor ends.
    func encode(to buffer: UnsafeMutableRawBufferPointer, at offset: Int) -> Int {
        buffer.setField(codec.rawValue, at: offset)
        buffer.setField(UInt8(parameters.count), at: offset + 1)
        var end = offset + 2
        for parameter in parameters {
            buffer.setField(parameter, at: end)
            end += 1
        }
        buffer.setField(UInt8(children.count), at: end)
        end += 1
        for child in children { end = child.encode(to: buffer, at: end) }
        return end
    }
}
