internal import Bytes
internal import Kernels

/// Decodes segments one after the other, checking everything that a kernel relies on.
struct HuffmanSegmentDecoder {
    private let input: UnsafeRawBufferPointer
    private let decodeLanes: HuffmanLanes.Decode
    private var at = 0

    private let workspace: UnsafeMutableRawPointer
    private let tail: UnsafeMutableRawPointer
    private let lanes: UnsafeMutablePointer<UInt32>
    private let words: UnsafeMutablePointer<UnsafeRawBufferPointer>
    private let code: HuffmanCode
    private var hasCode = false

    init(
        input: UnsafeRawBufferPointer, scratch: ScratchArena, decodeLanes: @escaping HuffmanLanes.Decode
    ) throws(CodecError) {
        self.input = input
        self.decodeLanes = decodeLanes
        workspace = try scratch.allocate(HuffmanLanes.workspaceSize).baseAddress!
        tail = try scratch.allocate(2 * 128).baseAddress!
        lanes = try scratch.allocate(4 * 128).baseAddress!.assumingMemoryBound(to: UInt32.self)
        words = try scratch.allocate(4 * MemoryLayout<UnsafeRawBufferPointer>.size).baseAddress!
            .assumingMemoryBound(to: UnsafeRawBufferPointer.self)
        code = HuffmanCode(at: try scratch.allocate(HuffmanCode.size).baseAddress!)
    }

    /// Decodes the next segment to the start of `target`, which is not empty.
    /// - Returns: its size.
    mutating func next(_ target: UnsafeMutableRawBufferPointer) throws(CodecError) -> Int {
        let first = try read(2)
        guard let header = HuffmanSegmentHeader(byte: first[0]) else { throw corrupt("unknown segment mode \(first[0])", at: at - 2) }
        guard let count = HuffmanSegmentHeader.count(sizeByte: first[1], left: target.count) else {
            throw corrupt("a segment is longer than what is left", at: at - 1)
        }
        try decode(header, UnsafeMutableRawBufferPointer(rebasing: target[..<count]))
        return count
    }

    /// Decodes what follows a segment's first bytes, to exactly fill `output`.
    private mutating func decode(_ header: HuffmanSegmentHeader, _ output: UnsafeMutableRawBufferPointer) throws(CodecError) {
        switch header.mode {
        case .stored:
            output.copyMemory(from: try read(output.count))
        case .oneSymbol:
            output.initializeMemory(as: UInt8.self, repeating: try read(1)[0])
        case .ownTable:
            at += try CodeLengthTable.decode(rest, into: code.lengths, base: at)
            code.build()
            hasCode = true
            try decodeSymbols(header, output)
        case .lastTable:
            guard hasCode else { throw corrupt("no earlier segment has a table", at: at - 1) }
            try decodeSymbols(header, output)
        }
    }

    /// - Throws: unless all input is used up.
    func finish() throws(CodecError) {
        guard at == input.count else { throw corrupt("\(input.count - at) bytes follow the last segment", at: at) }
    }

    private func decodeSymbols(steps: Int, groups: Int, into output: UnsafeMutableRawBufferPointer) -> Bool {
        let symbols = output.baseAddress!.assumingMemoryBound(to: UInt8.self)
        return decodeLanes(symbols, steps, groups, code, lanes, words, workspace)
    }

    private mutating func decodeSymbols(_ header: HuffmanSegmentHeader, _ output: UnsafeMutableRawBufferPointer) throws(CodecError) {
        if header.groups == 0 { return try decodeSerially(output) }
        let start = at
        let steps = header.steps(for: output.count)
        guard steps >= 1 else { throw corrupt("a segment of \(output.count) bytes is too short for its lanes", at: start) }
        try readWordCounts(header.groups)
        guard let packed = HuffmanLanes.unpack(rest, count: header.lanes, into: lanes) else {
            throw corrupt("the lanes' first bits are cut off or followed by bits that are not zero", at: at)
        }
        at += packed
        for group in 0..<header.groups { words[group] = try read(words[group].count) }
        guard decodeSymbols(steps: steps, groups: header.groups, into: output) else {
            throw corrupt("a group's words are not used up exactly", at: start)
        }
        for lane in 0..<header.lanes {
            guard lanes[lane] >> 16 == 1 else { throw corrupt("lane \(lane) does not end with 16 bits", at: start) }
            tail.storeBytes(of: UInt16(truncatingIfNeeded: lanes[lane]).littleEndian, toByteOffset: 2 * lane, as: UInt16.self)
        }
        let count = header.tailCount(of: output.count)
        let target = UnsafeMutableRawBufferPointer(rebasing: output[(output.count - count)...])
        guard copyTail(header, to: target) else { throw corrupt("a segment's tail is not filled up with zeros", at: start) }
    }

    private mutating func decodeSerially(_ output: UnsafeMutableRawBufferPointer) throws(CodecError) {
        let symbols = output.baseAddress!.assumingMemoryBound(to: UInt8.self)
        guard let size = HuffmanSerial.decode(rest, code: code, into: symbols, count: output.count, workspace: workspace) else {
            throw corrupt("the codes of a segment are cut off or followed by bits that are not zero", at: at)
        }
        at += size
    }

    private func copyTail(_ header: HuffmanSegmentHeader, to target: UnsafeMutableRawBufferPointer) -> Bool {
        if header.tailRows > 0 {
            let symbols = target.baseAddress!.assumingMemoryBound(to: UInt8.self)
            return HuffmanTail.decode(tail, size: header.tailSize, code: code, into: symbols, count: target.count)
        }
        target.copyMemory(from: UnsafeRawBufferPointer(start: tail, count: target.count))
        for index in target.count..<header.tailSize where tail.load(fromByteOffset: index, as: UInt8.self) != 0 { return false }
        return true
    }

    /// Reads the groups' word counts and sets the counts of `words`; where they start is not known yet.
    private mutating func readWordCounts(_ groups: Int) throws(CodecError) {
        for group in 0..<groups {
            var reader = ByteReader(rest)
            guard let count = try? reader.readVarint(), count <= UInt64(input.count) / 2 else {
                throw corrupt("a group's word count is malformed or too large", at: at)
            }
            at += reader.offset
            words[group] = UnsafeRawBufferPointer(start: input.baseAddress, count: 2 * Int(count))
        }
    }

    // MARK: Reading

    private var rest: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: input[at...]) }

    private mutating func read(_ count: Int) throws(CodecError) -> UnsafeRawBufferPointer {
        guard count <= input.count - at else { throw corrupt("\(count) bytes needed, \(input.count - at) left", at: at) }
        defer { at += count }
        return UnsafeRawBufferPointer(rebasing: input[at..<at + count])
    }

    private func corrupt(_ reason: String, at offset: Int) -> CodecError {
        .corrupt(codec: HuffmanCodec.name, offset: offset, reason: reason)
    }
}
