internal import KernelDispatch
internal import Kernels

/// Encodes segments one after the other into one output, choosing each one's form.
struct HuffmanSegmentEncoder {
    private(set) var written = 0
    private let output: UnsafeMutableRawBufferPointer
    private let encodeLanes: HuffmanLanes.Encode

    private var counts: HuffmanSymbolCounts
    /// Segments to come that are counted exactly, since samples have failed of late.
    private var exactSegments = 0
    private let lengthsWorkspace: UnsafeMutableRawPointer
    private let lanesWorkspace: UnsafeMutableRawPointer
    private let head: UnsafeMutableRawPointer
    private let tail: UnsafeMutableRawPointer
    private let lanes: UnsafeMutablePointer<UInt32>
    private let words: UnsafeMutablePointer<UnsafeMutableRawPointer>
    private let wordsMemory: UnsafeMutableRawPointer
    /// The code for the next table; swapped with `lastCode` when it is used.
    private var ownCode: HuffmanCode
    /// The code that was used last.
    private var lastCode: HuffmanCode
    private var hasLastCode = false
    /// Whether the stream is so short that its codes go without lanes.
    private let isSerial: Bool

    /// Mode byte, size, table, four sizes of at most five bytes, packed lanes, and what the bit writer overwrites.
    private static let maximumHeadSize = 2 + CodeLengthTable.maximumSize + 20 + 4 * HuffmanLanes.maximumPackedSize + 8

    init(
        output: UnsafeMutableRawBufferPointer, longestSegment: Int, scratch: ScratchArena, kernels: KernelSet
    ) throws(CodecError) {
        self.output = output
        isSerial = longestSegment <= HuffmanSerial.mostSymbols
        encodeLanes = kernels.huffmanEncode
        counts = try HuffmanSymbolCounts(scratch: scratch, kernels: kernels)
        lengthsWorkspace = try scratch.allocate(CodeLengths.workspaceSize).baseAddress!
        lanesWorkspace = try scratch.allocate(HuffmanLanes.workspaceSize).baseAddress!
        head = try scratch.allocate(Self.maximumHeadSize).baseAddress!
        tail = try scratch.allocate(2 * 128).baseAddress!
        lanes = try scratch.allocate(4 * 128).baseAddress!.assumingMemoryBound(to: UInt32.self)
        words = try scratch.allocate(4 * MemoryLayout<UnsafeMutableRawPointer>.size).baseAddress!
            .assumingMemoryBound(to: UnsafeMutableRawPointer.self)
        // 48 bytes for each step of 32 symbols, and 64 more a group: see HuffmanLanes.Encode.
        wordsMemory = try scratch.allocate(longestSegment / 2 * 3 + HuffmanLanes.maximumGroups * 64).baseAddress!
        ownCode = HuffmanCode(at: try scratch.allocate(HuffmanCode.size).baseAddress!)
        lastCode = HuffmanCode(at: try scratch.allocate(HuffmanCode.size).baseAddress!)
    }

    /// Encodes a segment, which is not empty, and of which `histogram` tells how often each symbol occurs.
    /// - Returns: false when it does not fit the output.
    mutating func append(_ segment: UnsafeRawBufferPointer, histogram: UnsafePointer<UInt32>) -> Bool {
        counts.set(histogram, total: segment.count)
        return appendCounted(segment) ?? appendStored(segment)
    }

    /// Encodes a segment, which is not empty.
    /// - Returns: false when it does not fit the output.
    mutating func append(_ segment: UnsafeRawBufferPointer) -> Bool {
        if segment.count >= Self.leastFlat, counts.isNearlyFlat(segment) { return appendStored(segment) }
        if segment.count >= HuffmanSymbolCounts.leastSampled, exactSegments == 0 {
            counts.sample(segment)
            if let fits = appendCounted(segment) { return fits }
            exactSegments = 2
        }
        exactSegments = max(0, exactSegments - 1)
        counts.countAll(segment)
        return appendCounted(segment) ?? appendStored(segment)
    }

    /// Encodes a segment that has been counted.
    /// - Returns: nil, with nothing changed, when its length is not what a sample has made expect.
    private mutating func appendCounted(_ segment: UnsafeRawBufferPointer) -> Bool? {
        if counts.areOnly(segment[0]) { return appendOneSymbol(segment) }
        if !isSerial, segment.count <= 2 * HuffmanLanes.perGroup { return appendStored(segment) }
        _ = CodeLengths.assign(counts.weights, lengths: ownCode.lengths, workspace: lengthsWorkspace)
        let tableSize = CodeLengthTable.encode(ownCode.lengths, into: head + 2)
        let ownBits = counts.bits(by: ownCode.lengths)
        let lastBits = hasLastCode ? counts.bits(by: lastCode.lengths) : Int.max
        let reuses = lastBits <= ownBits + 8 * tableSize
        let bits = reuses ? lastBits : ownBits
        // Two bytes a symbol in the tail cost at most what they would as codes, so the lanes' 16 bits are not counted.
        if bits / 8 + (reuses ? 0 : tableSize) >= segment.count { return appendStored(segment) }
        if !reuses { ownCode.build() }

        var headSize = 2 + (reuses ? 0 : tableSize)
        if isSerial { return appendSerially(segment, bits: bits, headSize: headSize) }
        let header = encodeSymbols(segment, by: reuses ? lastCode : ownCode, bits: bits, mode: reuses ? .lastTable : .ownTable)
        let steps = header.steps(for: segment.count)
        guard counts.explain(laneBits(header, steps), of: steps * header.lanes, expected: bits) else { return nil }
        header.write(count: segment.count, to: head)
        let wordsSize = finishHead(&headSize, groups: header.groups, steps: steps)
        guard headSize + wordsSize < 2 + segment.count else { return appendStored(segment) }
        guard headSize + wordsSize <= output.count - written else { return false }
        copy(head, headSize)
        for group in 0..<header.groups { copy(words[group], wordsEnd(group, steps) - words[group]) }
        if !reuses {
            swap(&ownCode, &lastCode)
            hasLastCode = true
        }
        return true
    }

    /// Appends a stream's only segment without lanes, by the code that was made for it. The table is in the head.
    private mutating func appendSerially(_ segment: UnsafeRawBufferPointer, bits: Int, headSize: Int) -> Bool {
        let size = (bits + 7) / 8
        guard headSize + size < 2 + segment.count else { return appendStored(segment) }
        guard headSize + size <= output.count - written else { return false }
        var header = HuffmanSegmentHeader(mode: .ownTable)
        header.groups = 0
        header.write(count: segment.count, to: head)
        let symbols = segment.baseAddress!.assumingMemoryBound(to: UInt8.self)
        HuffmanTail.encode(symbols, count: segment.count, code: ownCode, into: wordsMemory, size: size)
        copy(head, headSize)
        copy(wordsMemory, size)
        return true
    }

    // MARK: Choosing

    /// The smallest segment of which a sample is worth while to see whether its symbols are all alike.
    private static let leastFlat = 1 << 14

    // MARK: Coding

    private func encodeSymbols(
        _ segment: UnsafeRawBufferPointer, by code: HuffmanCode, bits: Int, mode: HuffmanSegmentHeader.Mode
    ) -> HuffmanSegmentHeader {
        let symbols = segment.baseAddress!.assumingMemoryBound(to: UInt8.self)
        var header = HuffmanSegmentHeader(mode: mode)
        header.groups = HuffmanLanes.usualGroups(for: segment.count)
        let rawCount = header.rawTailCount(of: segment.count)
        let (rows, saved) = HuffmanTail.rows(symbols, count: segment.count, lanes: header.lanes, rawCount: rawCount, code: code)
        // A tail of codes is decoded one symbol after the other: worth it from about 0.1 % on.
        if saved * 1040 >= bits { header.tailRows = rows }
        let tailCount = header.tailCount(of: segment.count)
        let start = symbols + (segment.count - tailCount)
        if header.tailRows > 0 {
            HuffmanTail.encode(start, count: tailCount, code: code, into: tail, size: header.tailSize)
        } else {
            tail.initializeMemory(as: UInt8.self, repeating: 0, count: header.tailSize)
            tail.copyMemory(from: start, byteCount: tailCount)
        }
        for lane in 0..<header.lanes {
            lanes[lane] = 1 << 16 | UInt32(UInt16(littleEndian: tail.load(fromByteOffset: 2 * lane, as: UInt16.self)))
        }
        let steps = header.steps(for: segment.count)
        for group in 0..<header.groups { words[group] = wordsEnd(group, steps) }
        encodeLanes(symbols, steps, header.groups, code, lanes, words, lanesWorkspace)
        return header
    }

    /// Bits of all codes that have gone on the lanes.
    private func laneBits(_ header: HuffmanSegmentHeader, _ steps: Int) -> Int {
        var bits = 0
        for lane in 0..<header.lanes { bits += 31 - lanes[lane].leadingZeroBitCount - 16 }
        for group in 0..<header.groups { bits += 8 * (wordsEnd(group, steps) - words[group]) }
        return bits
    }

    private func wordsEnd(_ group: Int, _ steps: Int) -> UnsafeMutableRawPointer { wordsMemory + (group + 1) * (48 * steps + 64) }

    /// Appends word counts and lanes to the head. Returns the bytes of all words.
    private func finishHead(_ size: inout Int, groups: Int, steps: Int) -> Int {
        var wordsSize = 0
        for group in 0..<groups {
            let bytes = wordsEnd(group, steps) - words[group]
            wordsSize += bytes
            var rest = bytes / 2
            while rest >= 0x80 {
                head.storeBytes(of: UInt8(rest & 0x7F | 0x80), toByteOffset: size, as: UInt8.self)
                size += 1
                rest >>= 7
            }
            head.storeBytes(of: UInt8(rest), toByteOffset: size, as: UInt8.self)
            size += 1
        }
        size += HuffmanLanes.pack(lanes, count: HuffmanLanes.perGroup * groups, into: head + size)
        return wordsSize
    }

    // MARK: Writing

    private mutating func appendStored(_ segment: UnsafeRawBufferPointer) -> Bool {
        guard 2 + segment.count <= output.count - written else { return false }
        appendMode(.stored, segment.count)
        copy(segment.baseAddress!, segment.count)
        return true
    }

    private mutating func appendOneSymbol(_ segment: UnsafeRawBufferPointer) -> Bool {
        guard 3 <= output.count - written else { return false }
        appendMode(.oneSymbol, segment.count)
        output[written] = segment[0]
        written += 1
        return true
    }

    private mutating func appendMode(_ mode: HuffmanSegmentHeader.Mode, _ count: Int) {
        HuffmanSegmentHeader(mode: mode).write(count: count, to: output.baseAddress! + written)
        written += 2
    }

    /// Precondition: the bytes fit.
    private mutating func copy(_ bytes: UnsafeRawPointer, _ count: Int) {
        (output.baseAddress! + written).copyMemory(from: bytes, byteCount: count)
        written += count
    }
}
