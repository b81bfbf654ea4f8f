package import Format

/// What encoding a block gave: how to decode it, and its payload.
package struct EncodedBlock {
    /// The pipeline as it ran: nodes that would not have shrunk their input are `stored`.
    package let descriptor: PipelineDescriptor
    /// The first bytes of the output buffer or, when the root is `stored`, the input itself. Valid as long as these are.
    package let payload: UnsafeRawBufferPointer

    /// True when the payload is the input, uncopied.
    package var isStored: Bool { descriptor.codec == StoredCodec.id }
}
