/// What the run scans of all instruction sets share: from words of equal bytes to runs.
///
/// A block of 512 bytes is 64 words of 8 bytes; bit k says that word k and the byte behind it are equal: eight bytes that each equal
/// their successor. A run of 16 bytes has fifteen of these, and so a whole word of them. Words whose bits are neighbours
/// belong to one run. Where it starts in the word before its first, and ends in the one behind its last, is counted in bits, and
/// whether it is long enough decides only if the next run overwrites it: no branch depends on single bytes.
package struct RunWords {
    /// Bytes that one mask of 64 words stands for; the byte behind them is read as well.
    package static var blockSize: Int { 512 }
    /// Most blocks that a kernel looks at in one go.
    package static var stretch: Int { 32 }

    private let bytes: UnsafeRawPointer
    private let end: Int
    private let list: UnsafeMutablePointer<UInt32>
    /// Where the words that are looked at next begin.
    package private(set) var at: Int
    /// Runs in the list.
    package private(set) var count = 0
    /// The last word's bit: 1 within what may be a run, which starts at `first`.
    private var isOpen: UInt64 = 1
    private var first: Int

    /// Before the first byte nothing is read: a run is open there, which ends at once, too short to count, if it is none.
    package init(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, _ list: UnsafeMutablePointer<UInt32>) {
        self.bytes = bytes
        self.end = end
        self.list = list
        at = start
        first = start
    }

    /// Whole blocks that are left, at most ``stretch``.
    package var blocks: Int { min((end &- at &- 1) / Self.blockSize, Self.stretch) }

    /// Lists the runs that end in the next `count` blocks, whose words are `equal`, and goes on to what follows them, until the list
    /// holds `capacity` runs. Returns whether it does.
    package mutating func take(_ equal: UnsafeRawPointer, _ count: Int, _ capacity: Int) -> Bool {
        var words = self
        var block = 0
        while block < count, words.count < capacity {
            words.take(equal.loadUnaligned(fromByteOffset: 8 &* block, as: UInt64.self))
            block &+= 1
        }
        self = words
        return words.count >= capacity
    }

    @inline(__always)
    private mutating func take(_ equal: UInt64) {
        let changes = equal ^ (equal &<< 1 | isOpen)
        if changes != 0 { listEnds(changes & ~equal, changes & equal) }
        isOpen = equal &>> 63
        at = at &+ Self.blockSize
    }

    /// Lists a run for each bit of `ends`, the words behind a run's last; `starts` are the runs' first words.
    @inline(__always)
    private mutating func listEnds(_ ends: UInt64, _ starts: UInt64) {
        var (ends, starts) = (ends, starts)
        if isOpen == 0 { first = start(popping: &starts) }
        while ends != 0 {
            let word = at &+ 8 &* ends.trailingZeroBitCount
            ends &= ends &- 1
            let last = word &+ 1 &+ pairs(word).trailingZeroBitCount &>> 3
            list(first, last)
            first = start(popping: &starts)
        }
    }

    /// Where the run of the next first word starts; of no meaning when there is none.
    @inline(__always)
    private func start(popping starts: inout UInt64) -> Int {
        let word = at &+ 8 &* starts.trailingZeroBitCount
        starts &= starts &- 1
        return word &- pairs(word &- 8).leadingZeroBitCount &>> 3
    }

    /// Zero bytes where a byte of the eight at `offset` equals its successor.
    @inline(__always)
    private func pairs(_ offset: Int) -> UInt64 {
        let here = bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        return UInt64(littleEndian: here ^ bytes.loadUnaligned(fromByteOffset: offset &+ 1, as: UInt64.self))
    }

    /// Lists the runs in what is left, less than a block and what is open. Returns how many the list holds.
    ///
    /// A word equals itself turned by one byte only when all its bytes are equal. A run of 16 covers such a word at one of any
    /// positions that lie 9 apart. It starts at most 8 bytes before: else the last word would have hit, or the last run ended there.
    package mutating func finish() -> Int {
        // A run that is not open reaches at most 7 bytes back from the rest, one that is open into it.
        var word = at &+ 1
        if isOpen == 1, at < end {
            let last = at &+ 1 &+ CommonPrefix.length(bytes + at, bytes + at + 1, end &- at &- 1)
            list(first, last)
            word = last &+ 8
        }
        while word &+ 8 <= end {
            let value = bytes.loadUnaligned(fromByteOffset: word, as: UInt64.self)
            if value != (value &<< 8 | value &>> 56) {
                word = word &+ 9
                continue
            }
            let before = value ^ bytes.loadUnaligned(fromByteOffset: word &- 8, as: UInt64.self)
            let start = word &- UInt64(littleEndian: before).leadingZeroBitCount &>> 3
            let length = CommonPrefix.length(bytes + start, bytes + start + 1, end &- start &- 1) &+ 1
            list(start, start &+ length)
            word = start &+ length &+ 8
        }
        return count
    }

    @inline(__always)
    private mutating func list(_ start: Int, _ end: Int) {
        list[2 &* count] = UInt32(truncatingIfNeeded: start)
        list[2 &* count &+ 1] = UInt32(truncatingIfNeeded: end)
        count = count &+ (end &- start >= RunScan.minimum ? 1 : 0)
    }
}
