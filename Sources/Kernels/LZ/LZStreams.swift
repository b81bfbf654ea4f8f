/// Where the streams lie, or how far writing has come in each.
package struct LZStreams {
    package var literals: UnsafeMutableRawPointer
    package var tokens: UnsafeMutableRawPointer
    package var offsets: UnsafeMutableRawPointer
    package var offsetLow: UnsafeMutableRawPointer
    package var offsetBits: UnsafeMutableRawPointer
    package var literalLengths: UnsafeMutableRawPointer
    package var matchLengths: UnsafeMutableRawPointer

    package init(
        literals: UnsafeMutableRawPointer, tokens: UnsafeMutableRawPointer, offsets: UnsafeMutableRawPointer,
        offsetLow: UnsafeMutableRawPointer, offsetBits: UnsafeMutableRawPointer, literalLengths: UnsafeMutableRawPointer,
        matchLengths: UnsafeMutableRawPointer
    ) {
        self.literals = literals
        self.tokens = tokens
        self.offsets = offsets
        self.offsetLow = offsetLow
        self.offsetBits = offsetBits
        self.literalLengths = literalLengths
        self.matchLengths = matchLengths
    }
}

/// Sizes of the streams in bytes.
package struct LZStreamCounts: Equatable, Sendable {
    package var literals: Int
    package var tokens: Int
    package var offsets: Int
    package var offsetLow: Int
    package var offsetBits: Int
    package var literalLengths: Int
    package var matchLengths: Int

    /// The most that `sequenceCount` sequences which cover `count` bytes can have in each stream.
    ///
    /// A sequence takes a token, at most one class, one byte of low bits and 25 other bits. A count in the length streams is one byte
    /// and stands for at least 3 literals and the match behind them, or for a match of `minimumMatch + 15` bytes; it is five bytes
    /// only when it stands for 255 bytes more, which is more than five of the shortest.
    package init(sequences sequenceCount: Int, covering count: Int, minimumMatch: Int) {
        literals = count
        tokens = sequenceCount
        offsets = sequenceCount
        offsetLow = sequenceCount
        offsetBits = (sequenceCount * LZLayout.maximumExtraBits + 7) / 8
        literalLengths = count / (minimumMatch + LZLayout.longLiterals)
        matchLengths = count / (minimumMatch + LZLayout.longMatch)
    }

    /// The distances from `start` to `end`, stream by stream.
    init(from start: LZStreams, to end: LZStreams) {
        literals = end.literals - start.literals
        tokens = end.tokens - start.tokens
        offsets = end.offsets - start.offsets
        offsetLow = end.offsetLow - start.offsetLow
        offsetBits = end.offsetBits - start.offsetBits
        literalLengths = end.literalLengths - start.literalLengths
        matchLengths = end.matchLengths - start.matchLengths
    }
}
