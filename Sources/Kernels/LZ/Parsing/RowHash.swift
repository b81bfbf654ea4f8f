internal import CIntrinsics

// A search that fetches the text of every candidate is bound by those fetches. So an entry holds, beside a tag of the hash, the four
// bytes that follow the hashed ones at its position: a row tells by itself how far each candidate agrees, and most searches look at
// the text of one. Eight entries and their bytes fill a cache line, which an insertion touches alone.

/// A hash table whose buckets are rows of the most recent positions.
package struct RowHash<Shape: RowShape> {
    /// Lines of eight entries (position below 2^24 and tag) and eight check words.
    let lines: UnsafeMutablePointer<UInt32>
    /// For each row, the slot that was filled last; slots are filled downwards, modulo the row's width.
    let heads: UnsafeMutablePointer<UInt8>
    let hashedBytes: Int
    private let multiplier: UInt64
    private let shift: UInt64

    static var width: Int {
        @inline(__always) get { 1 &<< Shape.widthLogarithm }
    }
    /// Positions are kept modulo 2^24: a row reaches back 16 MiB, whatever the block's size.
    static var positionMask: UInt32 {
        @inline(__always) get { 0xFF_FFFF }
    }

    /// Bytes for `1 << logarithm` entries.
    package static func workspaceSize(_ logarithm: Int) -> Int {
        8 << logarithm + (1 << max(0, logarithm - Shape.widthLogarithm) + 63) & ~63
    }

    /// An empty table.
    ///
    /// - Parameters:
    ///   - logarithm: Base-2 logarithm of the number of entries, at least the row's.
    ///   - hashedBytes: 1...8.
    ///   - workspace: ``workspaceSize(_:)`` bytes, 64-byte aligned.
    package init(_ logarithm: Int, hashedBytes: Int, at workspace: UnsafeMutableRawPointer) {
        workspace.initializeMemory(as: UInt8.self, repeating: 0, count: Self.workspaceSize(logarithm))
        lines = workspace.assumingMemoryBound(to: UInt32.self)
        heads = (workspace + 8 << logarithm).assumingMemoryBound(to: UInt8.self)
        self.hashedBytes = hashedBytes
        // Bytes above the hashed ones are shifted out of the product.
        multiplier = 0x9E37_79B1_85EB_CA87 &<< UInt64(64 - 8 * hashedBytes)
        shift = UInt64(64 - 8 - logarithm + Shape.widthLogarithm)
    }

    /// A table that is never used.
    init(unusedAt workspace: UnsafeMutableRawPointer) {
        lines = workspace.assumingMemoryBound(to: UInt32.self)
        heads = workspace.assumingMemoryBound(to: UInt8.self)
        hashedBytes = 8
        multiplier = 0
        shift = 0
    }

    /// The row in the upper bits, the tag in the lower eight.
    @inline(__always)
    package func hash(_ input: UnsafePointer<UInt8>, _ at: Int) -> Int {
        Int(truncatingIfNeeded: (MatchExtension.word(input, at) &* multiplier) &>> shift)
    }

    @inline(__always)
    func row(_ hash: Int) -> UnsafeMutablePointer<UInt32> {
        lines + (hash &>> 8) &<< (Shape.widthLogarithm &+ 1)
    }

    /// The four bytes behind the hashed ones.
    @inline(__always)
    func checkWord(_ input: UnsafePointer<UInt8>, _ at: Int) -> UInt32 {
        RowCompare.fourBytes(input, at &+ hashedBytes)
    }

    /// Has the row for `at` brought near.
    @inline(__always)
    func prefetchRow(_ input: UnsafePointer<UInt8>, _ at: Int) {
        let row = row(hash(input, at))
        prefetch_near(row)
        if Self.width > 8 { prefetch_near(row + 16) }
        if Self.width > 16 {
            prefetch_near(row + 32)
            prefetch_near(row + 48)
        }
    }

    /// Puts `at` in the place of its row's oldest entry. 12 bytes from `at` on are read.
    @inline(__always)
    func insert(_ input: UnsafePointer<UInt8>, _ at: Int) {
        let hash = hash(input, at)
        let head = heads[hash &>> 8] &- 1
        heads[hash &>> 8] = head
        let slot = Int(head) & (Self.width &- 1)
        let entry = row(hash) + (slot &+ (slot & ~7))
        entry[0] = UInt32(truncatingIfNeeded: hash) &<< 24 | UInt32(truncatingIfNeeded: at) & Self.positionMask
        entry[8] = checkWord(input, at)
    }
}
