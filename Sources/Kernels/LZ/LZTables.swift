/// Tables that the readers look things up in. Made once, never freed; callers take the pointer once a batch.
package enum LZTables {
    /// By four tokens' repeat fields (the first one's lowest), eight bytes each: which of the places
    /// [last, second last, third last distance, next four new distances] holds [the new last, second last and third last distance,
    /// nothing, the four tokens' distances]. The byte of nothing counts the new ones among the four, times 8.
    nonisolated(unsafe) package static let repeats: UnsafeRawPointer = {
        let table = UnsafeMutableRawPointer.allocate(byteCount: 8 * 256, alignment: 64)
        for fields in 0..<256 {
            fillRepeats((table + 8 * fields).assumingMemoryBound(to: UInt8.self), fields)
        }
        return UnsafeRawPointer(table)
    }()

    private static func fillRepeats(_ row: UnsafeMutablePointer<UInt8>, _ fields: Int) {
        var history = LZHistory(first: 0, second: 1, third: 2)
        var new: UInt32 = 3
        for token in 0..<4 {
            let place = fields >> (2 * token) & 3
            row[4 + token] = UInt8(history.take(place, new: new))
            new += place == 0 ? 1 : 0
        }
        row[0] = UInt8(history.first)
        row[1] = UInt8(history.second)
        row[2] = UInt8(history.third)
        row[3] = UInt8(8 * (new - 3))
    }

    /// By mask of eight bits, eight bytes each: how many set bits are below each set one; 128, which shuffles take for a zero, for others.
    nonisolated(unsafe) package static let expansions: UnsafeRawPointer = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 8 * 256)
        for mask in 0..<256 {
            for bit in 0..<8 {
                table[8 * mask + bit] = mask >> bit & 1 == 1 ? UInt8((mask & ((1 << bit) - 1)).nonzeroBitCount) : 128
            }
        }
        return UnsafeRawPointer(table)
    }()

    /// By distance below 16, 16 bytes each: byte i is i modulo the distance.
    nonisolated(unsafe) package static let patterns: UnsafeRawPointer = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 16 * 16)
        for distance in 0..<16 {
            for index in 0..<16 { table[16 * distance + index] = UInt8(index % max(distance, 1)) }
        }
        return UnsafeRawPointer(table)
    }()

    /// By distance below 16, a byte each: its greatest multiple that is 16 or less.
    nonisolated(unsafe) package static let patternSteps: UnsafePointer<UInt8> = {
        let table = UnsafeMutablePointer<UInt8>.allocate(capacity: 16)
        for distance in 0..<16 { table[distance] = UInt8(16 / max(distance, 1) * max(distance, 1)) }
        return UnsafePointer(table)
    }()
}
