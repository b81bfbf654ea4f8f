/// The decoder of the lanes layout, portable: a table of 4,096 entries, one lane after the other, without a branch that depends
/// on the symbols.
package enum HuffmanDecode {
    /// See ``HuffmanLanes/Decode``.
    @Sendable
    package static func portable(
        _ symbols: UnsafeMutablePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode,
        _ lanes: UnsafeMutablePointer<UInt32>, _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
    ) -> Bool {
        let lookup = workspace.assumingMemoryBound(to: UInt16.self)
        fill(lookup, width: CodeLengths.maximum, from: code)
        turn(lanes, groups, toDecoder: true)
        let row = HuffmanLanes.perGroup &* groups
        var isExact = true
        var group = 0
        while group < groups {
            let (first, stride) = HuffmanLanes.lanes(of: group, groups: groups)
            // The stride is a constant in each of the two copies of the loop.
            let left =
                stride == 1
                ? decode(symbols + first, steps, row, 1, lookup, lanes + first, words[group])
                : decode(symbols + first, steps, row, 2, lookup, lanes + first, words[group])
            isExact = isExact && left == 0
            group &+= 1
        }
        turn(lanes, groups, toDecoder: false)
        return isExact
    }

    /// By the next `width` bits, which no code is longer than: symbol << 8 | length. Canonical codes fill it front to back.
    @inline(__always)
    static func fill(_ lookup: UnsafeMutablePointer<UInt16>, width: Int, from code: HuffmanCode) {
        var at = 0
        var rank = 0
        while at < 1 &<< width {
            let symbol = Int(code.ranked[rank])
            let length = Int(code.lengths[symbol])
            let entry = UInt16(truncatingIfNeeded: symbol &<< 8 | length)
            let end = at &+ 1 &<< (width &- length)
            while at < end {
                lookup[at] = entry
                at &+= 1
            }
            rank &+= 1
        }
    }

    /// Turns all lanes from the outside form to the decoder's, or back: left-aligned, with a one below the valid bits,
    /// so that one word says both what the bits are and where they end.
    private static func turn(_ lanes: UnsafeMutablePointer<UInt32>, _ groups: Int, toDecoder: Bool) {
        var lane = 0
        while lane < HuffmanLanes.perGroup &* groups {
            let bits = lanes[lane]
            if toDecoder {
                lanes[lane] = (bits &<< 1 | 1) &<< UInt32(truncatingIfNeeded: bits.leadingZeroBitCount)
            } else {
                let below = UInt32(truncatingIfNeeded: bits.trailingZeroBitCount)
                lanes[lane] = UInt32(truncatingIfNeeded: (UInt64(bits) | 1 &<< 32) &>> UInt64(below &+ 1))
            }
            lane &+= 1
        }
    }

    /// Decodes one group. Returns how many bytes of words are left over; negative when there were too few.
    @inline(__always)
    private static func decode(
        _ symbols: UnsafeMutablePointer<UInt8>, _ steps: Int, _ row: Int, _ stride: Int, _ lookup: UnsafePointer<UInt16>,
        _ lanes: UnsafeMutablePointer<UInt32>, _ words: UnsafeRawBufferPointer
    ) -> Int {
        guard let base = words.baseAddress else { return -1 }
        // Counted in words: adding 0 or 1 is one instruction where a pointer takes three.
        let end = words.count &>> 1
        var next = 0
        var target = symbols
        var left = steps
        while left > 0 {
            var lane = 0
            while lane < HuffmanLanes.perGroup &* stride {
                decode(target, lane, lookup, lanes, base, &next)
                decode(target, lane &+ stride, lookup, lanes, base, &next)
                decode(target, lane &+ 2 &* stride, lookup, lanes, base, &next)
                decode(target, lane &+ 3 &* stride, lookup, lanes, base, &next)
                lane &+= 4 &* stride
            }
            target += row
            left &-= 1
            // A step takes 64 bytes at most, so one that starts before the end reads less than 64 bytes behind it.
            if next > end { return -1 }
        }
        return words.count &- 2 &* next
    }

    /// Takes one code off a lane, and a word for it if need be.
    @inline(__always)
    private static func decode(
        _ target: UnsafeMutablePointer<UInt8>, _ lane: Int, _ lookup: UnsafePointer<UInt16>, _ lanes: UnsafeMutablePointer<UInt32>,
        _ words: UnsafeRawPointer, _ next: inout Int
    ) {
        var bits = lanes[lane]
        let entry = UInt32(lookup[Int(bits &>> 20)])
        target[lane] = UInt8(truncatingIfNeeded: entry &>> 8)
        bits = bits &<< (entry & 0xFF)
        // Fewer than 16 bits are left exactly when the mark is in the high half. Then it moves down by 16 places and the word comes
        // between: + word << (16 - T) - 2^(31 - T) + 2^(15 - T). Else `mark` is 0 and nothing changes.
        let mark = (bits & (0 &- bits)) &>> 16
        let word = UInt32(UInt16(littleEndian: words.loadUnaligned(fromByteOffset: 2 &* next, as: UInt16.self)))
        lanes[lane] = bits &+ mark &* (word &* 2 &- 65_535)
        next &+= mark == 0 ? 0 : 1
    }
}
