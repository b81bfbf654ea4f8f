// Three loops over some sequences at a time, for what counts give, for what the history of distances gives, and for the new ones
// of them: all at once is more than the registers hold. The counts of literals are the only values that branches depend on: a byte that is not wanted is stored and then
// written over, distances are looked up in the history by comparisons, and bits leave the accumulator as whole words that the next
// ones overlap.

/// Turns a parse into the streams.
package enum LZWriter {
    /// Writes the sequences and the literals behind the last of them.
    ///
    /// Preconditions: the sequences are a valid parse of `input` with matches of `minimumMatch` bytes or more; distances are
    /// below 2^29. Each stream has the room that `LZStreamCounts(sequences:covering:minimumMatch:)` says, and it and the input are
    /// followed by 32 bytes that may be overwritten (read).
    ///
    /// - Parameter lowBits: How many of the lowest bits of the new distances go to a stream of their own, 0 for none.
    /// - Returns: the streams' sizes.
    package static func write(
        _ input: UnsafeRawPointer, _ count: Int, _ sequences: UnsafePointer<LZSequence>, _ sequenceCount: Int,
        minimumMatch: Int, lowBits: Int, into streams: LZStreams
    ) -> LZStreamCounts {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: chunkSize + 1) { new in
            write(input, count, sequences, sequenceCount, minimumMatch, lowBits, streams, new.baseAddress!)
        }
    }

    private static func write(
        _ input: UnsafeRawPointer, _ count: Int, _ sequences: UnsafePointer<LZSequence>, _ sequenceCount: Int,
        _ minimumMatch: Int, _ lowBits: Int, _ streams: LZStreams, _ new: UnsafeMutablePointer<UInt32>
    ) -> LZStreamCounts {
        var out = streams
        var history = LZHistory()
        var bits = BitTail()
        var source = input
        var index = 0
        while index < sequenceCount {
            let chunk = min(chunkSize, sequenceCount &- index)
            let tokens = out.tokens
            source = writeCounts(source, sequences + index, chunk, minimumMatch, &out)
            let newCount = writePlaces(sequences + index, chunk, tokens, &history, new)
            if lowBits == 0 {
                writeWholeDistances(new, newCount, &bits, &out)
            } else {
                writeSplitDistances(new, newCount, lowBits, &bits, &out)
            }
            index = index &+ chunk
        }
        let rest = count &- (source - input)
        out.literals.copyMemory(from: source, byteCount: rest)
        out.literals += rest
        out.offsetBits += bits.count > 0 ? 1 : 0
        return LZStreamCounts(from: streams, to: out)
    }

    /// Sequences that all loops see before the next: 3 KiB, and new distances in a kibibyte on the stack.
    private static let chunkSize = 255

    /// Writes literals, tokens without their repeat fields, and lengths. Returns where the input goes on.
    @inline(never)
    private static func writeCounts(
        _ input: UnsafeRawPointer, _ sequences: UnsafePointer<LZSequence>, _ count: Int, _ minimumMatch: Int, _ streams: inout LZStreams
    ) -> UnsafeRawPointer {
        var source = input
        var out = streams
        var index = 0
        while index < count {
            let literalCount = Int(sequences[index].literalCount)
            let matchCount = Int(sequences[index].matchCount)
            copy(source, out.literals, literalCount)
            out.literals += literalCount
            source += literalCount &+ matchCount
            let lengths = writeLengths(literalCount, matchCount &- minimumMatch, &out)
            out.tokens.storeBytes(of: UInt8(truncatingIfNeeded: lengths), as: UInt8.self)
            out.tokens += 1
            index = index &+ 1
        }
        streams = out
        return source
    }

    /// Completes the tokens, which begin at `tokens`, with how the distances are given, and puts the new distances into `new`,
    /// which has room for `count` and one more.
    ///
    /// - Returns: how many are new.
    @inline(never)
    private static func writePlaces(
        _ sequences: UnsafePointer<LZSequence>, _ count: Int, _ tokens: UnsafeMutableRawPointer, _ lastHistory: inout LZHistory,
        _ new: UnsafeMutablePointer<UInt32>
    ) -> Int {
        // A copy: in memory, each step would wait for the one before to be stored.
        var history = LZHistory(first: lastHistory.first, second: lastHistory.second, third: lastHistory.third)
        var next = new
        var index = 0
        while index < count {
            let distance = sequences[index].distance
            let place = history.use(distance)
            next.pointee = distance
            next -= (place &- 1) &>> 63
            let lengths = tokens.load(fromByteOffset: index, as: UInt8.self)
            let token = lengths | UInt8(truncatingIfNeeded: place &<< LZLayout.repeatShift)
            tokens.storeBytes(of: token, toByteOffset: index, as: UInt8.self)
            index = index &+ 1
        }
        lastHistory = history
        return next - new
    }

    /// Writes the offsets' streams.
    @inline(__always)
    private static func writeDistances(
        _ new: UnsafePointer<UInt32>, _ count: Int, _ lowBits: Int, _ lastBits: inout BitTail, _ streams: inout LZStreams
    ) {
        var bits = lastBits.bits
        var bitCount = lastBits.count
        let offsets = streams.offsets
        var offsetLow = streams.offsetLow
        var offsetBits = streams.offsetBits
        let lowMask: UInt32 = (1 &<< UInt32(truncatingIfNeeded: lowBits)) &- 1
        var index = 0
        while index < count {
            let distance = new[index]
            let extra = LZLayout.extraBits(distance)
            let offsetClass = UInt8(truncatingIfNeeded: LZLayout.offsetClass(distance, extraBits: extra))
            offsets.storeBytes(of: offsetClass, toByteOffset: index, as: UInt8.self)
            offsetLow.storeBytes(of: UInt8(truncatingIfNeeded: distance & lowMask), as: UInt8.self)
            let split = extra >= lowBits ? lowBits : 0
            offsetLow += split > 0 ? 1 : 0
            let added = extra &- split
            let value = (UInt64(distance) &>> UInt64(truncatingIfNeeded: split)) & ((1 &<< UInt64(truncatingIfNeeded: added)) &- 1)
            bits |= value &<< UInt64(truncatingIfNeeded: bitCount)
            offsetBits.storeBytes(of: bits.littleEndian, as: UInt64.self)
            bitCount = bitCount &+ added
            offsetBits += bitCount &>> 3
            bits = bits &>> UInt64(truncatingIfNeeded: bitCount & ~7)
            bitCount &= 7
            index = index &+ 1
        }
        lastBits = BitTail(bits: bits, count: bitCount)
        streams.offsets = offsets + count
        streams.offsetLow = offsetLow
        streams.offsetBits = offsetBits
    }

    /// Apart, for most parses have no stream of low bits, and what it takes is then left out.
    @inline(never)
    private static func writeWholeDistances(
        _ new: UnsafePointer<UInt32>, _ count: Int, _ lastBits: inout BitTail, _ streams: inout LZStreams
    ) {
        writeDistances(new, count, 0, &lastBits, &streams)
    }

    @inline(never)
    private static func writeSplitDistances(
        _ new: UnsafePointer<UInt32>, _ count: Int, _ lowBits: Int, _ lastBits: inout BitTail, _ streams: inout LZStreams
    ) {
        writeDistances(new, count, lowBits, &lastBits, &streams)
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
