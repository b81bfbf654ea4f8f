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
}
