/// Kinds of content that the tests compress, each made from a seed in any size.
package enum SampleInput: String, CaseIterable, Sendable, CustomStringConvertible {
    /// English-like words with repeats.
    case text
    /// Lines of comma-separated numbers.
    case table
    /// FP32 weights, little-endian: a skewed byte in four.
    case floats
    /// Runs of 1 to 300 equal bytes between stretches of noise.
    case runs
    /// Nearly all zeros.
    case sparse
    /// One byte.
    case zeros
    /// No structure at all.
    case random
    /// Four symbols of unequal frequency, in no order.
    case skewed

    package var description: String { rawValue }

    /// `count` bytes.
    package func bytes(_ count: Int, seed: UInt64 = SplitMix64.runSeed) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 512)
        while bytes.count < count { appendPiece(to: &bytes, &random) }
        bytes.removeLast(bytes.count - count)
        return bytes
    }

    /// Appends some bytes, at most 512.
    private func appendPiece(to bytes: inout [UInt8], _ random: inout SplitMix64) {
        let number = random.next()
        switch self {
        case .text: bytes += Self.words[Int(min(number % 24, (number &>> 8) % 24))]
        case .table:
            bytes += Array("2013,\(number % 12 + 1),\((number &>> 8) % 28 + 1),\((number &>> 16) % 2400),N\((number &>> 32) % 999)\n".utf8)
        case .floats: withUnsafeBytes(of: Self.weight(number).bitPattern.littleEndian) { bytes += $0 }
        case .runs:
            bytes += Array(repeating: UInt8(truncatingIfNeeded: number), count: Int((number &>> 8) % 300) + 1)
            for shift in 0..<(number &>> 60) { bytes.append(UInt8(truncatingIfNeeded: number &>> (16 + shift))) }
        case .sparse: bytes += number % 64 == 0 ? [UInt8(truncatingIfNeeded: number &>> 8)] : [0, 0, 0, 0]
        case .zeros: bytes += Array(repeating: 0, count: 256)
        case .random: withUnsafeBytes(of: number) { bytes += $0 }
        case .skewed: bytes.append([97, 97, 97, 97, 98, 98, 99, 100][Int(number % 8)])
        }
    }

    /// Roughly normal, with a standard deviation of about 0.04, from the sum of four uniform parts.
    private static func weight(_ number: UInt64) -> Float {
        let sum = (0..<4).reduce(0) { $0 + Int((number &>> (16 * UInt64($1))) & 0xFFFF) }
        return Float(sum - 131_070) / 1_000_000
    }

    private static let words: [[UInt8]] = [
        "the ", "of ", "and ", "to ", "in ", "a ", "is ", "block ", "that ", "with ", "which ", "codec ", "lane ", "stream ", "bytes ",
        "length ", "symbol ", "archive ", "reader ", "index\n", "writer ", "header, ", "footer. ", "offset; ",
    ].map { Array($0.utf8) }
}
