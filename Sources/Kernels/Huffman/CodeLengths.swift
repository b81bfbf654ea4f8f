/// Optimal prefix codes of limited length: Huffman's, which nearly always is short enough, else by package-merge.
package enum CodeLengths {
    /// The longest code: what a lane's 16 guaranteed bits and a 4-bit length field allow with room, and a decoding table of
    /// 4,096 entries in the first-level cache.
    package static let maximum = 12

    /// Bytes of workspace that ``assign(_:lengths:workspace:)`` needs, 64-byte aligned.
    package static let workspaceSize = 1024 + 1024 + SymbolWeights.size + max(HuffmanLengths.workspaceSize, PackageMerge.workspaceSize)

    /// Writes the code length of every symbol, 0 for one that does not occur.
    ///
    /// Preconditions: `counts` holds 256 counters with a sum below 2^24, at least two of them not 0; `lengths` holds 256 bytes.
    /// - Returns: the sum of count times length, in bits.
    package static func assign(
        _ counts: UnsafePointer<UInt32>, lengths: UnsafeMutablePointer<UInt8>, workspace: UnsafeMutableRawPointer
    ) -> Int {
        let keys = workspace.assumingMemoryBound(to: UInt32.self)
        let used = sort(counts, into: keys, scratch: keys + 256)
        let weights = SymbolWeights(at: workspace + 2048, keys: keys, count: used)
        let rest = workspace + 2048 + SymbolWeights.size
        lengths.update(repeating: 0, count: 256)
        return HuffmanLengths.assign(keys, weights, lengths: lengths, workspace: rest)
            ?? PackageMerge.assign(keys, weights, lengths: lengths, workspace: rest)
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
}

/// The weights of the symbols that occur, ascending, between two sentinels: 0 in front of the first, the largest number behind
/// the last. A merge that has used up one side then needs no test for it.
struct SymbolWeights {
    /// Bytes, 64-byte aligned: 64 in front hold the first sentinel.
    static let size = 64 + 1024 + 64

    let base: UnsafeMutablePointer<UInt32>
    let count: Int
    let sum: Int

    /// Takes the counts out of sorted keys of count << 8 | symbol.
    init(at memory: UnsafeMutableRawPointer, keys: UnsafePointer<UInt32>, count: Int) {
        base = (memory + 64).assumingMemoryBound(to: UInt32.self)
        self.count = count
        base[-1] = 0
        var sum = 0
        var at = 0
        while at < count {
            base[at] = keys[at] &>> 8
            sum &+= Int(base[at])
            at &+= 1
        }
        base[count] = UInt32.max
        self.sum = sum
    }
}
