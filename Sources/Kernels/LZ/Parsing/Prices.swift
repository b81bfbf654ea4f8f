// The entropy coder gives each segment of a stream a Huffman code of its own. A parse is priced by what its symbols would cost there,
// so the statistics follow the input region by region.

/// How often each symbol of the streams occurs.
package struct ParseStatistics {
    /// 256 counters each.
    package let literals: UnsafeMutablePointer<UInt32>
    package let tokens: UnsafeMutablePointer<UInt32>
    package let classes: UnsafeMutablePointer<UInt32>
    package let literalLengths: UnsafeMutablePointer<UInt32>
    package let matchLengths: UnsafeMutablePointer<UInt32>
    /// By the low bits of the new distances that have so many extra bits.
    package let lowBits: UnsafeMutablePointer<UInt32>

    static let tables = 6
    package static let workspaceSize = tables * 256 * MemoryLayout<UInt32>.stride
    /// Bytes that get a code of their own from the entropy coder.
    private static let segment: UInt32 = 1 << 15
    /// Distances are watched modulo 16: records and aligned fields show there.
    package static let lowBitCount = 4

    package init(at workspace: UnsafeMutableRawPointer) {
        let counts = workspace.assumingMemoryBound(to: UInt32.self)
        literals = counts
        tokens = counts + 256
        classes = counts + 512
        literalLengths = counts + 768
        matchLengths = counts + 1024
        lowBits = counts + 1280
    }

    func clear() { literals.update(repeating: 0, count: Self.tables * 256) }

    func copy(_ other: ParseStatistics) { literals.update(from: other.literals, count: Self.tables * 256) }

    func add(_ other: ParseStatistics) {
        var index = 0
        while index < Self.tables * 256 {
            literals[index] &+= other.literals[index]
            index = index &+ 1
        }
    }

    /// Halves the tables that have counted as much as a segment of the entropy coder holds: then older symbols weigh less.
    func fade() {
        var table = 0
        while table < Self.tables {
            let counts = literals + 256 &* table
            while Self.total(counts) > Self.segment { Self.halve(counts) }
            table = table &+ 1
        }
    }

    private static func total(_ counts: UnsafeMutablePointer<UInt32>) -> UInt32 {
        var sum: UInt32 = 0
        var index = 0
        while index < 256 {
            sum = sum &+ counts[index]
            index = index &+ 1
        }
        return sum
    }

    private static func halve(_ counts: UnsafeMutablePointer<UInt32>) {
        var index = 0
        while index < 256 {
            counts[index] = counts[index] &>> 1
            index = index &+ 1
        }
    }

    /// What is known before anything was parsed: the literals' bytes, short matches before long ones, near distances before far ones.
    package func guess(_ input: UnsafePointer<UInt8>, _ count: Int) {
        clear()
        var index = 0
        while index < count {
            literals[Int(input[index])] &+= 1
            index = index &+ 1
        }
        index = 0
        while index < 256 {
            literals[index] = literals[index] &>> 4
            let matchClass = index & 15
            let isNew = index &>> LZLayout.repeatShift == 0
            let literalClass = index &>> LZLayout.literalClassShift & 3
            tokens[index] = UInt32((64 &>> (matchClass / 3) &+ 2) &* (4 &- literalClass % 3) &* (isNew ? 3 : 1))
            classes[index] = index > LZLayout.maximumClass ? 0 : index < 128 ? 8 : 4
            literalLengths[index] = UInt32(1 &+ 256 / (index &+ 1))
            matchLengths[index] = UInt32(1 &+ 256 / (index &+ 1))
            lowBits[index] = index < 1 &<< Self.lowBitCount ? 16 : 0
            index = index &+ 1
        }
    }

    /// Counts what a sequence adds to the streams besides its literals.
    @inline(__always)
    func add(literalCount: Int, matchExtra: Int, place: Int, distance: UInt32) {
        let literalClass = min(literalCount, LZLayout.longLiterals)
        let matchClass = min(matchExtra, LZLayout.longMatch)
        tokens[place &<< LZLayout.repeatShift | literalClass &<< LZLayout.literalClassShift | matchClass] &+= 1
        if literalClass == LZLayout.longLiterals { literalLengths[min(literalCount &- LZLayout.longLiterals, LZLayout.longCount)] &+= 1 }
        if matchClass == LZLayout.longMatch { matchLengths[min(matchExtra &- LZLayout.longMatch, LZLayout.longCount)] &+= 1 }
        if place == 0 {
            let extra = LZLayout.extraBits(distance)
            classes[LZLayout.offsetClass(distance, extraBits: extra)] &+= 1
            if extra >= Self.lowBitCount { lowBits[Int(distance) & (1 &<< Self.lowBitCount &- 1)] &+= 1 }
        }
    }
}

/// What each symbol costs, in units of ``bit`` to a bit. All prices are multiples of 4: the two low bits are free for a tag.
package struct ParsePrices {
    package let literals: UnsafeMutablePointer<UInt32>
    package let tokens: UnsafeMutablePointer<UInt32>
    /// With the extra bits.
    package let classes: UnsafeMutablePointer<UInt32>
    package let literalLengths: UnsafeMutablePointer<UInt32>
    package let matchLengths: UnsafeMutablePointer<UInt32>
    /// What the value of the low bits adds to, or takes from, the extra bits.
    package let lowBits: UnsafeMutablePointer<Int32>

    package static let workspaceSize = ParseStatistics.workspaceSize
    package static let bit: UInt32 = 256
    /// Four bytes of a long count.
    private static let longCount = 32 * bit
    /// Saving by the low bits under which they have no stream of their own, in price units a distance.
    private static let leastSaving: UInt64 = 32

    package init(at workspace: UnsafeMutableRawPointer) {
        let prices = workspace.assumingMemoryBound(to: UInt32.self)
        literals = prices
        tokens = prices + 256
        classes = prices + 512
        literalLengths = prices + 768
        matchLengths = prices + 1024
        lowBits = UnsafeMutableRawPointer(prices + 1280).assumingMemoryBound(to: Int32.self)
    }

    /// Prices for what was counted.
    package func set(_ statistics: ParseStatistics) {
        Self.set(literals, statistics.literals)
        Self.set(tokens, statistics.tokens)
        Self.set(classes, statistics.classes)
        Self.set(literalLengths, statistics.literalLengths)
        Self.set(matchLengths, statistics.matchLengths)
        var index = 16
        while index <= LZLayout.maximumClass {
            classes[index] &+= UInt32(truncatingIfNeeded: index &>> 3 &- 1) &* Self.bit
            index = index &+ 1
        }
        literalLengths[LZLayout.longCount] &+= Self.longCount
        matchLengths[LZLayout.longCount] &+= Self.longCount
        setLowBits(statistics.lowBits)
    }

    private func setLowBits(_ counts: UnsafeMutablePointer<UInt32>) {
        let size = 1 &<< ParseStatistics.lowBitCount
        var total: UInt32 = 0
        var index = 0
        while index < size {
            total = total &+ counts[index] &+ 1
            index = index &+ 1
        }
        let whole = Self.logarithm(total)
        let flat = Int32(truncatingIfNeeded: Self.bit) &* Int32(truncatingIfNeeded: ParseStatistics.lowBitCount)
        var cost: UInt64 = 0
        index = 0
        while index < size {
            let price = whole &- Self.logarithm(counts[index] &+ 1)
            cost = cost &+ UInt64(price) &* UInt64(counts[index] &+ 1)
            lowBits[index] = (Int32(truncatingIfNeeded: price) &- flat) & ~3
            index = index &+ 1
        }
        if cost / UInt64(total) &+ Self.leastSaving > UInt64(flat) { lowBits.update(repeating: 0, count: size) }
    }

    /// Ideal code lengths, none under one bit or over the longest code. Symbols that do not occur count as a sixteenth.
    private static func set(_ prices: UnsafeMutablePointer<UInt32>, _ counts: UnsafeMutablePointer<UInt32>) {
        var total: UInt32 = 0
        var index = 0
        while index < 256 {
            total = total &+ counts[index] &* 16 &+ 1
            index = index &+ 1
        }
        let whole = logarithm(total)
        let longest = UInt32(CodeLengths.maximum) &* bit
        index = 0
        while index < 256 {
            let ideal = whole &- logarithm(counts[index] &* 16 &+ 1)
            prices[index] = max(bit, min(ideal, longest)) & ~3
            index = index &+ 1
        }
    }

    /// The base-2 logarithm in price units, within 0.01 bit: a parabola between the powers of two, the same on every machine.
    private static func logarithm(_ value: UInt32) -> UInt32 {
        let power = UInt32(31 &- value.leadingZeroBitCount)
        let fraction = (UInt64(value) &<< (32 &- UInt64(power))) & 0xFFFF_FFFF
        let bow = (fraction &* (0x1_0000_0000 &- fraction) &>> 32) &* 88 &>> 8
        return power &* bit &+ UInt32(truncatingIfNeeded: (fraction &+ bow) &>> 24)
    }

    @inline(__always)
    func distance(_ distance: UInt32) -> UInt32 {
        let extra = LZLayout.extraBits(distance)
        let price = classes[LZLayout.offsetClass(distance, extraBits: extra)]
        if extra < ParseStatistics.lowBitCount { return price }
        return UInt32(bitPattern: Int32(bitPattern: price) &+ lowBits[Int(distance) & (1 &<< ParseStatistics.lowBitCount &- 1)])
    }

    /// The literal overflow of a run of this length, 3 or more.
    @inline(__always)
    func literalOverflow(_ literalCount: Int) -> UInt32 {
        literalLengths[min(literalCount &- LZLayout.longLiterals, LZLayout.longCount)]
    }
}
