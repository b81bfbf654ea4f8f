extension Codec {
    /// For codecs without wire parameters: the only valid parameters are none.
    /// - Throws: `badDescriptor` when there are any.
    package static func refuseParameters(_ parameters: [UInt8]) throws(CodecError) {
        guard parameters.isEmpty else {
            throw .badDescriptor(codec: name, reason: "\(parameters.count) bytes of parameters where none belong")
        }
    }
}
