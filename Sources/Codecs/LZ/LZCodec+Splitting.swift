package import Kernels

extension LZCodec {
    /// - Returns: nil when the streams would not be below 31/32 of the input together, before they are coded.
    package func split(_ input: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [UnsafeRawBufferPointer]? {
        guard let bytes = input.baseAddress, input.count > settings.minimumMatch else { return nil }
        let sequences = try Self.allocate(LZSequence.self, input.count / settings.minimumMatch + 1, scratch)
        let found = try parse(bytes, input.count, into: sequences, scratch: scratch)
        guard found > 0 else { return nil }
        let room = LZStreamCounts(sequences: found, covering: input.count, minimumMatch: settings.minimumMatch)
        let lowBits = try LZLowBits.choose(sequences, found, scratch: scratch)
        let low = try scratch.allocate(room.offsetLow + 1).baseAddress!
        let start = LZStreams(
            literals: try scratch.allocate(room.literals).baseAddress!, tokens: try scratch.allocate(room.tokens).baseAddress!,
            offsets: try scratch.allocate(room.offsets).baseAddress!, offsetLow: low + 1,
            offsetBits: try scratch.allocate(room.offsetBits).baseAddress!,
            literalLengths: try scratch.allocate(room.literalLengths).baseAddress!,
            matchLengths: try scratch.allocate(room.matchLengths).baseAddress!)
        let counts = LZWriter.write(
            bytes, input.count, sequences, found, minimumMatch: settings.minimumMatch, lowBits: lowBits, into: start)
        guard counts.sum < input.count - input.count / 32 else { return nil }
        let isDelta = try LZDeltaChoice.isBetter(bytes, sequences, found, literalCount: counts.literals, scratch: scratch)
        if isDelta { LZDeltaLiterals.write(bytes, input.count, sequences, found, into: start.literals) }
        let head = LZHead(lowBits: lowBits, hasDeltaLiterals: isDelta)
        low.storeBytes(of: head.byte, as: UInt8.self)
        return [
            UnsafeRawBufferPointer(start: start.literals, count: counts.literals),
            UnsafeRawBufferPointer(start: start.tokens, count: counts.tokens),
            UnsafeRawBufferPointer(start: start.offsets, count: counts.offsets),
            UnsafeRawBufferPointer(start: low, count: head.byte == 0 ? 0 : 1 + counts.offsetLow),
            UnsafeRawBufferPointer(start: start.offsetBits, count: counts.offsetBits),
            UnsafeRawBufferPointer(start: start.literalLengths, count: counts.literalLengths),
            UnsafeRawBufferPointer(start: start.matchLengths, count: counts.matchLengths),
        ]
    }

    /// Finds the matches. The parser's workspace is given back.
    private func parse(
        _ bytes: UnsafeRawPointer, _ count: Int, into sequences: UnsafeMutablePointer<LZSequence>, scratch: ScratchArena
    ) throws(CodecError) -> Int {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let input = bytes.assumingMemoryBound(to: UInt8.self)
        var long = LongMatches()
        if settings.findsLongMatches {
            let found = try Self.findLongMatches(input, count, scratch)
            long = LongMatches(found.baseAddress, count: found.count)
        }
        let workspace = try scratch.allocate(parser.workspaceSize(settings, count)).baseAddress!
        return parser.parse(input, count, settings, workspace, sequences, long)
    }

    /// The block's long matches, which stay in the arena; the finder's table is given back.
    package static func findLongMatches(
        _ input: UnsafePointer<UInt8>, _ count: Int, _ scratch: ScratchArena
    ) throws(CodecError) -> UnsafeBufferPointer<LongMatch> {
        let matches = try allocate(LongMatch.self, LongMatches.capacity(count), scratch)
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let workspace = try scratch.allocate(LongMatchFinder<NoMeter>.workspaceSize(count)).baseAddress!
        var meter = NoMeter()
        let found = LongMatchFinder.find(input, count, workspace: workspace, matches: matches, &meter)
        return UnsafeBufferPointer(start: matches, count: found)
    }

    private static func allocate<Element>(
        _: Element.Type, _ count: Int, _ scratch: ScratchArena
    ) throws(CodecError) -> UnsafeMutablePointer<Element> {
        try scratch.allocate(count * MemoryLayout<Element>.stride).baseAddress!.assumingMemoryBound(to: Element.self)
    }
}

extension LZStreamCounts {
    var sum: Int { literals + tokens + offsets + offsetLow + offsetBits + literalLengths + matchLengths }
}
