internal import Bytes

/// What the next eight bytes of an archive announce.
package enum Landmark: Hashable, Sendable {
    case block
    case index
    case fileHeader
    /// Anything else: damage, foreign bytes, or fewer than eight.
    case other

    /// Bytes that are looked at.
    package static let size = 8

    /// - Parameter bytes: the next bytes; what follows the first eight is not looked at.
    package init(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.size else {
            self = .other
            return
        }
        self =
            switch bytes.field(UInt64.self, at: 0) {
            case BlockHeader.syncMarker: .block
            case BlockIndex.magic: .index
            case FileHeader.magic: .fileHeader
            default: .other
            }
    }
}
