extension UInt64 {
    /// The word's eight bytes as they stand in a file, low byte first, in 16 hexadecimal digits.
    package var hexadecimalBytes: String {
        let digits = String(byteSwapped, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

extension Digest128: CustomStringConvertible {
    /// The sixteen bytes as they stand in a file, in 32 hexadecimal digits.
    package var description: String { low.hexadecimalBytes + high.hexadecimalBytes }
}
