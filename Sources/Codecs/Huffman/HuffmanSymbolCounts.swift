internal import KernelDispatch
internal import Kernels

/// How often each symbol occurs in a segment: exactly, or by a sample with the exact set of symbols that occur.
///
/// An exact count takes longer than the lanes. A quarter of 128 KiB tells the frequencies well enough for a code that is
/// 0.05 % longer on average over real files, 0.16 % at most; the caller checks, once the segment is coded, that it is as long as the sample said.
struct HuffmanSymbolCounts {
    /// Weights by symbol for making a code, 0 for one that does not occur.
    ///
    /// A sample's are raised to the share of a code of 12 bits. It tells little about rarer symbols, and Huffman's code then
    /// seldom has a longer one, so that package-merge, which takes as long as the lanes of a small segment, is seldom needed.
    let weights: UnsafeMutablePointer<UInt32>
    private let counts: UnsafeMutablePointer<UInt32>
    private let used: UnsafeMutablePointer<UInt8>
    private let kernels: KernelSet
    /// Symbols that were counted, and that the segment has.
    private var counted = 0
    private var total = 0

    /// The smallest segment that is sampled.
    static let leastSampled = 1 << 17

    init(scratch: ScratchArena, kernels: KernelSet) throws(CodecError) {
        weights = try scratch.allocate(1024).baseAddress!.assumingMemoryBound(to: UInt32.self)
        counts = try scratch.allocate(Histogram.workspaceSize).baseAddress!.assumingMemoryBound(to: UInt32.self)
        used = try scratch.allocate(256).baseAddress!.assumingMemoryBound(to: UInt8.self)
        self.kernels = kernels
    }

    /// Whether a small sample shows more than 7.9 bits a symbol, so that coding could not save 1.3 %.
    ///
    /// Counted are equal pairs in the sample, which bound the entropy from below (Rényi's of order 2 is never above Shannon's): with
    /// 7.9 bits a pair is equal with a chance of 2^-7.9 = 1.072 / 256.
    mutating func isNearlyFlat(_ segment: UnsafeRawBufferPointer) -> Bool {
        counted = SampledHistogram.countFirst(segment.baseAddress!, count: segment.count, into: counts)
        var pairs = 0
        for symbol in 0..<256 { pairs += Int(counts[symbol]) * (Int(counts[symbol]) - 1) }
        return pairs * 256 * 1000 <= counted * (counted - 1) * 1072
    }

    /// Takes the counts of all symbols, `total` of them.
    mutating func set(_ histogram: UnsafePointer<UInt32>, total: Int) {
        counts.update(from: histogram, count: 256)
        weights.update(from: histogram, count: 256)
        counted = total
        self.total = total
    }

    mutating func countAll(_ segment: UnsafeRawBufferPointer) {
        Histogram.count(segment.baseAddress!, count: segment.count, into: counts)
        weights.update(from: counts, count: 256)
        counted = segment.count
        total = segment.count
    }

    /// Precondition: the counts are as ``isNearlyFlat(_:)`` has left them.
    mutating func sample(_ segment: UnsafeRawBufferPointer) {
        counted += SampledHistogram.addRest(segment.baseAddress!, count: segment.count, to: counts)
        for symbol in 0..<256 { used[symbol] = counts[symbol] == 0 ? 0 : 1 }
        kernels.markUsedBytes(segment.baseAddress!, segment.count, used)
        total = segment.count
        let least = max(1, UInt32(counted >> CodeLengths.maximum))
        for symbol in 0..<256 { weights[symbol] = used[symbol] == 0 ? 0 : max(least, counts[symbol]) }
    }

    /// Whether only `symbol` occurs.
    func areOnly(_ symbol: UInt8) -> Bool {
        for other in 0..<256 where weights[other] != 0 && other != symbol { return false }
        return true
    }

    /// Bits that a code with these lengths takes for the whole segment, as far as the counts tell; `Int.max` when it lacks a symbol.
    func bits(by lengths: UnsafePointer<UInt8>) -> Int {
        var bits = 0
        var lacking = false
        for symbol in 0..<256 {
            bits &+= Int(lengths[symbol]) &* Int(counts[symbol])
            lacking = lacking || (lengths[symbol] == 0 && weights[symbol] != 0)
        }
        if lacking { return Int.max }
        return counted == total ? bits : Int(Double(bits) * Double(total) / Double(counted))
    }

    /// Whether `bits`, which `count` of the symbols have taken, are within 1 % of what the counts made expect of `expected` for all.
    func explain(_ bits: Int, of count: Int, expected: Int) -> Bool {
        if counted == total { return true }
        let share = Double(expected) * Double(count) / Double(total)
        return abs(Double(bits) - share) <= share / 100
    }
}
