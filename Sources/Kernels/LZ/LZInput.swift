/// The decoded streams of a block and how far reading has come in each.
///
/// 128 bytes behind each stream can be read. A kernel may so read a batch's vectors before it looks at a stream's end.
package struct LZInput {
    package struct Stream {
        package var at: UnsafeRawPointer
        package let end: UnsafeRawPointer

        package init(_ start: UnsafeRawPointer, count: Int) {
            at = start
            end = start + count
        }

        /// Bytes that are left; negative when more were taken than there were.
        package var left: Int { end - at }
    }

    package var literals: Stream
    package var tokens: Stream
    package var offsets: Stream
    package var offsetLow: Stream
    package var offsetBits: Stream
    /// Bits of the byte at `offsetBits.at` that were taken already, 0...7.
    package var bitOffset = 0
    package var literalLengths: Stream
    package var matchLengths: Stream
    package let minimumMatch: Int
    package let lowBits: Int
    /// Whether the literals are what `LZDeltaLiterals` makes of them.
    package let hasDeltaLiterals: Bool
    package var history = LZHistory()
    /// Of the match that was copied last, 0 before the first. Kept only for delta literals.
    package var lastDistance = 0

    package init(
        literals: Stream, tokens: Stream, offsets: Stream, offsetLow: Stream, offsetBits: Stream, literalLengths: Stream,
        matchLengths: Stream, minimumMatch: Int, lowBits: Int, hasDeltaLiterals: Bool = false
    ) {
        self.literals = literals
        self.tokens = tokens
        self.offsets = offsets
        self.offsetLow = offsetLow
        self.offsetBits = offsetBits
        self.literalLengths = literalLengths
        self.matchLengths = matchLengths
        self.minimumMatch = minimumMatch
        self.lowBits = lowBits
        self.hasDeltaLiterals = hasDeltaLiterals
    }
}

/// What a reader finds wrong, in the order in which it looks.
package enum LZFault: Error, Equatable, Sendable {
    case literalLengthsCutOff, matchLengthsCutOff
    case offsetsCutOff, badClass, offsetLowCutOff, offsetBitsCutOff
    /// More literals than there are, or counts that pass the end of the output.
    case literalsCutOff, outputOverrun
    /// A distance to before the block's start.
    case farDistance
    /// Streams that are not used up after the last token; the literals behind the last match fill the output or not.
    case bytesLeftOver, outputNotFull
}
