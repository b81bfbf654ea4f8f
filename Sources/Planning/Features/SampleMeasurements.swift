internal import Codecs
internal import KernelDispatch
internal import Kernels

/// What the frequencies of bytes say of them.
struct Order0Distribution {
    /// Bits a byte that an ideal order-0 code for these bytes needs, without its table.
    let entropy: Double
    /// How many values occur.
    let symbols: Int
    let count: Int

    /// The same for more bytes of the kind: a small sample looks more regular than what it was taken from, by about
    /// (symbols - 1) / (2 count ln 2) bits (Miller and Madow 1955).
    var expectedEntropy: Double { min(8, entropy + Double(symbols - 1) * 0.7213475204444817 / Double(count)) }
}

/// Measures `bytes`, which are not empty.
///
/// The same on every machine: only IEEE operations whose rounding is defined, no library logarithm.
func order0Distribution(_ bytes: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Order0Distribution {
    let mark = scratch.mark
    defer { scratch.release(to: mark) }
    guard let start = bytes.baseAddress else { return Order0Distribution(entropy: 0, symbols: 0, count: 0) }
    let counts = try scratch.allocate(Histogram.workspaceSize).assumingMemoryBound(to: UInt32.self)
    guard let table = counts.baseAddress else { return Order0Distribution(entropy: 0, symbols: 0, count: 0) }
    Histogram.count(start, count: bytes.count, into: table)
    var sum = 0.0
    var symbols = 0
    var symbol = 0
    while symbol < 256 {
        if table[symbol] > 0 {
            sum += Double(table[symbol]) * binaryLogarithm(table[symbol])
            symbols &+= 1
        }
        symbol &+= 1
    }
    let entropy = max(0, binaryLogarithm(UInt32(clamping: bytes.count)) - sum / Double(bytes.count))
    return Order0Distribution(entropy: entropy, symbols: symbols, count: bytes.count)
}

/// log2 of `value`, which is not 0, within 1e-6: log2(m) = 2 artanh((m - 1) / (m + 1)) / ln 2 for m in 1..<2, by the
/// first five terms of artanh's series, whose argument is below 1/3.
func binaryLogarithm(_ value: UInt32) -> Double {
    let exponent = 31 - value.leadingZeroBitCount
    let significand = Double(value) / Double(UInt64(1) << UInt64(exponent))
    let ratio = (significand - 1) / (significand + 1)
    let square = ratio * ratio
    let series = ratio * (1 + square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square / 9))))
    return Double(exponent) + series * 2.8853900817779268
}

/// The share of `bytes`, which are not empty, that stand in runs of at least `limit` equal bytes.
///
/// Precondition: `limit` is at least the scan's own minimum.
func shareInRuns(_ bytes: UnsafeRawBufferPointer, ofAtLeast limit: Int) -> Double {
    guard let start = bytes.baseAddress else { return 0 }
    let findRuns = KernelSet.current.findRuns
    let capacity = 256
    let inRuns = withUnsafeTemporaryAllocation(of: UInt32.self, capacity: RunScan.listCount(capacity: capacity)) { list in
        guard let list = list.baseAddress else { return 0 }
        var sum = 0
        var offset = 0
        while true {
            let found = findRuns(start, offset, bytes.count, list, capacity)
            for run in 0..<found {
                let length = Int(list[2 * run + 1]) - Int(list[2 * run])
                sum += length >= limit ? length : 0
            }
            if found < capacity { return sum }
            offset = Int(list[2 * found - 1])
        }
    }
    return Double(inRuns) / Double(bytes.count)
}
