/// The wire number of a codec. Format knows no codec: which numbers mean what is the catalogue's business.
package struct CodecID: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }
}
