internal import Codecs

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

func compareBytes(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, _ count: Int) -> Bool {
    memcmp(left, right, count) == 0
}

/// Bits a byte that an ideal order-0 code needs for `bytes`, which are not empty.
///
/// The same on every machine: only IEEE operations whose rounding is defined, no library logarithm.
func order0Entropy(_ bytes: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Double {
    let mark = scratch.mark
    defer { scratch.release(to: mark) }
    // Four tables, so that a run of one byte does not wait for its own counter.
    let tables = try scratch.allocate(4 * 256 * 4)
    tables.initializeMemory(as: UInt8.self, repeating: 0)
    let counts = tables.assumingMemoryBound(to: UInt32.self)
    countBytes(bytes, into: counts.baseAddress!)
    var sum = 0.0
    var symbol = 0
    while symbol < 256 {
        let count = counts[symbol] &+ counts[symbol &+ 256] &+ counts[symbol &+ 512] &+ counts[symbol &+ 768]
        if count > 0 { sum += Double(count) * binaryLogarithm(count) }
        symbol &+= 1
    }
    return max(0, binaryLogarithm(UInt32(clamping: bytes.count)) - sum / Double(bytes.count))
}

/// Adds the bytes to four tables of 256 counters in turn. `counts` holds 1,024 zeroed counters.
private func countBytes(_ bytes: UnsafeRawBufferPointer, into counts: UnsafeMutablePointer<UInt32>) {
    guard let start = bytes.baseAddress else { return }
    var offset = 0
    while offset &+ 4 <= bytes.count {
        let four = start.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        counts[Int(four & 0xFF)] &+= 1
        counts[256 &+ Int((four &>> 8) & 0xFF)] &+= 1
        counts[512 &+ Int((four &>> 16) & 0xFF)] &+= 1
        counts[768 &+ Int(four &>> 24)] &+= 1
        offset &+= 4
    }
    while offset < bytes.count {
        counts[Int(start.load(fromByteOffset: offset, as: UInt8.self))] &+= 1
        offset &+= 1
    }
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
func shareInRuns(_ bytes: UnsafeRawBufferPointer, ofAtLeast limit: Int) -> Double {
    guard let start = bytes.baseAddress else { return 0 }
    var inRuns = 0
    var runStart = 0
    var offset = 1
    while offset < bytes.count {
        if start.load(fromByteOffset: offset, as: UInt8.self) != start.load(fromByteOffset: offset &- 1, as: UInt8.self) {
            let length = offset &- runStart
            if length >= limit { inRuns &+= length }
            runStart = offset
        }
        offset &+= 1
    }
    let length = bytes.count - runStart
    if length >= limit { inRuns += length }
    return Double(inRuns) / Double(bytes.count)
}

/// What LZ4 makes of `bytes`, stored to raw; 1 when it finds nothing or when this build has no LZ4.
func matchRatio(_ bytes: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Double {
    #if LZ4
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let output = try scratch.allocate(bytes.count)
        let room = UnsafeMutableRawBufferPointer(rebasing: output[..<max(0, bytes.count - 1)])
        let count = try LZ4Codec(.fast(acceleration: 1)).encode(bytes, into: room, scratch: scratch)
        return Double(count ?? bytes.count) / Double(bytes.count)
    #else
        return 1
    #endif
}
