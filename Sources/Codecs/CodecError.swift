/// Why encoded bytes could not be turned back, or a codec could not work. `offset` counts from the codec's first encoded byte.
package enum CodecError: Error, Hashable, Sendable {
    /// The encoded bytes break the codec's rules.
    case corrupt(codec: String, offset: Int, reason: String)
    /// The file names a codec that this build does not have.
    case unknownCodec(UInt8)
    /// The file gives a codec parameters or children that it does not take.
    case badDescriptor(codec: String, reason: String)
    /// The system gave no memory.
    case outOfMemory(requested: Int)
}
