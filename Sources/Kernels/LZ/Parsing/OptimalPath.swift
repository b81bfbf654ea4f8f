// A token holds a literal count and a match together, so a path's state is not only where it is but how many literals it has behind its
// last match. Four states are told apart, as the token tells them: 0, 1, 2, and 3 or more literals. Only paths that end with a match are
// stored for each position; the four states of a position are the best path to the position itself, to the one before, to the one two
// before, and to the best of all that lie three or more back.
//
// A cost carries the literal class of its token in the two low bits (prices are multiples of 4), so that one comparison decides on
// both, and a match's other side is found from it.

/// The cheapest way through a segment of the input whose matches are known.
package struct OptimalPath {
    /// Positions of a segment. Costs must stay below 2^31: 12 bits and 256 units for each position.
    package static let capacity = 1 << 15
    /// A path that no one has found.
    private static let unreached = Int32.max
    private static let unreachedState = Int.max / 2
    /// A state that is so much dearer than the best one at its position is not asked for repeated distances.
    private static let worthRepeating = 10 * Int(ParsePrices.bit)
    /// Longer repeats are not offered at all lengths, only at those a little shorter than this and at their last four.
    private static let repeatLengths = 40
    /// Entries in front of a segment for the literals that are pending there.
    private static let front = 4

    /// The least cost of a path to this position that ends with a match; its literal class in the low bits.
    private let costs: UnsafeMutablePointer<Int32>
    /// Length and distance of the match that ends here.
    private let lengths: UnsafeMutablePointer<UInt32>
    private let distances: UnsafeMutablePointer<UInt32>
    /// The distances after that match.
    private let histories: UnsafeMutablePointer<LZHistory>
    /// Where the best path lies that has three or more literals at this position.
    private let longRuns: UnsafeMutablePointer<Int32>
    /// The cost of the segment's literals up to this position.
    private let literalSums: UnsafeMutablePointer<UInt32>
    /// For the position at hand, by match class.
    private let bases: UnsafeMutablePointer<UInt32>
    private let prices: ParsePrices
    private let input: UnsafePointer<UInt8>
    private let minimumMatch: Int
    private let longEnough: Int
    /// Lengths that were priced so far.
    private(set) var lengthsPriced = 0

    private static let slots = capacity + 2 * front
    package static let workspaceSize = slots * (4 + 8 + 12 + 4 + 4) + 32 * 4

    package init(_ input: UnsafePointer<UInt8>, settings: LZSettings, prices: ParsePrices, workspace: UnsafeMutableRawPointer) {
        self.input = input
        self.prices = prices
        minimumMatch = settings.minimumMatch
        longEnough = min(settings.targetLength, OptimalParser.longestTarget)
        costs = workspace.assumingMemoryBound(to: Int32.self) + Self.front
        lengths = (workspace + Self.slots * 4).assumingMemoryBound(to: UInt32.self) + Self.front
        distances = (workspace + Self.slots * 8).assumingMemoryBound(to: UInt32.self) + Self.front
        histories = (workspace + Self.slots * 12).assumingMemoryBound(to: LZHistory.self) + Self.front
        longRuns = (workspace + Self.slots * 24).assumingMemoryBound(to: Int32.self) + Self.front
        literalSums = (workspace + Self.slots * 28).assumingMemoryBound(to: UInt32.self) + Self.front
        bases = (workspace + Self.slots * 32).assumingMemoryBound(to: UInt32.self)
    }

    /// What a path has at a segment's border: its distances and the literals behind its last match.
    package struct Border {
        package var history = LZHistory()
        package var pending = 0

        package init(history: LZHistory = LZHistory(), pending: Int = 0) {
            self.history = history
            self.pending = pending
        }
    }

    /// The four states of a position: costs, and which position's path each continues.
    package struct States {
        package var costs: (Int, Int, Int, Int)
        package var origins: (Int, Int, Int, Int)
    }

    /// Fills the costs of all positions of a segment from its start on.
    ///
    /// - Parameters:
    ///   - start: The segment's first position in the input.
    ///   - count: Its positions, at most ``capacity``.
    ///   - firsts: For each position where its matches begin in `matches`, and one entry more for the last one's end.
    /// - Returns: the states at the segment's end.
    package mutating func cover(
        _ start: Int, _ count: Int, _ firsts: UnsafePointer<UInt32>, _ matches: UnsafePointer<LZMatch>, from border: Border
    ) -> States {
        begin(start, count, border)
        // Costs less the literals in front of them, so that a pending path's figure does not change from position to position.
        var first = Self.unreachedState
        var second = Self.unreachedState
        var third = Self.unreachedState
        var long = Self.unreachedState
        var longOrigin = 0
        if border.pending == 1 { first = 0 }
        if border.pending == 2 { second = 0 }
        if border.pending > 2 { (long, longOrigin) = (0, -border.pending) }
        var at = 0
        while true {
            let sum = Int(literalSums[at])
            // The path that had two literals at the position before has three now.
            let longer = long &+ (long < Self.unreachedState ? Int(prices.literalOverflow(at &- longOrigin)) : 0)
            let fresh = third &+ Int(prices.literalLengths[0])
            let isFresh = third < Self.unreachedState && fresh <= longer
            long = isFresh ? third : long
            longOrigin = isFresh ? at &- 3 : longOrigin
            longRuns[at] = Int32(truncatingIfNeeded: longOrigin)
            third = second
            second = first
            first = Self.unreachedState
            let cost = costs[at]
            if cost != Self.unreached {
                first = Int(cost & ~3) &- sum
                if at > 0 { arrive(at, Int(cost & 3)) }
            }
            let states = States(
                costs: (first &+ sum, second &+ sum, third &+ sum, (isFresh ? fresh : longer) &+ sum),
                origins: (at, at &- 1, at &- 2, longOrigin))
            if at == count { return states }
            // The shortest match must end within the segment.
            if at &+ minimumMatch <= count {
                let from = Int(firsts[at])
                let to = Int(firsts[at &+ 1])
                if from != to { takeMatches(at, count, matches + from, to &- from, states) }
                takeRepeats(start, at, count, states)
            }
            at = at &+ 1
        }
    }

    /// Adds up the literals and forgets all paths but the one that comes in.
    private func begin(_ start: Int, _ count: Int, _ border: Border) {
        var sum: UInt32 = 0
        var at = 0
        while at < count {
            literalSums[at] = sum
            sum = sum &+ prices.literals[Int(input[start &+ at])]
            at = at &+ 1
        }
        literalSums[count] = sum
        costs.update(repeating: Self.unreached, count: count &+ 1)
        if border.pending == 0 { costs[0] = 0 }
        histories[-min(border.pending, 3)] = border.history
    }

    /// The history of the best path to a position, once it is sure which one that is.
    @inline(__always)
    private func arrive(_ at: Int, _ literalClass: Int) {
        let origin = origin(at &- Int(lengths[at]), literalClass)
        var history = histories[max(origin, -3)]
        _ = history.use(distances[at])
        histories[at] = history
    }

    /// Which position's path comes to `at` with this class of literals.
    @inline(__always)
    private func origin(_ at: Int, _ literalClass: Int) -> Int {
        literalClass == LZLayout.longLiterals ? Int(longRuns[at]) : at &- literalClass
    }

    /// Offers the matches at a position, each at all lengths that the shorter ones do not have.
    @inline(__always)
    private mutating func takeMatches(_ at: Int, _ count: Int, _ matches: UnsafePointer<LZMatch>, _ matchCount: Int, _ states: States) {
        let longest = min(Int(matches[matchCount &- 1].length), count &- at)
        setBases(min(longest &- minimumMatch, LZLayout.longMatch), states)
        var length = minimumMatch
        var index = 0
        while index < matchCount {
            let match = matches[index]
            let end = min(Int(match.length), longest)
            if end >= length { offer(at, length, end, match.distance, bases, prices.distance(match.distance)) }
            length = end &+ 1
            index = index &+ 1
        }
    }

    /// Offers a match at `at` at the lengths from `first` to `last`.
    ///
    /// - Parameters:
    ///   - tokens: What each match class costs,
    ///   - cost: and what is to be added to it.
    @inline(__always)
    private mutating func offer(
        _ at: Int, _ first: Int, _ last: Int, _ distance: UInt32, _ tokens: UnsafePointer<UInt32>, _ cost: UInt32
    ) {
        lengthsPriced = lengthsPriced &+ last &+ 1 &- first
        let shortest = minimumMatch &+ LZLayout.longMatch
        if first < shortest {
            improve(at &+ first, min(last, shortest &- 1) &+ 1 &- first, first, distance, tokens + (first &- minimumMatch), cost)
        }
        if last >= shortest {
            let from = max(first, shortest)
            let overflows = prices.matchLengths + (from &- shortest)
            improve(at &+ from, last &+ 1 &- from, from, distance, overflows, cost &+ tokens[LZLayout.longMatch])
        }
    }

    /// Offers paths to `count` positions from `target` on, `length` being the first one's match length. Four at a time: of those behind
    /// the last one nothing changes.
    @inline(__always)
    private func improve(
        _ target: Int, _ count: Int, _ length: Int, _ distance: UInt32, _ steps: UnsafePointer<UInt32>, _ cost: UInt32
    ) {
        let base = SIMD4<Int32>(repeating: Int32(truncatingIfNeeded: cost))
        let costs = UnsafeMutableRawPointer(costs + target)
        let steps = UnsafeRawPointer(steps)
        var index = 0
        while index < count {
            let offered = base &+ steps.loadUnaligned(fromByteOffset: 4 &* index, as: SIMD4<Int32>.self)
            let present = costs.loadUnaligned(fromByteOffset: 4 &* index, as: SIMD4<Int32>.self)
            let rest = SIMD4<Int32>(repeating: Int32(truncatingIfNeeded: count &- index))
            let better = (offered .< present) .& (SIMD4<Int32>(0, 1, 2, 3) .< rest)
            if any(better) { put(offered, over: present, where: better, target &+ index, length &+ index, distance) }
            index = index &+ 4
        }
    }

    @inline(__always)
    private func put(
        _ offered: SIMD4<Int32>, over present: SIMD4<Int32>, where better: SIMDMask<SIMD4<Int32>>, _ target: Int, _ length: Int,
        _ distance: UInt32
    ) {
        let lengths = UnsafeMutableRawPointer(lengths + target)
        let distances = UnsafeMutableRawPointer(distances + target)
        let newLengths = SIMD4<Int32>(repeating: Int32(truncatingIfNeeded: length)) &+ SIMD4<Int32>(0, 1, 2, 3)
        let newDistances = SIMD4<Int32>(repeating: Int32(bitPattern: distance))
        let oldLengths = lengths.loadUnaligned(as: SIMD4<Int32>.self)
        let oldDistances = distances.loadUnaligned(as: SIMD4<Int32>.self)
        UnsafeMutableRawPointer(costs + target).storeBytes(of: present.replacing(with: offered, where: better), as: SIMD4<Int32>.self)
        lengths.storeBytes(of: oldLengths.replacing(with: newLengths, where: better), as: SIMD4<Int32>.self)
        distances.storeBytes(of: oldDistances.replacing(with: newDistances, where: better), as: SIMD4<Int32>.self)
    }

    /// For each match class up to `last` the cost of the cheapest state with its token for a new distance, tagged with the state.
    @inline(__always)
    private func setBases(_ last: Int, _ states: States) {
        let tokens = prices.tokens
        let far = Int(UInt32.max &>> 1)
        let none = UInt32(truncatingIfNeeded: min(states.costs.0, far)) & ~3
        let one = UInt32(truncatingIfNeeded: min(states.costs.1, far)) & ~3 | 1
        let two = UInt32(truncatingIfNeeded: min(states.costs.2, far)) & ~3 | 2
        let more = UInt32(truncatingIfNeeded: min(states.costs.3, far)) | 3
        var index = 0
        while index <= last {
            let low = min(none &+ tokens[index], one &+ tokens[16 &+ index])
            let high = min(two &+ tokens[32 &+ index], more &+ tokens[48 &+ index])
            bases[index] = min(low, high)
            index = index &+ 1
        }
    }

    /// Offers the last three distances of each state.
    @inline(__always)
    private mutating func takeRepeats(_ start: Int, _ at: Int, _ count: Int, _ states: States) {
        let best = min(min(states.costs.0, states.costs.1), min(states.costs.2, states.costs.3))
        let worth = best &+ Self.worthRepeating
        let word = head(start &+ at)
        if states.costs.0 <= worth { takeRepeats(start, at, count, states.costs.0, 0, states.origins.0, word) }
        if states.costs.1 <= worth { takeRepeats(start, at, count, states.costs.1, 1, states.origins.1, word) }
        if states.costs.2 <= worth { takeRepeats(start, at, count, states.costs.2, 2, states.origins.2, word) }
        if states.costs.3 <= worth { takeRepeats(start, at, count, states.costs.3, 3, states.origins.3, word) }
    }

    @inline(__always)
    private mutating func takeRepeats(
        _ start: Int, _ at: Int, _ count: Int, _ cost: Int, _ literalClass: Int, _ origin: Int, _ word: UInt32
    ) {
        let history = histories[max(origin, -3)]
        takeRepeat(start, at, count, cost, literalClass, 1, history.first, word)
        takeRepeat(start, at, count, cost, literalClass, 2, history.second, word)
        takeRepeat(start, at, count, cost, literalClass, 3, history.third, word)
    }

    @inline(__always)
    private mutating func takeRepeat(
        _ start: Int, _ at: Int, _ count: Int, _ cost: Int, _ literalClass: Int, _ place: Int, _ distance: UInt32, _ word: UInt32
    ) {
        let earlier = start &+ at &- Int(distance)
        if earlier < 0 || head(earlier) != word { return }
        offerRepeat(start, at, count, cost, literalClass, place, distance)
    }

    @inline(never)
    private mutating func offerRepeat(
        _ start: Int, _ at: Int, _ count: Int, _ cost: Int, _ literalClass: Int, _ place: Int, _ distance: UInt32
    ) {
        let here = start &+ at
        let longest = MatchExtension.forward(input, here, here &- Int(distance), min(start &+ count, here &+ longEnough))
        let tokens = prices.tokens + (place &<< LZLayout.repeatShift | literalClass &<< LZLayout.literalClassShift)
        let tagged = UInt32(truncatingIfNeeded: cost | literalClass)
        // Twelve repeats at all lengths would make rows that differ in a byte of 200 very slow.
        if longest <= Self.repeatLengths {
            offer(at, minimumMatch, longest, distance, tokens, tagged)
        } else {
            offer(at, minimumMatch, Self.repeatLengths &- 4, distance, tokens, tagged)
            offer(at, longest &- 3, longest, distance, tokens, tagged)
        }
    }

    /// The bytes of the shortest match at a place, three or four.
    @inline(__always)
    private func head(_ at: Int) -> UInt32 {
        let word = UInt32(littleEndian: UnsafeRawPointer(input).loadUnaligned(fromByteOffset: at, as: UInt32.self))
        return minimumMatch == 3 ? word &<< 8 : word
    }

    // MARK: The way back

    /// The cheapest state to end a segment in.
    package func cheapest(_ states: States) -> Int {
        var best = 0
        var cost = states.costs.0
        if states.costs.1 < cost { (best, cost) = (1, states.costs.1) }
        if states.costs.2 < cost { (best, cost) = (2, states.costs.2) }
        if states.costs.3 < cost { (best, cost) = (3, states.costs.3) }
        return best
    }

    /// The cheapest state to go on from with a match of `length` bytes at this distance.
    func cheapest(_ states: States, before distance: UInt32, _ length: Int) -> Int {
        let matchClass = min(length &- minimumMatch, LZLayout.longMatch)
        let (c, o) = (states.costs, states.origins)
        let new = Int(prices.distance(distance))
        func total(_ cost: Int, _ literalClass: Int, _ origin: Int) -> Int {
            if cost >= Self.unreachedState / 2 { return cost }
            var history = histories[max(origin, -3)]
            let place = history.use(distance)
            let token = place &<< LZLayout.repeatShift | literalClass &<< LZLayout.literalClassShift | matchClass
            return cost &+ Int(prices.tokens[token]) &+ (place == 0 ? new : 0)
        }
        return cheapest(
            States(costs: (total(c.0, 0, o.0), total(c.1, 1, o.1), total(c.2, 2, o.2), total(c.3, 3, o.3)), origins: o))
    }

    /// The last match end of the path in this state, or 0 or less when it has only literals.
    package func lastMatchEnd(_ states: States, _ state: Int) -> Int { origin(states, state) }

    /// The last match end of the same path that is at `limit` or before it.
    func matchEnd(upTo limit: Int, from end: Int) -> Int {
        var at = end
        while at > limit, at > 0 { at = origin(at &- Int(lengths[at]), Int(costs[at] & 3)) }
        return at
    }

    /// What a path has at `position` when its last match ended at `matchEnd`.
    func border(at position: Int, matchEnd: Int) -> Border {
        Border(history: histories[max(matchEnd, -3)], pending: position &- matchEnd)
    }

    private func origin(_ states: States, _ state: Int) -> Int {
        state == 0 ? states.origins.0 : state == 1 ? states.origins.1 : state == 2 ? states.origins.2 : states.origins.3
    }

    /// Writes the sequences of the path whose last match ends at `end`.
    ///
    /// - Returns: how many.
    package func trace(_ end: Int, into sequences: UnsafeMutablePointer<LZSequence>) -> Int {
        var sequenceCount = 0
        var at = end
        while at > 0 {
            sequenceCount = sequenceCount &+ 1
            at = origin(at &- Int(lengths[at]), Int(costs[at] & 3))
        }
        var index = sequenceCount
        at = end
        while at > 0 {
            index = index &- 1
            let (length, distance) = (lengths[at], distances[at])
            let matchStart = at &- Int(length)
            at = origin(matchStart, Int(costs[at] & 3))
            sequences[index] = LZSequence(
                literalCount: UInt32(truncatingIfNeeded: matchStart &- at), matchCount: length, distance: distance)
        }
        return sequenceCount
    }
}
