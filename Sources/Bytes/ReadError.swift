/// A field that could not be read.
package enum ReadError: Error, Hashable, Sendable {
    /// Fewer bytes are left than the field needs; `offset` is where the field starts.
    case endOfBytes(offset: Int, needed: Int, available: Int)
    /// A varint that is longer than its value needs, or that does not fit 64 bits.
    case malformedVarint(offset: Int)
}
