#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Shannon's entropy of single bytes: what an order-0 coder cannot go below.
package enum Entropy {
    /// Bits a byte, 0...8; 0 for no bytes.
    package static func orderZero(_ bytes: UnsafeRawBufferPointer) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.reduce(0) { $1 == 0 ? $0 : $0 + Double($1) / total * log2(total / Double($1)) }
    }
    /// Bits a byte of each byte given the one before it: what an order-1 coder with the right statistics cannot go below. The first byte
    /// has none before it and is not counted; 0 for fewer than two bytes. Below some hundred KiB the 65536 pairs are too many to count:
    /// the figure is then too low.
    package static func orderOne(_ bytes: UnsafeRawBufferPointer) -> Double {
        guard bytes.count > 1 else { return 0 }
        var pairs = [Int](repeating: 0, count: 1 << 16)
        pairs.withUnsafeMutableBufferPointer { pairs in
            var pair = Int(bytes[0])
            for index in 1..<bytes.count {
                pair = (pair &<< 8 | Int(bytes[index])) & 0xFFFF
                pairs[pair] &+= 1
            }
        }
        var bits: Double = 0
        for context in 0..<256 {
            let row = pairs[(context << 8)..<(context + 1) << 8]
            let total = Double(row.reduce(0, +))
            for count in row where count > 0 { bits += Double(count) * log2(total / Double(count)) }
        }
        return bits / Double(bytes.count - 1)
    }
}
