/// The lanes layout: how many coders run side by side, and what passes between a kernel and its caller.
///
/// Symbol i of the lane-coded part belongs to lane i mod (32 x groups); one step codes one symbol in every lane. Two groups share
/// 64 lanes, one has the even and one the odd ones, so that bytes become 16-bit lanes, and back, by a shift. A lane holds
/// T bits, 16 <= T <= 31. Decoding takes a code off the top, and when fewer than 16 bits are left puts the next 16-bit word of
/// its group's one word stream below them. Encoding walks backwards and mirrors this: when T plus the code's length would
/// reach 32, the lane's lowest 16 bits leave as a word; then the code goes on top.
///
/// Outside of a kernel a lane is 32 bits: its T bits with a one above them, so that T is the place of the highest one. Words
/// are little-endian.
package enum HuffmanLanes {
    package static let perGroup = 32
    package static let maximumGroups = 4

    /// Enough groups for `count` symbols to hide the steps' latency; fewer where the lanes' start would cost more than 0.4 % of them.
    package static func usualGroups(for count: Int) -> Int { count >= 1 &<< 15 ? 4 : count >= 1 &<< 13 ? 2 : 1 }

    /// The lanes of a group: `first`, then every `stride`-th.
    @inline(__always)
    package static func lanes(of group: Int, groups: Int) -> (first: Int, stride: Int) {
        groups == 1 ? (0, 1) : (64 &* (group &>> 1) &+ group & 1, 2)
    }

    /// Bytes of workspace that a coder may use for tables of its own, 64-byte aligned.
    package static let workspaceSize = 16_384

    /// Writes the words and final lane states of `steps * 32 * groups` symbols.
    ///
    /// Preconditions: `groups` is 1, 2 or 4; every symbol has a code; `lanes` holds `32 * groups` lane states; `words[g]` is the
    /// end of group g's memory, below which `48 * steps + 64` bytes may be written. Afterwards it is where the words begin.
    package typealias Encode =
        @Sendable (
            _ symbols: UnsafePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode, _ lanes: UnsafeMutablePointer<UInt32>,
            _ words: UnsafeMutablePointer<UnsafeMutableRawPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Void

    /// Writes `steps * 32 * groups` symbols and the lane states behind them.
    ///
    /// Preconditions: `groups` is 1, 2 or 4; `code` is built from a full code; `lanes` holds `32 * groups` lane states; `words`
    /// holds one range for each group, each with 128 readable bytes after its end.
    /// - Returns: whether every group's words were used up exactly. Words behind a range's end are read as anything, but never
    ///   more than 128 bytes behind it.
    package typealias Decode =
        @Sendable (
            _ symbols: UnsafeMutablePointer<UInt8>, _ steps: Int, _ groups: Int, _ code: HuffmanCode,
            _ lanes: UnsafeMutablePointer<UInt32>, _ words: UnsafePointer<UnsafeRawBufferPointer>, _ workspace: UnsafeMutableRawPointer
        ) -> Bool

    /// Most bytes that ``pack(_:count:into:)`` writes for one group: 32 lanes of 4 + 31 bits.
    package static let maximumPackedSize = 140

    /// Writes lane states as one bit string, high bits first: for each lane T - 16 in 4 bits, then its T bits; zero bits up to
    /// a whole byte.
    ///
    /// Precondition: 8 bytes more than the result takes may be written.
    /// - Returns: bytes written.
    package static func pack(_ lanes: UnsafePointer<UInt32>, count: Int, into target: UnsafeMutableRawPointer) -> Int {
        var writer = BitWriter(target)
        var lane = 0
        while lane < count {
            let bits = 31 &- lanes[lane].leadingZeroBitCount
            writer.write(UInt64(truncatingIfNeeded: bits &- 16), 4)
            writer.write(UInt64(lanes[lane]) & ~(1 &<< UInt64(truncatingIfNeeded: bits)), bits)
            lane &+= 1
        }
        return writer.finish() - target
    }

    /// The reverse of ``pack(_:count:into:)``.
    ///
    /// Precondition: `source` is followed by 16 readable bytes.
    /// - Returns: bytes read, or nil when `source` ends too early or the filling bits are not zero.
    package static func unpack(_ source: UnsafeRawBufferPointer, count: Int, into lanes: UnsafeMutablePointer<UInt32>) -> Int? {
        guard let base = source.baseAddress else { return nil }
        let end = source.count &* 8
        var at = 0
        var lane = 0
        while lane < count {
            let window = BitWriter.window(base, at)
            let bits = 16 &+ Int(window &>> 60)
            lanes[lane] =
                1 &<< UInt32(truncatingIfNeeded: bits)
                | UInt32(truncatingIfNeeded: (window &<< 4) &>> UInt64(truncatingIfNeeded: 64 &- bits))
            at &+= 4 &+ bits
            if at > end { return nil }
            lane &+= 1
        }
        return BitWriter.byteCount(base, at)
    }
}

/// Writes bit strings, high bits first.
struct BitWriter {
    private var next: UnsafeMutableRawPointer
    private var pending: UInt64 = 0
    /// Bits of `pending`, below 32 between calls.
    private var count = 0

    @inline(__always)
    init(_ target: UnsafeMutableRawPointer) { next = target }

    /// Appends the low `size` bits of `bits`; the bits above them are zero, and `size` is at most 32.
    @inline(__always)
    mutating func write(_ bits: UInt64, _ size: Int) {
        pending = pending &<< UInt64(truncatingIfNeeded: size) | bits
        count &+= size
        if count >= 32 {
            count &-= 32
            let word = UInt32(truncatingIfNeeded: pending &>> UInt64(truncatingIfNeeded: count))
            next.storeBytes(of: word.bigEndian, as: UInt32.self)
            next += 4
        }
    }

    /// Fills up the last byte with zero bits. May write up to 4 bytes behind the end that it returns.
    @inline(__always)
    mutating func finish() -> UnsafeMutableRawPointer {
        let word = UInt32(truncatingIfNeeded: pending &<< UInt64(truncatingIfNeeded: 32 &- count))
        next.storeBytes(of: word.bigEndian, as: UInt32.self)
        return next + (count &+ 7) &>> 3
    }

    /// The whole bytes of a bit string that ends before bit `at`; nil where the bits that fill the last one are not zero.
    @inline(__always)
    static func byteCount(_ base: UnsafeRawPointer, _ at: Int) -> Int? {
        let filling = (0 &- at) & 7
        if filling != 0, window(base, at) &>> UInt64(truncatingIfNeeded: 64 &- filling) != 0 { return nil }
        return (at &+ 7) &>> 3
    }

    /// At least 57 bits from bit `at` on, left-aligned; reads up to 8 bytes behind the byte of that bit.
    @inline(__always)
    static func window(_ base: UnsafeRawPointer, _ at: Int) -> UInt64 {
        UInt64(bigEndian: base.loadUnaligned(fromByteOffset: at &>> 3, as: UInt64.self)) &<< UInt64(truncatingIfNeeded: at & 7)
    }
}
