/// The region that the parser is at, and what it has learnt from those before.
struct OptimalRegions {
    /// A stretch of positions with known matches, and the long match behind it: of length 0 when there is none.
    struct Segment {
        var start: Int
        var count: Int
        var long: LZMatch
    }

    /// Positions that are searched in a region. The statistics follow the input in these steps.
    static let positions = OptimalPath.capacity - 2 * BinaryTree.width
    private static let matchesPerPosition = 10
    private static let segmentCapacity = 4096
    /// Searches of the first region beyond those of the others: nothing is known there.
    private static let firstPasses = 2
    /// Matches that end so near to a region's end may have been cut off.
    private static let unsure = OptimalParser.longestTarget / 2
    private static let mostUndone = positions / 4
    /// Positions at both ends of a long match that are added to the trees; of those between, one in `step`.
    private static let addedEnds = 32
    private static let step = 8

    private let input: UnsafePointer<UInt8>
    private let count: Int
    private let settings: LZSettings
    private let longEnough: Int
    private let segments: UnsafeMutablePointer<Segment>
    private var segmentCount = 0
    /// One entry for each position of each segment, and one more for the segment's end.
    private let firsts: UnsafeMutablePointer<UInt32>
    private var entries = 0
    private let matches: UnsafeMutablePointer<LZMatch>
    private var matchCount = 0
    private let known: ParseStatistics
    private let current: ParseStatistics
    private let blended: ParseStatistics
    private let prices: ParsePrices
    private var path: OptimalPath
    private var border = OptimalPath.Border()
    private var start = 0
    /// Positions at the region's end whose matches are known and whose path is not settled.
    private var undone = 0
    /// Where the next region begins.
    private(set) var end = 0
    var lengthsPriced: Int { path.lengthsPriced }

    private static func matchCapacity(_ settings: LZSettings) -> Int {
        positions * matchesPerPosition + BinaryTree.width * (settings.searchDepth + 2)
    }

    static func workspaceSize(_ settings: LZSettings) -> Int {
        let lists = (positions + 64) * 4 + matchCapacity(settings) * 8 + segmentCapacity * MemoryLayout<Segment>.stride
        return (4 * ParseStatistics.workspaceSize + OptimalPath.workspaceSize + lists + 63) & ~63
    }

    init(_ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer) {
        self.input = input
        self.count = count
        self.settings = settings
        longEnough = min(settings.targetLength, OptimalParser.longestTarget)
        var place = workspace
        func take(_ size: Int) -> UnsafeMutableRawPointer {
            defer { place += size }
            return place
        }
        known = ParseStatistics(at: take(ParseStatistics.workspaceSize))
        current = ParseStatistics(at: take(ParseStatistics.workspaceSize))
        blended = ParseStatistics(at: take(ParseStatistics.workspaceSize))
        prices = ParsePrices(at: take(ParsePrices.workspaceSize))
        segments = take(Self.segmentCapacity * MemoryLayout<Segment>.stride).assumingMemoryBound(to: Segment.self)
        matches = take(Self.matchCapacity(settings) * 8).assumingMemoryBound(to: LZMatch.self)
        firsts = take((Self.positions + 64) * 4).assumingMemoryBound(to: UInt32.self)
        path = OptimalPath(input, settings: settings, prices: prices, workspace: place)
        known.guess(input, min(count, Self.positions))
    }

    // MARK: Matches

    /// Finds the matches of the next region.
    mutating func find(_ tree: inout BinaryTree) {
        start = end &- undone
        segmentCount = 0
        keepUndone()
        var at = end
        var segmentStart = start
        while at < count, entries < Self.positions, matchCount <= Self.positions * Self.matchesPerPosition,
            segmentCount < Self.segmentCapacity
        {
            if at &+ BinaryTree.hashedBytes > count {
                note(matchCount)
                at = at &+ 1
                continue
            }
            let batch = tree.search(at)
            let found = take(tree, batch)
            if found.position == batch {
                at = at &+ batch
                continue
            }
            let place = at &+ found.position
            let match = extended(place, found.match)
            let end = place &+ Int(match.length)
            append(Segment(start: segmentStart, count: place &- segmentStart, long: match))
            skip(&tree, from: at &+ batch, to: end)
            at = end
            segmentStart = end
        }
        if at > segmentStart {
            note(matchCount)
            append(Segment(start: segmentStart, count: at &- segmentStart, long: LZMatch(length: 0, distance: 0)))
        }
        end = at
    }

    /// Moves the matches of the positions that the last region left to this one.
    private mutating func keepUndone() {
        let from = entries &- 1 &- undone
        entries = 0
        if undone == 0 {
            matchCount = 0
            return
        }
        let first = firsts[from]
        matchCount = matchCount &- Int(first)
        matches.update(from: matches + Int(first), count: matchCount)
        while entries < undone {
            firsts[entries] = firsts[from &+ entries] &- first
            entries = entries &+ 1
        }
    }

    /// Takes over the matches of a batch of positions, up to the first that has a long match.
    ///
    /// - Returns: that position within the batch, or the batch's size.
    private mutating func take(_ tree: borrowing BinaryTree, _ batch: Int) -> (position: Int, match: LZMatch) {
        var position = 0
        while position < batch {
            note(matchCount)
            let found = tree.found(position)
            if found.count > 0, Int(found.matches[found.count &- 1].length) >= longEnough {
                return (position, found.matches[found.count &- 1])
            }
            var index = 0
            while index < found.count {
                matches[matchCount &+ index] = found.matches[index]
                index = index &+ 1
            }
            matchCount = matchCount &+ found.count
            position = position &+ 1
        }
        return (batch, LZMatch(length: 0, distance: 0))
    }

    /// The next position's matches begin there, and those of the one before end.
    @inline(__always)
    private mutating func note(_ match: Int) {
        firsts[entries] = UInt32(truncatingIfNeeded: match)
        entries = entries &+ 1
    }

    private mutating func append(_ segment: Segment) {
        segments[segmentCount] = segment
        segmentCount = segmentCount &+ 1
    }

    /// A match to its full length.
    private func extended(_ at: Int, _ match: LZMatch) -> LZMatch {
        let length = MatchExtension.forward(input, at, at &- Int(match.distance), count)
        return LZMatch(length: UInt32(truncatingIfNeeded: length), distance: match.distance)
    }

    /// Adds positions of a long match to the trees. What they would find is where the match comes from, too.
    private func skip(_ tree: inout BinaryTree, from start: Int, to matchEnd: Int) {
        let end = min(matchEnd, count &- BinaryTree.hashedBytes &+ 1)
        let near = start &+ Self.addedEnds
        let far = end &- Self.addedEnds
        var place = start
        while place < end {
            tree.insert(place)
            place = place &+ (place < near || place >= far ? 1 : Self.step)
        }
    }

    // MARK: Paths

    /// Writes the region's sequences.
    ///
    /// - Returns: how many.
    mutating func parse(into sequences: UnsafeMutablePointer<LZSequence>) -> Int {
        let from = border
        var written = 0
        var pass = 0
        let passes = settings.passes &+ (start == 0 ? Self.firstPasses : 0)
        prices.set(known)
        while pass < passes {
            if pass > 0 {
                blended.copy(known)
                blended.add(current)
                prices.set(blended)
            }
            current.clear()
            border = from
            written = walk(into: sequences)
            pass = pass &+ 1
        }
        if start == 0 { known.clear() }
        known.add(current)
        known.fade()
        return written
    }

    /// Searches the paths of all segments, counts their symbols, and leaves ``border`` at the region's end.
    private mutating func walk(into sequences: UnsafeMutablePointer<LZSequence>) -> Int {
        var written = 0
        var index = 0
        var first = 0
        while index < segmentCount {
            let segment = segments[index]
            let from = border
            let states = path.cover(segment.start, segment.count, firsts + first, matches, from: from)
            let long = segment.long
            let isLong = long.length > 0
            let state = isLong ? path.cheapest(states, before: long.distance, Int(long.length)) : path.cheapest(states)
            let (matchEnd, covered) = commit(segment, path.lastMatchEnd(states, state))
            let added = path.trace(matchEnd, into: sequences + written)
            border = path.border(at: covered, matchEnd: matchEnd)
            count(sequences + written, added, segment.start, covered, from)
            written = written &+ added
            if isLong {
                take(longMatch(segment), into: sequences + written)
                written = written &+ 1
            }
            first = first &+ segment.count &+ 1
            index = index &+ 1
        }
        return written
    }

    /// How far a segment's path stands. Matches in front of a region's end were cut off there: the next region finds their true ends.
    ///
    /// - Returns: the end of the last match that stands, and how many positions are done with.
    private mutating func commit(_ segment: Segment, _ lastMatchEnd: Int) -> (matchEnd: Int, covered: Int) {
        undone = 0
        if segment.long.length > 0 || segment.start &+ segment.count == count { return (lastMatchEnd, segment.count) }
        let matchEnd = path.matchEnd(upTo: segment.count &- Self.unsure, from: lastMatchEnd)
        let covered = max(matchEnd, 0)
        if matchEnd == lastMatchEnd || segment.count &- covered > Self.mostUndone { return (lastMatchEnd, segment.count) }
        // What goes on to the next region must leave room there.
        let kept = matchCount &- Int(firsts[entries &- 1 &- (segment.count &- covered)])
        if kept > Self.positions * Self.matchesPerPosition / 2 { return (lastMatchEnd, segment.count) }
        undone = segment.count &- covered
        return (matchEnd, covered)
    }

    /// The long match behind a segment, or the last distance's if that is no shorter.
    private func longMatch(_ segment: Segment) -> LZMatch {
        let at = segment.start &+ segment.count
        let last = Int(border.history.first)
        if last > at { return segment.long }
        let length = MatchExtension.forward(input, at, at &- last, at &+ Int(segment.long.length))
        return length == Int(segment.long.length) ? LZMatch(length: segment.long.length, distance: border.history.first) : segment.long
    }

    /// Ends the pending literals with a match.
    private mutating func take(_ match: LZMatch, into sequence: UnsafeMutablePointer<LZSequence>) {
        let literalCount = border.pending
        sequence.pointee = LZSequence(
            literalCount: UInt32(truncatingIfNeeded: literalCount), matchCount: match.length, distance: match.distance)
        let place = border.history.use(match.distance)
        border.pending = 0
        current.add(
            literalCount: literalCount, matchExtra: Int(match.length) &- settings.minimumMatch, place: place, distance: match.distance)
    }

    /// Counts the symbols of a segment's sequences, and all literals that lie in it.
    private func count(
        _ sequences: UnsafePointer<LZSequence>, _ sequenceCount: Int, _ start: Int, _ covered: Int, _ from: OptimalPath.Border
    ) {
        var history = from.history
        var at = start &- from.pending
        var index = 0
        while index < sequenceCount {
            let sequence = sequences[index]
            countLiterals(max(at, start), at &+ Int(sequence.literalCount))
            let place = history.use(sequence.distance)
            current.add(
                literalCount: Int(sequence.literalCount), matchExtra: Int(sequence.matchCount) &- settings.minimumMatch, place: place,
                distance: sequence.distance)
            at = at &+ Int(sequence.literalCount) &+ Int(sequence.matchCount)
            index = index &+ 1
        }
        countLiterals(max(at, start), start &+ covered)
    }

    @inline(__always)
    private func countLiterals(_ from: Int, _ to: Int) {
        var at = from
        while at < to {
            current.literals[Int(input[at])] &+= 1
            at = at &+ 1
        }
    }
}
