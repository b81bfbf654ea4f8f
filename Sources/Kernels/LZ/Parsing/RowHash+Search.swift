extension RowHash {
    /// Offers `best` the candidates of the row for `at` that are likely the longest, each measured in the text: those that agree in
    /// the hashed bytes and the four behind them or, when there are none, the most recent of those that agree farthest.
    ///
    /// Preconditions: `at` is not inserted yet; 32 bytes from `at` on lie in front of `end`.
    ///
    /// - Parameters:
    ///   - end: Matches go no further.
    ///   - floor: Shorter matches are of no use; may be more than is possible.
    @inline(__always)
    func search(
        _ input: UnsafePointer<UInt8>, _ at: Int, _ end: Int, minimum: Int, floor: Int, _ best: inout LazyMatch,
        _ meter: inout some SearchMeter
    ) {
        let hash = hash(input, at)
        let tag = UInt32(truncatingIfNeeded: hash & 0xFF) &* 0x0101_0101
        let check = checkWord(input, at)
        // Four bytes that any match worth having has in common with the text at `at`.
        var needed = min(max(floor, best.length, 4), end &- at)
        var line = row(hash)
        let rowEnd = line + 2 &* Self.width
        while line < rowEnd {
            var mask = candidates(line, tag, check, heads[hash &>> 8], wantsShort: floor < hashedBytes &+ 4)
            while mask != 0 {
                let slot = mask.trailingZeroBitCount &>> 2
                mask &= mask &- 1
                let distance = Int((UInt32(truncatingIfNeeded: at) &- line[slot &+ (slot & 8)]) & Self.positionMask)
                // Empty entries can be at distance 0, and what is older than 2^24 can seem to lie in front of the input.
                if UInt(bitPattern: distance &- 1) >= UInt(bitPattern: at) { continue }
                meter.add(1)
                let last = at &+ needed &- 4
                if RowCompare.fourBytes(input, last) != RowCompare.fourBytes(input, last &- distance) { continue }
                let length = MatchExtension.forward(input, at, at &- distance, end)
                meter.add(length &>> 3)
                if length >= minimum { best.offer(length, distance, price: LazyMatch.price(distance)) }
                needed = max(needed, best.length)
            }
            line += 2 &* min(Self.width, 16)
        }
    }

    /// Bit 4 i: entry i, of the 8 or 16 at `line`, is to be looked at.
    ///
    /// - Parameter wantsShort: Whether an entry that differs in the check word is of use.
    @inline(__always)
    private func candidates(
        _ line: UnsafePointer<UInt32>, _ tag: UInt32, _ check: UInt32, _ head: UInt8, wantsShort: Bool
    ) -> UInt64 {
        var tags = RowCompare.equalBytes(line, tag)
        var bytes = RowCompare.equalBytes(line + 8, check)
        if Self.width > 8 {
            tags |= RowCompare.equalBytes(line + 16, tag) &<< 32
            bytes |= RowCompare.equalBytes(line + 24, check) &<< 32
        }
        let tagged = (tags &>> 3) & 0x1111_1111_1111_1111
        let one = tagged & bytes
        let two = one & (bytes &>> 1)
        let three = two & (bytes &>> 2)
        let four = three & (bytes &>> 3)
        if four != 0 || !wantsShort { return four }
        var mask = one != 0 ? one : tagged
        mask = two != 0 ? two : mask
        mask = three != 0 ? three : mask
        return Self.mostRecent(mask, head)
    }

    /// The first bit of `mask` from the slot `head` on, which was filled last, going round.
    @inline(__always)
    private static func mostRecent(_ mask: UInt64, _ head: UInt8) -> UInt64 {
        let bits: UInt64 = width > 8 ? 64 : 32
        let turn = (UInt64(head) &<< 2) & (bits &- 1)
        let turned = width > 8 ? mask &>> turn | mask &<< (64 &- turn) : (mask | mask &<< 32) &>> turn
        let place = (UInt64(truncatingIfNeeded: turned.trailingZeroBitCount) &+ turn) & (bits &- 1)
        return mask & (1 &<< place)
    }
}
