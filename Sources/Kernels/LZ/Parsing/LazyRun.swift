/// One pass of the lazy parser over a block.
///
/// A match that is found is held back while the next positions are searched; it is taken when none of `lazySteps` positions gives
/// one that gains more. Positions are searched once each, in order, so the work is bounded by the row's width for each byte, and by
/// the width times the length of what is then taken.
package struct LazyRun<Shape: RowShape, Meter: SearchMeter> {
    private let input: UnsafePointer<UInt8>
    private let end: Int
    private let settings: LZSettings
    private let table: RowHash<Shape>
    /// Equal to a table over eight bytes; not used when `settings.longHashLogarithm` is 0.
    private let longTable: RowHash<RowOf8>

    /// The bytes in which a repeat has to agree.
    private let repeatMask: UInt32

    /// The position to search next, and the first one that no sequence covers.
    private var at = 1
    private var anchor = 0
    /// Positions below are in the tables, or left out.
    private var inserted = 0
    private var held = LazyMatch()
    private var heldAt = 0
    private var history = LZHistory()
    private var long: LongMatches
    private var out: UnsafeMutablePointer<LZSequence>

    /// No search is made so close to the end: what it reads is then within the input. Literals or an earlier match cover the rest.
    private static var margin: Int { 32 }
    /// Rows are asked for so many positions before they are used: about as long as a fetch from the third-level cache takes.
    private static var prefetchDistance: Int { 20 }
    /// Of more positions than this that wait to be inserted, only the last few are: long matches give the same ones again and again.
    private static var longestGap: Int { 384 }
    private static var insertedTail: Int { 32 }
    /// With a match so long at hand the shorter hash is not searched as well.
    private static var sufficientLong: Int { 24 }

    package static func workspaceSize(_ settings: LZSettings) -> Int {
        let long = settings.longHashLogarithm
        return RowHash<Shape>.workspaceSize(settings.hashLogarithm) + (long > 0 ? RowHash<RowOf8>.workspaceSize(long) : 0)
    }

    @inline(never)
    package static func parse(
        _ input: UnsafePointer<UInt8>, _ count: Int, _ settings: LZSettings, _ workspace: UnsafeMutableRawPointer,
        _ sequences: UnsafeMutablePointer<LZSequence>, _ long: LongMatches, _ meter: inout Meter
    ) -> Int {
        if count <= margin { return 0 }
        var run = LazyRun(input, count, settings, workspace, sequences, long)
        while run.at < count &- margin {
            if run.at >= run.long.start {
                run.takeLong()
                continue
            }
            run.insertWaiting(&meter)
            if run.weigh(run.search(&meter)) { run.take() }
        }
        if run.held.length > 0 { run.take() }
        return run.out - sequences
    }

    private init(
        _ input: UnsafePointer<UInt8>, _ count: Int, _ settings: LZSettings, _ workspace: UnsafeMutableRawPointer,
        _ sequences: UnsafeMutablePointer<LZSequence>, _ long: LongMatches
    ) {
        self.input = input
        self.long = long
        end = count
        self.settings = settings
        table = RowHash(settings.hashLogarithm, hashedBytes: settings.hashedBytes, at: workspace)
        repeatMask = settings.minimumMatch < 4 ? 0xFF_FFFF : 0xFFFF_FFFF
        let long = settings.longHashLogarithm
        if long > 0 {
            longTable = RowHash(long, hashedBytes: 8, at: workspace + RowHash<Shape>.workspaceSize(settings.hashLogarithm))
        } else {
            longTable = RowHash(unusedAt: workspace)
        }
        out = sequences
    }

    /// Brings the tables up to `at`.
    @inline(__always)
    private mutating func insertWaiting(_ meter: inout Meter) {
        if at &- inserted > Self.longestGap { inserted = at &- Self.insertedTail }
        meter.add(at &- inserted)
        while inserted < at {
            table.prefetchRow(input, inserted &+ Self.prefetchDistance)
            table.insert(input, inserted)
            if settings.longHashLogarithm > 0 {
                longTable.prefetchRow(input, inserted &+ Self.prefetchDistance)
                longTable.insert(input, inserted)
            }
            inserted = inserted &+ 1
        }
    }

    /// The match at `at` that gains most.
    @inline(__always)
    private func search(_ meter: inout Meter) -> LazyMatch {
        var best = LazyMatch()
        searchRepeats(&best)
        meter.add(best.length &>> 3)
        if best.length >= settings.targetLength { return best }
        if settings.longHashLogarithm > 0 {
            longTable.search(input, at, end, minimum: settings.minimumMatch, floor: held.length, &best, &meter)
            if max(best.length, held.length) >= Self.sufficientLong { return best }
        }
        table.search(input, at, end, minimum: settings.minimumMatch, floor: held.length, &best, &meter)
        return best
    }

    /// The first bytes decide whether a repeat is measured, since most are none: four, or three where matches can be so short. A repeat of
    /// three bytes costs a token alone.
    @inline(__always)
    private func searchRepeats(_ best: inout LazyMatch) {
        let bytes = RowCompare.fourBytes(input, at)
        let first = min(Int(history.first), at)
        let second = min(Int(history.second), at)
        let third = min(Int(history.third), at)
        let isFirst = (RowCompare.fourBytes(input, at &- first) ^ bytes) & repeatMask == 0
        let isSecond = (RowCompare.fourBytes(input, at &- second) ^ bytes) & repeatMask == 0
        let isThird = (RowCompare.fourBytes(input, at &- third) ^ bytes) & repeatMask == 0
        if !(isFirst || isSecond || isThird) { return }
        if isFirst { offerRepeat(Int(history.first), &best) }
        if isSecond { offerRepeat(Int(history.second), &best) }
        if isThird { offerRepeat(Int(history.third), &best) }
    }

    @inline(__always)
    private func offerRepeat(_ distance: Int, _ best: inout LazyMatch) {
        if distance > at { return }
        let length = MatchExtension.forward(input, at, at &- distance, end)
        if length >= settings.minimumMatch { best.offer(length, distance, price: 0) }
    }

    /// Holds the better of two matches and moves on, or says that the held one is to be taken.
    @inline(__always)
    private mutating func weigh(_ found: LazyMatch) -> Bool {
        if held.length == 0, found.length == 0 {
            skip()
            return false
        }
        // A later match costs literals, and must be worth them.
        if held.length == 0 || found.gain > held.gain &+ 1 &+ 2 &* (at &- heldAt) {
            held = found
            heldAt = at
            if found.length >= settings.targetLength || settings.lazySteps == 0 { return true }
        } else if at &- heldAt >= settings.lazySteps {
            return true
        }
        at = at &+ 1
        return false
    }

    /// Steps are the longer, the more bytes went without a match; with long ones the bytes between are not inserted either.
    @inline(__always)
    private mutating func skip() {
        let step = settings.acceleration &+ (at &- anchor) &>> 8
        if step > 8 {
            table.insert(input, at)
            inserted = at &+ step
        }
        at = at &+ step
    }

    /// Takes what is held back, or what is left of the long match that was reached.
    @inline(never)
    private mutating func takeLong() {
        if held.length == 0 {
            let match = long.rest(from: at)
            if match.length == 0 { return }
            held.offer(Int(match.length), Int(match.distance), price: 0)
            heldAt = at
        }
        take()
    }

    /// Writes the held match, longer by the bytes in front of it that agree too.
    @inline(__always)
    private mutating func take() {
        let earlier = heldAt &- held.distance
        let back = MatchExtension.backward(input, heldAt, earlier, min(heldAt &- anchor, earlier))
        out.pointee = LZSequence(
            literalCount: UInt32(truncatingIfNeeded: heldAt &- back &- anchor),
            matchCount: UInt32(truncatingIfNeeded: held.length &+ back), distance: UInt32(truncatingIfNeeded: held.distance))
        out += 1
        _ = history.use(UInt32(truncatingIfNeeded: held.distance))
        at = heldAt &+ held.length
        anchor = at
        held = LazyMatch()
    }
}
