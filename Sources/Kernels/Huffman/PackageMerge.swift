/// Optimal code lengths up to `CodeLengths.maximum`, by package-merge (Larmore and Hirschberg, 1990).
///
/// The lightest symbols are bought as coins: at each of twelve levels a list holds every symbol once, merged by weight with
/// the pairs of the level below. A symbol's code length is the number of levels at which it is among the cheapest 2n - 2
/// elements. Only how many symbols precede an element is kept for each list, since at every level the symbols bought are a
/// prefix of the sorted symbols: 12 KiB in place of the packages themselves.
enum PackageMerge {
    static let workspaceSize = precedingOffset + CodeLengths.maximum * listSize * MemoryLayout<UInt16>.size

    private static let listSize = 512  // 256 symbols and at most 255 pairs
    private static let packagesOffset = listSize * 4
    private static let precedingOffset = packagesOffset + 64 + 1024 + 64

    /// Adds the length of each symbol to `lengths`, which are 0.
    /// - Returns: the sum of weight times length, in bits.
    static func assign(
        _ keys: UnsafePointer<UInt32>, _ weights: SymbolWeights, lengths: UnsafeMutablePointer<UInt8>,
        workspace: UnsafeMutableRawPointer
    ) -> Int {
        let list = workspace.assumingMemoryBound(to: UInt32.self)
        let packages = (workspace + packagesOffset + 64).assumingMemoryBound(to: UInt32.self)
        let preceding = (workspace + precedingOffset).assumingMemoryBound(to: UInt16.self)
        let shortest = leastShortest(weights)
        packages[-1] = 0
        var pairs = 0
        var level = 0
        while level < CodeLengths.maximum &- shortest {
            packages[pairs] = UInt32.max
            let count = weights.count &+ pairs
            merge(weights, packages, pairs, list, preceding + level &* listSize)
            pairs = min(count, 2 &* weights.count &- 2) &>> 1
            var pair = 0
            while pair < pairs {
                packages[pair] = list[2 &* pair] &+ list[2 &* pair &+ 1]
                pair &+= 1
            }
            level &+= 1
        }
        return buy(keys, weights, preceding, shortest, lengths)
    }

    /// A length that no code of an optimal tree falls below, at least 1.
    ///
    /// Let the heaviest symbol, of weight w, have the shortest code, of length d, so that there are 2^d nodes at depth d. An inner one
    /// of them weighs at most 2 w: else its heavier child would weigh more than w, and to swap them, which makes no code longer
    /// than it was but the heaviest symbol's, would gain. So the sum of all weights is at most w + (2^d - 1) 2 w = (2^(d + 1) - 1) w.
    private static func leastShortest(_ weights: SymbolWeights) -> Int {
        let heaviest = Int(weights.base[weights.count &- 1])
        var length = 1
        while heaviest &* (1 &<< (length &+ 1) &- 1) < weights.sum { length &+= 1 }
        return length
    }

    /// Merges symbols with `pairs` packages by weight, symbols first among equals; `preceding[k]`: symbols among the first k elements.
    ///
    /// From both ends at once, as each step waits for the one before it.
    private static func merge(
        _ weights: SymbolWeights, _ packages: UnsafePointer<UInt32>, _ pairs: Int, _ list: UnsafeMutablePointer<UInt32>,
        _ preceding: UnsafeMutablePointer<UInt16>
    ) {
        let base = UnsafePointer(weights.base)
        var symbol = 0
        var pair = 0
        var lastSymbol = weights.count &- 1
        var lastPair = pairs &- 1
        var at = 0
        var last = weights.count &+ pairs &- 1
        preceding[last &+ 1] = UInt16(truncatingIfNeeded: weights.count)
        while at <= last {
            let weight = base[symbol]
            let package = packages[pair]
            let takesSymbol = weight <= package
            list[at] = takesSymbol ? weight : package
            preceding[at] = UInt16(truncatingIfNeeded: symbol)
            symbol &+= takesSymbol ? 1 : 0
            pair &+= takesSymbol ? 0 : 1

            let lastWeight = base[lastSymbol]
            let lastPackage = packages[lastPair]
            let takesLastSymbol = lastWeight > lastPackage
            list[last] = takesLastSymbol ? lastWeight : lastPackage
            lastSymbol &-= takesLastSymbol ? 1 : 0
            lastPair &-= takesLastSymbol ? 0 : 1
            preceding[last] = UInt16(truncatingIfNeeded: lastSymbol &+ 1)
            at &+= 1
            last &-= 1
        }
    }

    /// Takes the cheapest 2n - 2 elements of the top level and, level by level, the pairs they stand for.
    ///
    /// On the top `shortest` levels all symbols are among them.
    private static func buy(
        _ keys: UnsafePointer<UInt32>, _ weights: SymbolWeights, _ preceding: UnsafePointer<UInt16>, _ shortest: Int,
        _ lengths: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var bits = 0
        var elements = 2 &* weights.count &- 2
        var level = CodeLengths.maximum &- 1
        while level >= 0, elements > 0 {
            let isAbove = level >= CodeLengths.maximum &- shortest
            let symbols = isAbove ? weights.count : Int(preceding[level &* listSize &+ elements])
            var at = 0
            while at < symbols {
                lengths[Int(keys[at] & 0xFF)] &+= 1
                bits &+= Int(weights.base[at])
                at &+= 1
            }
            elements = 2 &* (elements &- symbols)
            level &-= 1
        }
        return bits
    }
}
