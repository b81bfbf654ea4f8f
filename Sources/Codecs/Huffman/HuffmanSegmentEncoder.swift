internal import Kernels

/// Encodes segments one after the other into one output, choosing each one's form.
struct HuffmanSegmentEncoder {
    private(set) var written = 0
    private let output: UnsafeMutableRawBufferPointer
    private let encodeLanes: HuffmanLanes.Encode

    private let counts: UnsafeMutablePointer<UInt32>
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

    /// Mode byte, table, four sizes of at most five bytes, packed lanes, and what the bit writer overwrites.
    private static let maximumHeadSize = 1 + CodeLengthTable.maximumSize + 20 + 4 * HuffmanLanes.maximumPackedSize + 8

    init(
        output: UnsafeMutableRawBufferPointer, longestSegment: Int, scratch: ScratchArena, encodeLanes: @escaping HuffmanLanes.Encode
    ) throws(CodecError) {
        self.output = output
        self.encodeLanes = encodeLanes
        counts = try scratch.allocate(Histogram.workspaceSize).baseAddress!.assumingMemoryBound(to: UInt32.self)
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

    /// Encodes a segment, which is not empty.
    /// - Returns: false when it does not fit the output.
    mutating func append(_ segment: UnsafeRawBufferPointer) -> Bool {
        let bytes = segment.baseAddress!
        if segment.count <= 2 * HuffmanLanes.perGroup || isNearlyFlat(segment) { return appendStored(segment) }
        Histogram.count(bytes, count: segment.count, into: counts)
        if counts[Int(segment[0])] == segment.count { return appendOneSymbol(segment[0]) }

        let ownBits = CodeLengths.assign(counts, lengths: ownCode.lengths, workspace: lengthsWorkspace)
        let tableSize = CodeLengthTable.encode(ownCode.lengths, into: head + 1)
        let lastBits = bitsByLastCode()
        let reuses = lastBits <= ownBits + 8 * tableSize
        let bits = reuses ? lastBits : ownBits + 8 * tableSize
        // Two bytes a symbol in the tail cost at most what they would as codes, so the lanes' 16 bits are not counted.
        if bits / 8 >= segment.count { return appendStored(segment) }
        if !reuses {
            ownCode.build()
        }
        let code = reuses ? lastCode : ownCode
        var headSize = 1 + (reuses ? 0 : tableSize)
        let header = encodeSymbols(segment, by: code, bits: bits, mode: reuses ? .lastTable : .ownTable)
        head.storeBytes(of: header.byte, as: UInt8.self)
        let wordsSize = finishHead(&headSize, groups: header.groups, steps: header.steps(for: segment.count))
        guard headSize + wordsSize < 1 + segment.count else { return appendStored(segment) }
        guard headSize + wordsSize <= output.count - written else { return false }
        copy(head, headSize)
        for group in 0..<header.groups {
            copy(words[group], wordsEnd(group, header.steps(for: segment.count)) - words[group])
        }
        if !reuses {
            swap(&ownCode, &lastCode)
            hasLastCode = true
        }
        return true
    }

    // MARK: Choosing

    /// Whether a sample of a large segment shows more than 7.9 bits a symbol, so that coding could not save 1.3 %.
    ///
    /// Counted are equal pairs in the sample, which bound the entropy from below (Rényi's of order 2 is never above Shannon's): with
    /// 7.9 bits a pair is equal with a chance of 2^-7.9 = 1.072 / 256.
    private func isNearlyFlat(_ segment: UnsafeRawBufferPointer) -> Bool {
        let pieces = 16
        let piece = 256
        guard segment.count >= 4 * pieces * piece else { return false }
        let sample = lanesWorkspace
        let distance = (segment.count - piece) / (pieces - 1)
        for index in 0..<pieces {
            (sample + index * piece).copyMemory(from: segment.baseAddress! + index * distance, byteCount: piece)
        }
        let size = pieces * piece
        Histogram.count(sample, count: size, into: counts)
        var pairs = 0
        for symbol in 0..<256 { pairs += Int(counts[symbol]) * (Int(counts[symbol]) - 1) }
        return pairs * 256 * 1000 <= size * (size - 1) * 1072
    }

    /// Bits that the last code takes for the counted symbols, `Int.max` when it lacks one of them.
    private func bitsByLastCode() -> Int {
        guard hasLastCode else { return Int.max }
        var bits = 0
        for symbol in 0..<256 where counts[symbol] != 0 {
            let length = lastCode.lengths[symbol]
            if length == 0 { return Int.max }
            bits += Int(length) * Int(counts[symbol])
        }
        return bits
    }

    /// Enough groups to hide the steps' latency; fewer where the lanes' start would cost more than 0.3 % of the segment.
    private static func groups(for count: Int) -> Int { count >= 1 << 16 ? 4 : count >= 1 << 14 ? 2 : 1 }

    // MARK: Coding

    private func encodeSymbols(
        _ segment: UnsafeRawBufferPointer, by code: HuffmanCode, bits: Int, mode: HuffmanSegmentHeader.Mode
    ) -> HuffmanSegmentHeader {
        let symbols = segment.baseAddress!.assumingMemoryBound(to: UInt8.self)
        var header = HuffmanSegmentHeader(mode: mode)
        header.groups = Self.groups(for: segment.count)
        let rawCount = header.rawTailCount(of: segment.count)
        let (rows, saved) = HuffmanTail.rows(symbols, count: segment.count, lanes: header.lanes, rawCount: rawCount, code: code)
        // A tail of codes is decoded one symbol after the other: worth it from 0.1 % on.
        if saved * 1024 >= bits { header.tailRows = rows }
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
        guard 1 + segment.count <= output.count - written else { return false }
        appendMode(.stored)
        copy(segment.baseAddress!, segment.count)
        return true
    }

    private mutating func appendOneSymbol(_ symbol: UInt8) -> Bool {
        guard 2 <= output.count - written else { return false }
        appendMode(.oneSymbol)
        output[written] = symbol
        written += 1
        return true
    }

    private mutating func appendMode(_ mode: HuffmanSegmentHeader.Mode) {
        output[written] = HuffmanSegmentHeader(mode: mode).byte
        written += 1
    }

    /// Precondition: the bytes fit.
    private mutating func copy(_ bytes: UnsafeRawPointer, _ count: Int) {
        (output.baseAddress! + written).copyMemory(from: bytes, byteCount: count)
        written += count
    }
}
