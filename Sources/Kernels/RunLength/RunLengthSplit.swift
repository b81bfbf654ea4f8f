/// The run-length codec's two streams, from what the run scan lists.
package enum RunLengthSplit {
    /// Writes the pairs of varints of `count` runs, of which the first follows the one that ended at `end`.
    ///
    /// Preconditions: `list` is as ``RunScan/Find`` writes it; `runs` has room for an eighth of the bytes from `end` to where the last
    /// run ends.
    /// - Returns: the bytes written, and how many raw bytes these runs take out of the literals.
    package static func writeRuns(
        _ list: UnsafePointer<UInt32>, _ count: Int, after end: Int, into runs: UnsafeMutableRawPointer
    ) -> (size: Int, removed: Int) {
        var (size, removed, last) = (0, 0, end)
        var run = 0
        while run < count {
            let (first, end) = (Int(list[2 &* run]), Int(list[2 &* run &+ 1]))
            size = writeVarint(first &- last, runs, size)
            size = writeVarint(end &- first &- RunScan.minimum, runs, size)
            removed &+= end &- first &- 1
            last = end
            run &+= 1
        }
        return (size, removed)
    }

    /// Copies what the runs leave: the gaps, each with the first byte of the run that follows, and the rest.
    ///
    /// Preconditions: `runs` has the `size` bytes that ``writeRuns(_:_:after:into:)`` wrote for the `count` bytes; 128 bytes more
    /// than these may be read behind `bytes` and `runs`, and written behind the literals. (Wider vectors gained nothing here.)
    package static func copyLiterals(
        _ bytes: UnsafeRawPointer, _ count: Int, _ runs: UnsafeRawPointer, _ size: Int, _ literals: UnsafeMutableRawPointer
    ) {
        var (source, target, at) = (bytes, literals, 0)
        while at < size {
            let span = readVarint(runs, &at) &+ 1
            let extra = readVarint(runs, &at)
            // Few spans are longer than two vectors: those go without a call.
            if span > 32 {
                target.copyMemory(from: source, byteCount: span)
            } else {
                target.storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
                let high = source.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
                target.storeBytes(of: high, toByteOffset: 16, as: SIMD16<UInt8>.self)
            }
            target += span
            source += span &+ RunScan.minimum &- 1 &+ extra
        }
        target.copyMemory(from: source, byteCount: bytes + count - source)
    }

    private static func writeVarint(_ value: Int, _ bytes: UnsafeMutableRawPointer, _ at: Int) -> Int {
        var rest = value
        var end = at
        while rest >= 0x80 {
            bytes.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: end, as: UInt8.self)
            rest = rest &>> 7
            end &+= 1
        }
        bytes.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: end, as: UInt8.self)
        return end &+ 1
    }

    /// Reads back what ``writeRuns(_:_:after:into:)`` wrote, unchecked for that reason.
    private static func readVarint(_ bytes: UnsafeRawPointer, _ at: inout Int) -> Int {
        var value = 0
        var shift = 0
        while true {
            let byte = Int(bytes.load(fromByteOffset: at, as: UInt8.self))
            at &+= 1
            value |= (byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift &+= 7
        }
    }
}
