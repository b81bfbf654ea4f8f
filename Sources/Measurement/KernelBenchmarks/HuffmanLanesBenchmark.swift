internal import Codecs
internal import KernelDispatch
internal import Kernels

extension KernelBenchmark {
    /// The bare coders of the lanes: no histogram, no table, no headers. Symbols that fill no step are not counted.
    static let huffmanLanes = [
        KernelBenchmark("huffman-encode") { (chunk, kernels, memory) throws(CodecError) in
            guard let lanes = try HuffmanLanesOfChunk(chunk, memory) else { return nil }
            let encode = kernels.huffmanEncode
            return PreparedKernel(byteCount: lanes.symbolCount, output: { lanes.encoded }) {
                lanes.encode(by: encode)
                return true
            }
        },
        KernelBenchmark("huffman-decode") { (chunk, kernels, memory) throws(CodecError) in
            guard let lanes = try HuffmanLanesOfChunk(chunk, memory) else { return nil }
            // Every set decodes what the portable encoder wrote.
            lanes.encode(by: HuffmanEncode.portable)
            let decode = kernels.huffmanDecode
            let target = try memory.allocate(lanes.symbolCount)
            return PreparedKernel(
                byteCount: lanes.symbolCount, expected: UnsafeRawBufferPointer(rebasing: chunk.bytes[..<lanes.symbolCount]),
                output: { [UnsafeRawBufferPointer(target)] }
            ) {
                lanes.decode(to: target, by: decode)
            }
        },
    ]
}

/// A chunk's code, and memory for its lanes and words.
private struct HuffmanLanesOfChunk {
    let symbols: UnsafePointer<UInt8>
    let groups: Int
    let steps: Int
    private let code: HuffmanCode
    private let workspace: UnsafeMutableRawPointer
    /// The lanes between calls: kernels overwrite those that they are given.
    private let states: UnsafeMutablePointer<UInt32>
    private let lanes: UnsafeMutablePointer<UInt32>
    private let ends: [UnsafeMutableRawPointer]
    private let words: UnsafeMutablePointer<UnsafeMutableRawPointer>
    private let ranges: UnsafeMutablePointer<UnsafeRawBufferPointer>

    var laneCount: Int { HuffmanLanes.perGroup * groups }
    var symbolCount: Int { steps * laneCount }

    /// Nil for a chunk of one symbol, which has no code, and for one that fills no step.
    init?(_ chunk: Chunk, _ memory: BenchmarkMemory) throws(CodecError) {
        // As many groups as the codec takes.
        groups = chunk.count >= 1 << 16 ? 4 : chunk.count >= 1 << 14 ? 2 : 1
        steps = chunk.count / (HuffmanLanes.perGroup * groups)
        symbols = chunk.symbols
        code = HuffmanCode(at: try memory.allocate(HuffmanCode.size).baseAddress!)
        workspace = try memory.allocate(max(HuffmanLanes.workspaceSize, CodeLengths.workspaceSize)).baseAddress!
        states = try memory.allocate(HuffmanLanes.perGroup * groups, of: UInt32.self)
        lanes = try memory.allocate(HuffmanLanes.perGroup * groups, of: UInt32.self)
        words = try memory.allocate(groups, of: UnsafeMutableRawPointer.self)
        ranges = try memory.allocate(groups, of: UnsafeRawBufferPointer.self)
        var ends: [UnsafeMutableRawPointer] = []
        for _ in 0..<groups {
            let buffer = try memory.allocate(48 * steps + 64)
            ends.append(buffer.baseAddress! + buffer.count)
        }
        self.ends = ends
        let counts = try memory.allocate(Histogram.workspaceSize / 4, of: UInt32.self)
        Histogram.count(chunk.base, count: chunk.count, into: counts)
        guard steps > 0, counts[Int(chunk.symbols[0])] != chunk.count else { return nil }
        _ = CodeLengths.assign(counts, lengths: code.lengths, workspace: workspace)
        code.build()
    }

    /// Encodes from fresh lanes; the result stays in `states` and below `ends`.
    func encode(by encode: HuffmanLanes.Encode) {
        states.update(repeating: 1 << 16, count: laneCount)
        for (group, end) in ends.enumerated() { words[group] = end }
        encode(symbols, steps, groups, code, states, words, workspace)
    }

    /// What ``encode(by:)`` wrote.
    var encoded: [UnsafeRawBufferPointer] {
        let wordRanges = ends.enumerated().map { UnsafeRawBufferPointer(start: words[$0], count: $1 - words[$0]) }
        return [UnsafeRawBufferPointer(start: states, count: 4 * laneCount)] + wordRanges
    }

    func decode(to target: UnsafeMutableRawBufferPointer, by decode: HuffmanLanes.Decode) -> Bool {
        lanes.update(from: states, count: laneCount)
        for (group, end) in ends.enumerated() { ranges[group] = UnsafeRawBufferPointer(start: words[group], count: end - words[group]) }
        let symbols = target.baseAddress!.assumingMemoryBound(to: UInt8.self)
        return decode(symbols, steps, groups, code, lanes, ranges, workspace)
    }
}
