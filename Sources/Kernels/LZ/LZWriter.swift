// One pass over the sequences with all six streams open. The counts of literals are the only values that branches depend on:
// a class that is not written is stored and then written over, distances are looked up in the history by comparisons, and bits
// leave the accumulator as whole words that the next ones overlap.

/// Turns a parse into the six streams.
package enum LZWriter {
    /// Writes the sequences and the literals behind the last of them.
    ///
    /// Preconditions: the sequences are a valid parse of `input` with matches of `minimumMatch` bytes or more; distances are
    /// below 2^26. Each stream has the room that `LZStreamCounts(maximumFor:minimumMatch:)` says, and it and the input are
    /// followed by 32 bytes that may be overwritten (read).
    ///
    /// - Returns: the streams' sizes.
    package static func write(
        _ input: UnsafeRawPointer, _ count: Int, _ sequences: UnsafePointer<LZSequence>, _ sequenceCount: Int,
        minimumMatch: Int, into streams: LZStreams
    ) -> LZStreamCounts {
        var out = streams
        var history = LZHistory()
        var bits: UInt64 = 0
        var bitCount = 0
        var source = input
        var index = 0
        while index < sequenceCount {
            let sequence = sequences[index]
            let literalCount = Int(sequence.literalCount)
            copy(source, out.literals, literalCount)
            out.literals += literalCount
            source += literalCount &+ Int(sequence.matchCount)
            let token = writeLengths(literalCount, Int(sequence.matchCount) &- minimumMatch, &out)
            let distance = sequence.distance
            let isRepeat = distance == history.first
            let isRecent = distance == history.second || distance == history.third
            let recent = distance == history.second ? LZLayout.secondDistance : LZLayout.thirdDistance
            let wide = UInt8(truncatingIfNeeded: LZLayout.offsetClass(distance))
            out.offsets.storeBytes(of: isRecent ? recent : wide, as: UInt8.self)
            out.offsets += isRepeat ? 0 : 1
            let extra = isRepeat || isRecent ? 0 : LZLayout.extraBits(distance)
            bits |= (UInt64(distance) & ((1 &<< UInt64(extra)) &- 1)) &<< UInt64(bitCount)
            bitCount = bitCount &+ extra
            out.offsetBits.storeBytes(of: bits.littleEndian, as: UInt64.self)
            out.offsetBits += bitCount &>> 3
            bits = bits &>> UInt64(bitCount & ~7)
            bitCount &= 7
            out.tokens.storeBytes(of: token | (isRepeat ? LZLayout.repeatFlag : 0), as: UInt8.self)
            out.tokens += 1
            history.use(distance)
            index = index &+ 1
        }
        let rest = count &- (source - input)
        out.literals.copyMemory(from: source, byteCount: rest)
        out.literals += rest
        out.offsetBits += bitCount > 0 ? 1 : 0
        return LZStreamCounts(from: streams, to: out)
    }

    /// Writes what does not fit the token, and gives the token without its flag.
    @inline(__always)
    private static func writeLengths(_ literalCount: Int, _ matchExtra: Int, _ out: inout LZStreams) -> UInt8 {
        if literalCount >= LZLayout.longLiterals { writeCount(literalCount &- LZLayout.longLiterals, &out.literalLengths) }
        if matchExtra >= LZLayout.longMatch { writeCount(matchExtra &- LZLayout.longMatch, &out.matchLengths) }
        let literalClass = min(literalCount, LZLayout.longLiterals)
        return UInt8(truncatingIfNeeded: literalClass &<< LZLayout.matchClassBits | min(matchExtra, LZLayout.longMatch))
    }

    @inline(__always)
    private static func writeCount(_ value: Int, _ stream: inout UnsafeMutableRawPointer) {
        if value < LZLayout.longCount {
            stream.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
            stream += 1
        } else {
            stream.storeBytes(of: UInt8(LZLayout.longCount), as: UInt8.self)
            stream.storeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian, toByteOffset: 1, as: UInt32.self)
            stream += 5
        }
    }

    /// Copies `count` bytes, and up to 31 more.
    @inline(__always)
    private static func copy(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        copySixteen(source, target)
        if count > 16 {
            var at = 16
            while at < count {
                copySixteen(source + at, target + at)
                at = at &+ 16
            }
        }
    }

    @inline(__always)
    private static func copySixteen(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
        target.storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
    }
}
