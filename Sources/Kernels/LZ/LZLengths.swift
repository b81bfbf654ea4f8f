/// From tokens to counts.
package enum LZLengths {
    /// Fills the batch's literal and match counts for the next `count` tokens, which stay where they are, and takes what they need
    /// from the streams of lengths. Preconditions: `1 <= count <= LZBatch.capacity`, and so many tokens are left.
    ///
    /// - Returns: the sums of the literal counts and of the match counts.
    /// - Throws: `literalLengthsCutOff`, `matchLengthsCutOff`.
    package typealias Expand = @Sendable (inout LZInput, LZBatch, Int) throws(LZFault) -> (literals: Int, matches: Int)

    package static func expand(_ input: inout LZInput, _ batch: LZBatch, _ count: Int) throws(LZFault) -> (literals: Int, matches: Int) {
        try expand(&input, batch, 0, count)
    }

    /// As ``expand(_:_:_:)`` for the tokens `start ..< end` alone: what wide kernels call where a count takes four bytes.
    package static func expand(
        _ input: inout LZInput, _ batch: LZBatch, _ start: Int, _ end: Int
    ) throws(LZFault) -> (literals: Int, matches: Int) {
        let tokens = input.tokens.at
        let minimum = input.minimumMatch
        // Copies: in memory, each step would wait for the one before to be stored.
        var literalLengths = input.literalLengths
        var matchLengths = input.matchLengths
        var literalSum = 0
        var matchSum = 0
        var index = start
        while index < end {
            let token = Int(tokens.load(fromByteOffset: index, as: UInt8.self))
            let literals = take(&literalLengths, token &>> LZLayout.literalClassShift & LZLayout.longLiterals, LZLayout.longLiterals)
            let matches = minimum &+ take(&matchLengths, token & LZLayout.longMatch, LZLayout.longMatch)
            // Of 33 bits only in a file that is refused: the sums show it.
            batch.literalCounts[index] = UInt32(truncatingIfNeeded: literals)
            batch.matchCounts[index] = UInt32(truncatingIfNeeded: matches)
            literalSum = literalSum &+ literals
            matchSum = matchSum &+ matches
            // Before the next five bytes could lie past the slack.
            if literalLengths.at > literalLengths.end { throw .literalLengthsCutOff }
            if matchLengths.at > matchLengths.end { throw .matchLengthsCutOff }
            index = index &+ 1
        }
        input.literalLengths = literalLengths
        input.matchLengths = matchLengths
        return (literalSum, matchSum)
    }

    /// The count of this class, `long` being the one that goes on in `stream`. Only four-byte counts branch.
    @inline(__always)
    private static func take(_ stream: inout LZInput.Stream, _ countClass: Int, _ long: Int) -> Int {
        let isLong = countClass == long
        let more = Int(stream.at.load(as: UInt8.self)) & (isLong ? -1 : 0)
        stream.at += isLong ? 1 : 0
        if more < LZLayout.longCount { return countClass &+ more }
        let value = UInt32(littleEndian: stream.at.loadUnaligned(as: UInt32.self))
        stream.at += 4
        return countClass &+ Int(value)
    }
}
