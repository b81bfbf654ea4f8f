#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Shannon's entropy of bytes: what a coder that knows no more of them cannot go below.
package enum Entropy {
    /// Of single bytes: bits a byte, 0...8; 0 for no bytes.
    package static func orderZero(_ bytes: UnsafeRawBufferPointer) -> Double {
        var counts = [Int](repeating: 0, count: 256)
        for byte in bytes { counts[Int(byte)] += 1 }
        let total = Double(bytes.count)
        return counts.reduce(0) { $1 == 0 ? $0 : $0 + Double($1) / total * log2(total / Double($1)) }
    }

    /// Of bytes given the one before: bits a byte, 0...8; 0 for fewer than two bytes. The first byte has none before it and does not count.
    ///
    /// Counted on the bytes themselves, it is too low where they are few: 65,536 pairs need some megabytes to be known.
    package static func orderOne(_ bytes: UnsafeRawBufferPointer) -> Double {
        guard bytes.count > 1 else { return 0 }
        var pairs = [Int](repeating: 0, count: 1 << 16)
        pairs.withUnsafeMutableBufferPointer { count(pairsOf: bytes, into: $0) }
        var bits = 0.0
        for before in 0..<256 {
            let row = pairs[before << 8..<(before + 1) << 8]
            let total = Double(row.reduce(0, +))
            for count in row where count > 0 { bits += Double(count) * log2(total / Double(count)) }
        }
        return bits / Double(bytes.count - 1)
    }

    private static func count(pairsOf bytes: UnsafeRawBufferPointer, into counts: UnsafeMutableBufferPointer<Int>) {
        var pair = Int(bytes[0])
        var place = 1
        while place < bytes.count {
            pair = (pair << 8 | Int(bytes[place])) & 0xFFFF
            counts[pair] &+= 1
            place &+= 1
        }
    }
}
