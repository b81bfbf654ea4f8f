/// The encoder of the lanes layout, portable: one lane after the other, without a branch that depends on the symbols.
package enum HuffmanEncode {
    /// See ``HuffmanLanes/Encode``.
    ///
    /// A lane keeps its outside form, bits with a one above them. With v = (1 << length) + code - 1 a code goes on top by
    /// lane + (v << T); the sum reaches 2^32 exactly when a word has to leave first, and since that word is taken from
    /// the low end it may as well leave afterwards.
    @Sendable
    package static func portable(
        _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode, _ lanes: UnsafeMutablePointer<UInt32>,
        _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
    ) {
        let pushes = workspace.assumingMemoryBound(to: UInt32.self)
        fill(pushes, from: code)
        let row = HuffmanLanes.perGroup &* groups
        var group = 0
        while group < groups {
            let (first, stride) = HuffmanLanes.lanes(of: group, groups: groups)
            // The stride is a constant in each of the two copies of the loop.
            words[group] =
                stride == 1
                ? encode(symbols + first, steps, row, 1, pushes, lanes + first, words[group])
                : encode(symbols + first, steps, row, 2, pushes, lanes + first, words[group])
            group &+= 1
        }
    }

    private static func fill(_ pushes: UnsafeMutablePointer<UInt32>, from code: HuffmanCode) {
        var symbol = 0
        while symbol < 256 {
            let entry = UInt32(code.entries[symbol])
            pushes[symbol] = (1 &<< (entry & 15)) &+ entry &>> 4 &- 1
            symbol &+= 1
        }
    }

    /// Encodes one group, whose symbols are `stride` bytes apart within a step and `row` bytes from step to step. Returns where its
    /// words begin.
    @inline(__always)
    private static func encode(
        _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ row: Int, _ stride: Int, _ pushes: UnsafePointer<UInt32>,
        _ lanes: UnsafeMutablePointer<UInt32>, _ end: UnsafeMutableRawPointer
    ) -> UnsafeMutableRawPointer {
        var words = end
        var step = symbols + steps &* row
        while step > symbols {
            step -= row
            var lane = HuffmanLanes.perGroup &* stride
            while lane > 0 {
                lane &-= stride
                let bits = UInt64(lanes[lane])
                let count = 63 &- UInt64(truncatingIfNeeded: (bits | 1).leadingZeroBitCount)
                let pushed = bits &+ UInt64(pushes[Int(step[lane])]) &<< count
                (words - 2).storeBytes(of: UInt16(truncatingIfNeeded: bits).littleEndian, as: UInt16.self)
                // 16 when a word leaves, else 0.
                let leaving = pushed &>> 32 != 0 ? 16 : 0
                lanes[lane] = UInt32(truncatingIfNeeded: pushed &>> UInt64(truncatingIfNeeded: leaving))
                words -= leaving &>> 3
            }
        }
        return words
    }
}
