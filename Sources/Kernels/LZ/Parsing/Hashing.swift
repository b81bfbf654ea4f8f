/// The size of a hash table as a type: the shift that gives an index is then a constant in the machine code, which on x86-64
/// without BMI2 saves two instructions of about fifteen for each position.
package protocol TableWidth {
    /// Base-2 logarithm of the number of entries.
    static var logarithm: Int { get }
    /// The next larger size, or the same where there is none.
    associatedtype Wider: TableWidth
}

package enum Width13: TableWidth {
    package typealias Wider = Width14
    @inline(__always) package static var logarithm: Int { 13 }
}

package enum Width14: TableWidth {
    package typealias Wider = Width15
    @inline(__always) package static var logarithm: Int { 14 }
}

package enum Width15: TableWidth {
    package typealias Wider = Width16
    @inline(__always) package static var logarithm: Int { 15 }
}

package enum Width16: TableWidth {
    package typealias Wider = Width17
    @inline(__always) package static var logarithm: Int { 16 }
}

package enum Width17: TableWidth {
    package typealias Wider = Width18
    @inline(__always) package static var logarithm: Int { 17 }
}

package enum Width18: TableWidth {
    package typealias Wider = Width19
    @inline(__always) package static var logarithm: Int { 18 }
}

package enum Width19: TableWidth {
    package typealias Wider = Width19
    @inline(__always) package static var logarithm: Int { 19 }
}

/// For each hash value the last position that had it.
///
/// An entry is 32 bits: as many as positions need hold the position, those above hold further bits of the hash. Where these
/// differ the earlier bytes are not looked at, so that nearly every load from the input is one of a match.
package struct TaggedTable<Width: TableWidth> {
    private let entries: UnsafeMutablePointer<UInt32>
    private let multiplier: UInt64
    private let tagMask: UInt32

    package static var byteCount: Int { MemoryLayout<UInt32>.size &<< Width.logarithm }

    /// An empty table: whatever the tag is, its entries say a position that is not below any.
    ///
    /// Preconditions: ``byteCount`` bytes at `memory`, aligned for `UInt32`; `hashedBytes` is 4...8, `count` below 2^31.
    package init(_ memory: UnsafeMutableRawPointer, hashedBytes: Int, count: Int) {
        entries = memory.bindMemory(to: UInt32.self, capacity: 1 &<< Width.logarithm)
        entries.update(repeating: .max, count: 1 &<< Width.logarithm)
        // The odd integer next to 2^64 divided by the golden ratio. Shifted left it takes only the low bytes of a word.
        multiplier = 0x9E37_79B9_7F4A_7C15 &<< UInt64(truncatingIfNeeded: 64 &- 8 &* hashedBytes)
        tagMask = ~0 &<< UInt32(truncatingIfNeeded: 64 &- count.leadingZeroBitCount)
    }

    /// Puts `position`, where the eight bytes `word` are, into the table.
    ///
    /// - Returns: the position that was there, if it is below this one. Otherwise its bytes are others, or it is in the table already.
    @inline(__always)
    package func exchange(_ word: UInt64, _ position: Int) -> Int {
        let product = word &* multiplier
        let index = Int(truncatingIfNeeded: product &>> UInt64(truncatingIfNeeded: 64 &- Width.logarithm))
        // These lie below the bits of the index, and depend on the first bytes of the word.
        let tag = UInt32(truncatingIfNeeded: product &>> 16) & tagMask
        let entry = entries[index]
        entries[index] = tag &+ UInt32(truncatingIfNeeded: position)
        return Int(entry ^ tag)
    }

    /// As ``exchange(_:_:)``, where nobody asks what was there.
    @inline(__always)
    package func insert(_ word: UInt64, _ position: Int) { _ = exchange(word, position) }
}
