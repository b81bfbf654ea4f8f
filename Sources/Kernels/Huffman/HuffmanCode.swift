/// A canonical prefix code and the tables that coders of every instruction set start from, in memory of the caller's.
///
/// Codes ascend by (length, symbol), shorter codes first, beginning with all zero bits: so the 16 bits that begin with a code
/// of length l lie below `limits[l]`, and `(bits >> (16 - l)) + offsets[l]` is the rank of its symbol in `ranked`.
package struct HuffmanCode {
    /// Bytes that a code takes, 64-byte aligned.
    package static let size = 1280

    package let base: UnsafeMutableRawPointer

    /// A code at `base`, which holds ``size`` bytes; undefined until ``build()``.
    @inline(__always)
    package init(at base: UnsafeMutableRawPointer) { self.base = base }

    /// 256 code lengths, 0 for a symbol without a code.
    @inline(__always)
    package var lengths: UnsafeMutablePointer<UInt8> { base.assumingMemoryBound(to: UInt8.self) }

    /// Symbols with a code, by (length, symbol); zeros after the last.
    @inline(__always)
    package var ranked: UnsafeMutablePointer<UInt8> { (base + 256).assumingMemoryBound(to: UInt8.self) }

    /// By symbol: code << 4 | length. Codes are right-aligned.
    @inline(__always)
    package var entries: UnsafeMutablePointer<UInt16> { (base + 512).assumingMemoryBound(to: UInt16.self) }

    /// By length 0...15: codes not longer, left-aligned in 16 bits, lie below this; from the longest length on 65,536.
    @inline(__always)
    package var limits: UnsafeMutablePointer<UInt32> { (base + 1024).assumingMemoryBound(to: UInt32.self) }

    /// By length 0...15: rank of a symbol less its code, modulo 2^16.
    @inline(__always)
    package var offsets: UnsafeMutablePointer<UInt16> { (base + 1088).assumingMemoryBound(to: UInt16.self) }

    /// By length 0...15: how many codes have it.
    @inline(__always)
    package var counts: UnsafeMutablePointer<UInt16> { (base + 1120).assumingMemoryBound(to: UInt16.self) }

    /// Fills all tables from ``lengths``.
    ///
    /// Precondition: lengths are at most ``CodeLengths/maximum`` and their Kraft sum is exactly 1.
    package func build() {
        countLengths()
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 32) { next in
            // Next code (0..<16) and next rank (16..<32) of each length.
            let next = next.baseAddress.unsafelyUnwrapped
            var code: UInt16 = 0
            var rank: UInt16 = 0
            var length = 0
            while length < 16 {
                code = code &<< 1
                next[length] = code
                next[16 &+ length] = rank
                offsets[length] = rank &- code
                code &+= counts[length]
                rank &+= counts[length]
                limits[length] = length < CodeLengths.maximum ? UInt32(code) &<< UInt32(16 &- length) : 65_536
                length &+= 1
            }
            ranked.update(repeating: 0, count: 256)
            var symbol = 0
            while symbol < 256 {
                let length = Int(lengths[symbol])
                entries[symbol] = length == 0 ? 0 : next[length] &<< 4 | UInt16(truncatingIfNeeded: length)
                if length != 0 {
                    ranked[Int(next[16 &+ length])] = UInt8(truncatingIfNeeded: symbol)
                    next[length] &+= 1
                    next[16 &+ length] &+= 1
                }
                symbol &+= 1
            }
        }
    }

    private func countLengths() {
        counts.update(repeating: 0, count: 16)
        var symbol = 0
        while symbol < 256 {
            counts[Int(lengths[symbol])] &+= 1
            symbol &+= 1
        }
        counts[0] = 0
    }
}
