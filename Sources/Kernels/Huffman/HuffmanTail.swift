/// The symbols behind the last whole step, which travel in the lanes' first 16 bits: two bytes a lane, or as one bit string of
/// codes when more of them fit that way.
package enum HuffmanTail {
    /// The most rows of 32 x groups symbols that a tail of codes has, by its 4-bit field.
    package static let maximumRows = 15

    /// How many whole rows of `lanes` symbols fit as codes, on top of the `count % lanes` last symbols.
    ///
    /// Preconditions: every symbol has a code, `lanes <= count`.
    /// - Returns: rows, at least one short of the whole segment; 0 when the raw tail of `rawCount` symbols holds as many. `saved` is
    ///   how many bits of codes leave the lanes by it, beyond those of the raw tail.
    package static func rows(
        _ symbols: UnsafePointer<UInt8>, count: Int, lanes: Int, rawCount: Int, code: HuffmanCode
    ) -> (rows: Int, saved: Int) {
        let limit = min(maximumRows, count / lanes &- 1)
        var at = count
        var rowStart = count &- count % lanes
        var bits = 0
        var rawBits = 0
        var fitting = (rows: 0, saved: 0)
        var rows = 0
        while true {
            while at > rowStart {
                at &-= 1
                bits &+= Int(code.lengths[Int(symbols[at])])
            }
            if count &- at == rawCount { rawBits = bits }
            if bits > 16 &* lanes { return fitting }
            if count &- at > rawCount { fitting = (rows, bits &- rawBits) }
            if rows >= limit { return fitting }
            rows &+= 1
            rowStart &-= lanes
        }
    }

    /// Writes the codes of `symbols`, high bits first, and zero bits up to `size` bytes.
    ///
    /// Preconditions: the codes fit; 8 bytes behind `size` may be written.
    package static func encode(
        _ symbols: UnsafePointer<UInt8>, count: Int, code: HuffmanCode, into target: UnsafeMutableRawPointer, size: Int
    ) {
        var writer = BitWriter(target)
        var at = 0
        while at < count {
            let entry = code.entries[Int(symbols[at])]
            writer.write(UInt64(entry &>> 4), Int(entry & 15))
            at &+= 1
        }
        var end = writer.finish()
        while end < target + size {
            end.storeBytes(of: 0, as: UInt8.self)
            end += 1
        }
    }

    /// Reads `count` symbols from the `size` bytes at `source`.
    ///
    /// Preconditions: `code` is built from a full code; 16 bytes behind `size` may be read.
    /// - Returns: whether the codes end within `size` and only zero bits follow.
    package static func decode(
        _ source: UnsafeRawPointer, size: Int, code: HuffmanCode, into symbols: UnsafeMutablePointer<UInt8>, count: Int
    ) -> Bool {
        let end = size &* 8
        var bit = 0
        var at = 0
        while at < count {
            if bit > end { return false }
            let bits = UInt32(truncatingIfNeeded: BitWriter.window(source, bit) &>> 48)
            var length = 1
            while bits >= code.limits[length] { length &+= 1 }
            let rank = UInt16(truncatingIfNeeded: bits &>> UInt32(truncatingIfNeeded: 16 &- length)) &+ code.offsets[length]
            symbols[at] = code.ranked[Int(rank)]
            bit &+= length
            at &+= 1
        }
        while bit < end {
            let size = min(32, end &- bit)
            if BitWriter.window(source, bit) &>> UInt64(truncatingIfNeeded: 64 &- size) != 0 { return false }
            bit &+= size
        }
        return bit == end
    }
}
