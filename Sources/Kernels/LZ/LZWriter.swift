// One pass over the sequences with all streams open. The counts of literals are the only values that branches depend on: a class
// that is not written is stored and then written over, distances are looked up in the history by comparisons, and bits leave the
// accumulator as whole words that the next ones overlap.

/// Turns a parse into the streams.
package enum LZWriter {
    /// Writes the sequences and the literals behind the last of them.
    ///
    /// Preconditions: the sequences are a valid parse of `input` with matches of `minimumMatch` bytes or more; distances are
    /// below 2^26. Each stream has the room that `LZStreamCounts(sequences:covering:minimumMatch:)` says, and it and the input are
    /// followed by 32 bytes that may be overwritten (read).
    ///
    /// - Parameter lowBits: How many of the lowest bits of the new distances go to a stream of their own, 0 for none.
    /// - Returns: the streams' sizes.
    package static func write(
        _ input: UnsafeRawPointer, _ count: Int, _ sequences: UnsafePointer<LZSequence>, _ sequenceCount: Int,
        minimumMatch: Int, lowBits: Int, into streams: LZStreams
    ) -> LZStreamCounts {
        var out = streams
        var history = LZHistory()
        var bits = BitTail()
        var source = input
        var index = 0
        while index < sequenceCount {
            let sequence = sequences[index]
            let literalCount = Int(sequence.literalCount)
            copy(source, out.literals, literalCount)
            out.literals += literalCount
            source += literalCount &+ Int(sequence.matchCount)
            let lengths = writeLengths(literalCount, Int(sequence.matchCount) &- minimumMatch, &out)
            let place = history.use(sequence.distance)
            writeDistance(sequence.distance, place == 0, lowBits, &bits, &out)
            out.tokens.storeBytes(of: UInt8(truncatingIfNeeded: lengths | place &<< LZLayout.repeatShift), as: UInt8.self)
            out.tokens += 1
            index = index &+ 1
        }
        let rest = count &- (source - input)
        out.literals.copyMemory(from: source, byteCount: rest)
        out.literals += rest
        out.offsetBits += bits.count > 0 ? 1 : 0
        return LZStreamCounts(from: streams, to: out)
    }

    /// Writes what does not fit the token, and gives the token's two classes.
    @inline(__always)
    private static func writeLengths(_ literalCount: Int, _ matchExtra: Int, _ out: inout LZStreams) -> Int {
        let literalClass = min(literalCount, LZLayout.longLiterals)
        let matchClass = min(matchExtra, LZLayout.longMatch)
        writeCount(literalCount &- literalClass, literalClass == LZLayout.longLiterals, &out.literalLengths)
        writeCount(matchExtra &- matchClass, matchClass == LZLayout.longMatch, &out.matchLengths)
        return literalClass &<< LZLayout.literalClassShift | matchClass
    }

    /// Stores a byte in any case, and keeps it when there is a count.
    @inline(__always)
    private static func writeCount(_ value: Int, _ isThere: Bool, _ stream: inout UnsafeMutableRawPointer) {
        stream.storeBytes(of: UInt8(truncatingIfNeeded: value), as: UInt8.self)
        if value >= LZLayout.longCount {
            stream.storeBytes(of: UInt8(LZLayout.longCount), as: UInt8.self)
            stream.storeBytes(of: UInt32(truncatingIfNeeded: value).littleEndian, toByteOffset: 1, as: UInt32.self)
            stream += 4
        }
        stream += isThere ? 1 : 0
    }

    /// Up to seven bits that do not fill a byte yet; they stand in the stream already.
    private struct BitTail {
        var bits: UInt64 = 0
        var count = 0
    }

    @inline(__always)
    private static func writeDistance(_ distance: UInt32, _ isNew: Bool, _ lowBits: Int, _ tail: inout BitTail, _ out: inout LZStreams) {
        let extra = LZLayout.extraBits(distance)
        out.offsets.storeBytes(of: UInt8(truncatingIfNeeded: LZLayout.offsetClass(distance, extraBits: extra)), as: UInt8.self)
        out.offsets += isNew ? 1 : 0
        let split = extra >= lowBits ? lowBits : 0
        let low = UInt8(truncatingIfNeeded: distance & ((1 &<< UInt32(truncatingIfNeeded: lowBits)) &- 1))
        out.offsetLow.storeBytes(of: low, as: UInt8.self)
        out.offsetLow += isNew && split > 0 ? 1 : 0
        let count = isNew ? extra &- split : 0
        let value = (UInt64(distance) &>> UInt64(truncatingIfNeeded: split)) & ((1 &<< UInt64(truncatingIfNeeded: count)) &- 1)
        let bits = tail.bits | value &<< UInt64(truncatingIfNeeded: tail.count)
        out.offsetBits.storeBytes(of: bits.littleEndian, as: UInt64.self)
        let all = tail.count &+ count
        out.offsetBits += all &>> 3
        tail.bits = bits &>> UInt64(truncatingIfNeeded: all & ~7)
        tail.count = all & 7
    }

    /// Copies `count` bytes, and up to 31 more.
    @inline(__always)
    private static func copy(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        copySixteen(source, target)
        var at = 16
        while at < count {
            copySixteen(source + at, target + at)
            at = at &+ 16
        }
    }

    @inline(__always)
    private static func copySixteen(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
        target.storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
    }
}
