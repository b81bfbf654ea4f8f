/// LEB128: seven bits a byte, low bits first, the high bit says that more follow. Only the shortest form is valid.
extension ByteWriter {
    package mutating func writeVarint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            write(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        write(UInt8(rest))
    }
}

extension ByteReader {
    package mutating func readVarint() throws(ReadError) -> UInt64 {
        let start = offset
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try read(UInt8.self)
            let bits = UInt64(byte & 0x7F)
            // The tenth byte holds bit 63 alone.
            guard shift < 63 || (shift == 63 && bits <= 1) else { throw .malformedVarint(offset: start) }
            value |= bits << shift
            if byte & 0x80 == 0 {
                guard byte != 0 || shift == 0 else { throw .malformedVarint(offset: start) }
                return value
            }
            shift += 7
        }
    }
}
