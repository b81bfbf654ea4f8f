/// The constants of the six streams that an LZ parse is written as. The wire format is in LZ.md of the codecs' documentation.
///
/// A token, one byte a sequence: bits 0-3 the match class, bits 4-6 the literal class, bit 7 set when the match has the last distance.
package enum LZLayout {
    package static let matchClassBits = 4
    /// This match class, and no other, is followed by a count in the stream of match lengths.
    package static let longMatch = 15
    /// This literal class, and no other, is followed by a count in the stream of literal lengths.
    package static let longLiterals = 7
    package static let repeatFlag: UInt8 = 0x80
    /// A byte of the length streams with this value is followed by the count as four bytes.
    package static let longCount = 255

    package static let secondDistance: UInt8 = 0
    package static let thirdDistance: UInt8 = 1
    /// The distances from 4 on have four classes for each power of two, beginning with this one.
    package static let firstWideClass = 5
    /// The most extra bits of a distance: a block has at most 64 MiB, so a distance is below 2^26 and 23 bits follow its top three.
    package static let maximumExtraBits = 23
    package static let maximumClass = firstWideClass + 4 * maximumExtraBits + 3

    /// The class of a distance that is not in the history, `distance >= 1`.
    @inline(__always)
    package static func offsetClass(_ distance: UInt32) -> Int {
        if distance < 4 { return Int(distance) &+ 1 }
        let extra = extraBits(distance)
        // The top three bits are 4...7.
        return firstWideClass &- 4 &+ 4 &* extra &+ Int(distance &>> UInt32(truncatingIfNeeded: extra))
    }

    /// How many low bits of a new distance are written behind its class.
    @inline(__always)
    package static func extraBits(_ distance: UInt32) -> Int {
        max(0, 29 &- distance.leadingZeroBitCount)
    }
}

/// Where the six streams lie, and after writing, where they end.
package struct LZStreams {
    package var literals: UnsafeMutableRawPointer
    package var tokens: UnsafeMutableRawPointer
    package var offsets: UnsafeMutableRawPointer
    package var offsetBits: UnsafeMutableRawPointer
    package var literalLengths: UnsafeMutableRawPointer
    package var matchLengths: UnsafeMutableRawPointer

    package init(
        literals: UnsafeMutableRawPointer, tokens: UnsafeMutableRawPointer, offsets: UnsafeMutableRawPointer,
        offsetBits: UnsafeMutableRawPointer, literalLengths: UnsafeMutableRawPointer, matchLengths: UnsafeMutableRawPointer
    ) {
        self.literals = literals
        self.tokens = tokens
        self.offsets = offsets
        self.offsetBits = offsetBits
        self.literalLengths = literalLengths
        self.matchLengths = matchLengths
    }
}

/// Sizes of the six streams in bytes.
package struct LZStreamCounts: Equatable, Sendable {
    package var literals: Int
    package var tokens: Int
    package var offsets: Int
    package var offsetBits: Int
    package var literalLengths: Int
    package var matchLengths: Int

    /// The most that a block of `count` bytes can have in each stream.
    ///
    /// A match covers at least `minimumMatch` bytes and takes a token, at most one class and at most 23 bits. A count in the length
    /// streams is one byte and stands for at least 7 literals and the match behind them, or for a match of `minimumMatch + 15`
    /// bytes; it is five bytes only when it stands for 255 bytes more.
    package init(maximumFor count: Int, minimumMatch: Int) {
        literals = count
        tokens = count / minimumMatch
        offsets = tokens
        offsetBits = (tokens * LZLayout.maximumExtraBits + 7) / 8
        literalLengths = count / (minimumMatch + LZLayout.longLiterals)
        matchLengths = count / (minimumMatch + LZLayout.longMatch)
    }

    /// The distances from `start` to `end`, stream by stream.
    init(from start: LZStreams, to end: LZStreams) {
        literals = end.literals - start.literals
        tokens = end.tokens - start.tokens
        offsets = end.offsets - start.offsets
        offsetBits = end.offsetBits - start.offsetBits
        literalLengths = end.literalLengths - start.literalLengths
        matchLengths = end.matchLengths - start.matchLengths
    }
}
