/// Optimal length-limited prefix codes, by package-merge (Larmore and Hirschberg, 1990).
///
/// The lightest symbols are bought as coins: at each of twelve levels a list holds every symbol once, merged by weight with
/// the pairs of the level below. A symbol's code length is the number of levels at which it is among the cheapest 2n - 2
/// elements. Only how many symbols precede an element is kept for each list, since at every level the symbols bought are a
/// prefix of the sorted symbols: 12 KiB in place of the packages themselves.
package enum CodeLengths {
    /// The longest code: what a lane's 16 guaranteed bits and a 4-bit length field allow with room, and a decoding table of
    /// 4,096 entries in the first-level cache.
    package static let maximum = 12

    /// Bytes of workspace that ``assign(_:lengths:workspace:)`` needs, 64-byte aligned.
    package static let workspaceSize = precedingOffset + maximum * listSize * MemoryLayout<UInt16>.size

    private static let listSize = 512  // 256 symbols and at most 255 pairs
    private static let scratchOffset = 256 * 4  // sorted keys come first
    private static let listsOffset = scratchOffset + 256 * 4
    private static let precedingOffset = listsOffset + 2 * listSize * 4

    /// Writes the code length of every symbol, 0 for one that does not occur.
    ///
    /// Preconditions: `counts` holds 256 counters with a sum below 2^24, at least two of them not 0; `lengths` holds 256 bytes.
    /// - Returns: the sum of count times length, in bits.
    package static func assign(
        _ counts: UnsafePointer<UInt32>, lengths: UnsafeMutablePointer<UInt8>, workspace: UnsafeMutableRawPointer
    ) -> Int {
        let keys = workspace.assumingMemoryBound(to: UInt32.self)
        let used = sort(counts, into: keys, scratch: (workspace + scratchOffset).assumingMemoryBound(to: UInt32.self))
        let lists = (workspace + listsOffset).assumingMemoryBound(to: UInt32.self)
        let preceding = (workspace + precedingOffset).assumingMemoryBound(to: UInt16.self)
        merge(keys, used, lists: lists, preceding: preceding)
        lengths.update(repeating: 0, count: 256)
        return buy(keys, used, preceding: preceding, lengths: lengths)
    }

    /// Sorts the symbols that occur by (count, symbol): keys of count << 8 | symbol, by digits of 8 bits.
    private static func sort(
        _ counts: UnsafePointer<UInt32>, into keys: UnsafeMutablePointer<UInt32>, scratch: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var used = 0
        var all: UInt32 = 0
        var symbol = 0
        while symbol < 256 {
            // A symbol that does not occur is overwritten by the next one.
            keys[used] = counts[symbol] &<< 8 | UInt32(truncatingIfNeeded: symbol)
            used &+= counts[symbol] == 0 ? 0 : 1
            all |= counts[symbol]
            symbol &+= 1
        }
        // Symbols ascend already, so stable passes over the count's digits finish the order.
        var shift: UInt32 = 8
        var source = keys
        var target = scratch
        while shift < 32, all &>> (shift &- 8) != 0 {
            pass(source, target, used, shift)
            swap(&source, &target)
            shift &+= 8
        }
        if source != keys { keys.update(from: source, count: used) }
        return used
    }

    /// One stable counting-sort pass over the digit at `shift`.
    private static func pass(
        _ source: UnsafeMutablePointer<UInt32>, _ target: UnsafeMutablePointer<UInt32>, _ count: Int, _ shift: UInt32
    ) {
        withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 256) { starts in
            let start = starts.baseAddress.unsafelyUnwrapped
            start.initialize(repeating: 0, count: 256)
            var at = 0
            while at < count {
                start[Int(source[at] &>> shift & 0xFF)] &+= 1
                at &+= 1
            }
            var sum: UInt16 = 0
            var digit = 0
            while digit < 256 {
                let size = start[digit]
                start[digit] = sum
                sum &+= size
                digit &+= 1
            }
            at = 0
            while at < count {
                let digit = Int(source[at] &>> shift & 0xFF)
                target[Int(start[digit])] = source[at]
                start[digit] &+= 1
                at &+= 1
            }
        }
    }

    /// Builds the list of each level from the deepest up. `preceding[512 * level + k]`: symbols among its first k elements.
    private static func merge(
        _ keys: UnsafePointer<UInt32>, _ used: Int, lists: UnsafeMutablePointer<UInt32>, preceding: UnsafeMutablePointer<UInt16>
    ) {
        var below = lists
        var list = lists + listSize
        var belowCount = 0
        var level = 0
        while level < maximum {
            let before = preceding + level &* listSize
            let pairs = belowCount &>> 1
            let count = min(used &+ pairs, 2 &* used &- 2)
            var symbol = 0
            var pair = 0
            var at = 0
            while at < count {
                before[at] = UInt16(truncatingIfNeeded: symbol)
                let weight = symbol < used ? keys[symbol] &>> 8 : UInt32.max
                let package = pair < pairs ? below[2 &* pair] &+ below[2 &* pair &+ 1] : UInt32.max
                let takesSymbol = weight <= package
                list[at] = takesSymbol ? weight : package
                symbol &+= takesSymbol ? 1 : 0
                pair &+= takesSymbol ? 0 : 1
                at &+= 1
            }
            before[at] = UInt16(truncatingIfNeeded: symbol)
            swap(&below, &list)
            belowCount = count
            level &+= 1
        }
    }

    /// Takes the cheapest 2n - 2 elements of the top level and, level by level, the pairs they stand for.
    private static func buy(
        _ keys: UnsafePointer<UInt32>, _ used: Int, preceding: UnsafePointer<UInt16>, lengths: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var bits = 0
        var elements = 2 &* used &- 2
        var level = maximum &- 1
        while level >= 0, elements > 0 {
            let symbols = Int(preceding[level &* listSize &+ elements])
            var at = 0
            while at < symbols {
                lengths[Int(keys[at] & 0xFF)] &+= 1
                bits &+= Int(keys[at] &>> 8)
                at &+= 1
            }
            elements = 2 &* (elements &- symbols)
            level &-= 1
        }
        return bits
    }
}
