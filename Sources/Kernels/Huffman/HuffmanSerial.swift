/// The layout without lanes: the codes of all symbols one after the other, as one bit string. ``HuffmanTail`` writes them.
package enum HuffmanSerial {
    /// The longest stream that is written like this. One group of lanes costs some 30 bytes and saves a decoder one to two microseconds for 1,024 symbols.
    ///
    /// With 1,024, blocks of source code of 8, 16 and 64 KiB become 3, 2 and 0.3 % smaller, and take 10, 8 and 2 % longer to read; with 2,048 these are 4,
    /// 2 and 0.5 % and 17, 13 and 6 %.
    package static let mostSymbols = 1 << 10

    /// Decodes `count` symbols from the start of `source`.
    ///
    /// Preconditions: `code` is built from a full code; `source` is followed by 16 readable bytes; `workspace` has
    /// ``HuffmanLanes/workspaceSize`` bytes.
    /// - Returns: bytes read, or nil when `source` ends too early or the bits that fill the last byte are not zero.
    package static func decode(
        _ source: UnsafeRawBufferPointer, code: HuffmanCode, into symbols: UnsafeMutablePointer<UInt8>, count: Int,
        workspace: UnsafeMutableRawPointer
    ) -> Int? {
        guard let base = source.baseAddress else { return nil }
        let lookup = workspace.assumingMemoryBound(to: UInt16.self)
        // Short streams have short codes: the smallest table is made quickest.
        var width = CodeLengths.maximum
        while code.counts[width] == 0 { width &-= 1 }
        HuffmanDecode.fill(lookup, width: width, from: code)
        let unused = UInt64(truncatingIfNeeded: 64 &- width)
        let end = source.count &* 8
        var bit = 0
        var at = 0
        while at < count {
            if bit > end { return nil }
            // A window has the bits of four codes.
            var window = BitWriter.window(base, bit)
            let next = min(at &+ 4, count)
            while at < next {
                let entry = lookup[Int(truncatingIfNeeded: window &>> unused)]
                symbols[at] = UInt8(truncatingIfNeeded: entry &>> 8)
                window = window &<< UInt64(truncatingIfNeeded: entry & 15)
                bit &+= Int(entry & 15)
                at &+= 1
            }
        }
        return bit > end ? nil : BitWriter.byteCount(base, bit)
    }
}
