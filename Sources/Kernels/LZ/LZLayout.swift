/// The constants of the streams that an LZ parse is written as. The wire format is in LZ.md of the codecs' documentation.
///
/// A token, one byte a sequence: bits 0-3 the match class, bits 4-5 the literal class, bits 6-7 how the distance is given: 0 as a
/// new one, else as the last, second last or third last.
package enum LZLayout {
    package static let minimumMatches = 3...8
    package static let literalClassShift = 4
    package static let repeatShift = 6
    /// This match class, and no other, is followed by a count in the stream of match lengths.
    package static let longMatch = 15
    /// This literal class, and no other, is followed by a count in the stream of literal lengths.
    package static let longLiterals = 3
    /// A byte of the length streams with this value is followed by the count as four bytes.
    package static let longCount = 255

    /// A block has at most 512 MiB, so that a distance is below 2^29.
    package static let maximumDistanceBits = 29
    /// Classes are made of a distance's length in bits and its top four bits.
    package static let maximumExtraBits = maximumDistanceBits - 4
    package static let maximumClass = 8 * maximumExtraBits + 15
    /// How many of the lowest bits of a distance can have a stream of their own.
    package static let lowBitCounts = 0...8

    /// How many low bits of a distance its class leaves open: all but the top four.
    @inline(__always)
    package static func extraBits(_ distance: UInt32) -> Int {
        28 &- (distance | 8).leadingZeroBitCount
    }

    /// The class of a distance, 1...``maximumClass``. Distances below 16 are their own class.
    @inline(__always)
    package static func offsetClass(_ distance: UInt32, extraBits: Int) -> Int {
        8 &* extraBits &+ Int(distance &>> UInt32(truncatingIfNeeded: extraBits))
    }
}
