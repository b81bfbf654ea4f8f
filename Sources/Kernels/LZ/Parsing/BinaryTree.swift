internal import CIntrinsics

/// An earlier place that agrees with the input at some position: `length` bytes, `distance` bytes back.
package struct LZMatch: Equatable, Sendable {
    package var length: UInt32
    package var distance: UInt32

    @inline(__always)
    package init(length: UInt32, distance: UInt32) {
        self.length = length
        self.distance = distance
    }
}

/// Finds, for each position of a block, the nearest earlier place for every match length.
///
/// All positions that begin with the same four bytes (their hash) form a binary search tree, ordered by the bytes that follow, with
/// newer positions above older ones; inserting a position splits the tree at it and meets the best matches on the way (the match finder
/// of LZMA and of zstd's upper levels). A tree keeps two children for each position of the block: nothing ever falls out of it.
/// Matches of three bytes come from a table of the last place of each hash of three.
///
/// What bounds the work: at most `depth` nodes a position, and at most `longEnough` bytes compared at a node, where a node's
/// comparison starts at what its ancestors on both sides agree on. A match of `longEnough` bytes takes its node's place, so that a run
/// does not degenerate into a list.
struct BinaryTree {
    /// Positions plus one; 0 is none.
    private let heads: UnsafeMutablePointer<UInt32>
    private let nearHeads: UnsafeMutablePointer<UInt32>
    /// Two entries a position: what sorts before it, what sorts behind it.
    private let children: UnsafeMutablePointer<UInt32>
    private let input: UnsafePointer<UInt8>
    private let count: Int
    private let headShift: UInt32
    private let depth: Int
    private let longEnough: Int
    private let findsThree: Bool
    private let descents: UnsafeMutablePointer<Descent>
    /// The descents that are not at their ends.
    private let turns: UnsafeMutablePointer<Int>
    private let found: UnsafeMutablePointer<LZMatch>
    /// Nodes that were compared so far, and one for each 128 bytes compared there.
    private(set) var nodesVisited = 0

    private static let nearLogarithm = 16
    /// How far back a match of three bytes is still cheaper than its literals.
    private static let nearReach = 1 << 17
    /// How many positions ahead heads and top nodes are asked for.
    private static let headsAhead = 16
    private static let nodesAhead = 6
    /// Positions that descend at the same time.
    static let width = 8
    /// Bytes that a position must have in front of it to be searched.
    static let hashedBytes = 4

    static func workspaceSize(_ settings: LZSettings, count: Int) -> Int {
        let tables = (1 << headLogarithm(settings, count) + 1 << nearLogarithm + 2 * (count + 1)) * MemoryLayout<UInt32>.stride
        return batchSize + width * (settings.searchDepth + 2) * MemoryLayout<LZMatch>.stride + tables
    }

    private static let batchSize = (width * (MemoryLayout<Descent>.stride + MemoryLayout<Int>.stride) + 63) & ~63

    /// - Parameter workspace: `workspaceSize(_:count:)` bytes, 64-byte aligned, any content.
    init(_ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer) {
        let logarithm = Self.headLogarithm(settings, count)
        self.input = input
        self.count = count
        descents = workspace.assumingMemoryBound(to: Descent.self)
        turns = (workspace + Self.width * MemoryLayout<Descent>.stride).assumingMemoryBound(to: Int.self)
        found = (workspace + Self.batchSize).assumingMemoryBound(to: LZMatch.self)
        heads = UnsafeMutableRawPointer(found + Self.width * (settings.searchDepth + 2)).assumingMemoryBound(to: UInt32.self)
        nearHeads = heads + 1 << logarithm
        children = nearHeads + 1 << Self.nearLogarithm
        headShift = UInt32(32 - logarithm)
        depth = settings.searchDepth
        longEnough = min(settings.targetLength, OptimalParser.longestTarget)
        findsThree = settings.minimumMatch == 3
        heads.update(repeating: 0, count: 1 << logarithm)
        nearHeads.update(repeating: 0, count: 1 << Self.nearLogarithm)
    }

    /// No more heads than the block has positions.
    private static func headLogarithm(_ settings: LZSettings, _ count: Int) -> Int {
        max(8, min(settings.hashLogarithm, Int.bitWidth - count.leadingZeroBitCount))
    }

    // MARK: Search

    /// A position on its way down its tree.
    private struct Descent {
        /// What the position's node is to be linked to; 0 at the end.
        var node: Int
        let at: Int
        let limit: Int
        /// The two loose ends: what sorts before the position and what sorts behind it goes on there.
        var before: UnsafeMutablePointer<UInt32>
        var behind: UnsafeMutablePointer<UInt32>
        /// How many bytes the last node on each side has in common with the position.
        var beforeLength = 0
        var behindLength = 0
        var nodesLeft: Int
        /// Only longer matches are recorded.
        var best: Int
        var found: Int
        let matches: UnsafeMutablePointer<LZMatch>
    }

    /// Adds up to ``width`` positions from `at` on; their matches are then in ``found(_:)``.
    ///
    /// A descent waits for memory at each node. Positions with different hashes are in different trees: they descend in turns, so that
    /// the waiting times overlap. The batch ends in front of the first position that has the hash of one before it.
    ///
    /// Preconditions: positions come in ascending order; ``hashedBytes`` bytes are left at `at`.
    /// - Returns: how many positions, at least one.
    mutating func search(_ at: Int) -> Int {
        let end = min(at &+ Self.width, count &- Self.hashedBytes &+ 1)
        var here = at
        var active = 0
        while here < end {
            let head = heads + hash(here)
            let node = Int(head.pointee)
            if node > at { break }
            prefetch(here)
            head.pointee = UInt32(truncatingIfNeeded: here &+ 1)
            begin(here &- at, here, node)
            turns[active] = here &- at
            active = active &+ 1
            here = here &+ 1
        }
        while active > 0 {
            var index = 0
            while index < active {
                if step(&descents[turns[index]]) {
                    index = index &+ 1
                } else {
                    active = active &- 1
                    turns[index] = turns[active]
                }
            }
        }
        return here &- at
    }

    /// The matches of the batch's position at this place: longer ones behind shorter ones, each with the nearest distance that was met.
    /// Lengths end at `targetLength` and at the end of the input.
    @inline(__always)
    func found(_ place: Int) -> (matches: UnsafePointer<LZMatch>, count: Int) {
        (UnsafePointer(descents[place].matches), descents[place].found)
    }

    @inline(__always)
    private func begin(_ place: Int, _ at: Int, _ node: Int) {
        var descent = Descent(
            node: node, at: at, limit: min(longEnough, count &- at), before: children + 2 &* at, behind: children + 2 &* at + 1,
            nodesLeft: depth, best: 3, found: 0, matches: found + place &* (depth &+ 2))
        if findsThree {
            descent.best = 2
            let slot = nearHeads + nearHash(at)
            let near = Int(slot.pointee)
            slot.pointee = UInt32(truncatingIfNeeded: at &+ 1)
            let distance = at &+ 1 &- near
            if near != 0, distance <= Self.nearReach {
                let length = agreement(at, at &- distance, 0, descent.limit)
                if length >= 3 {
                    descent.best = length
                    descent.matches[0] = LZMatch(
                        length: UInt32(truncatingIfNeeded: length), distance: UInt32(truncatingIfNeeded: distance))
                    descent.found = 1
                }
            }
        }
        descents[place] = descent
    }

    /// Adds a position without looking at its matches.
    mutating func insert(_ at: Int) {
        if findsThree { nearHeads[nearHash(at)] = UInt32(truncatingIfNeeded: at &+ 1) }
        let head = heads + hash(at)
        var descent = Descent(
            node: Int(head.pointee), at: at, limit: min(longEnough, count &- at), before: children + 2 &* at,
            behind: children + 2 &* at + 1, nodesLeft: depth, best: Int.max, found: 0, matches: found)
        head.pointee = UInt32(truncatingIfNeeded: at &+ 1)
        while step(&descent) {}
    }

    /// Compares with one node, links it to its side, and goes down on the other.
    ///
    /// - Returns: false at the end of the descent.
    @inline(__always)
    private mutating func step(_ descent: inout Descent) -> Bool {
        let node = descent.node
        if node == 0 || descent.nodesLeft == 0 {
            descent.before.pointee = 0
            descent.behind.pointee = 0
            return false
        }
        descent.nodesLeft = descent.nodesLeft &- 1
        let place = node &- 1
        let at = descent.at
        let pair = children + 2 &* place
        let known = min(descent.beforeLength, descent.behindLength)
        let length = agreement(at, place, known, descent.limit)
        nodesVisited = nodesVisited &+ 1 &+ (length &- known) &>> 7
        if length > descent.best {
            descent.best = length
            descent.matches[descent.found] = LZMatch(
                length: UInt32(truncatingIfNeeded: length), distance: UInt32(truncatingIfNeeded: at &- place))
            descent.found = descent.found &+ 1
        }
        if length == descent.limit {
            descent.before.pointee = pair[0]
            descent.behind.pointee = pair[1]
            return false
        }
        let next: Int
        if input[place &+ length] < input[at &+ length] {
            descent.before.pointee = UInt32(truncatingIfNeeded: node)
            descent.before = pair + 1
            descent.beforeLength = length
            next = Int(pair[1])
        } else {
            descent.behind.pointee = UInt32(truncatingIfNeeded: node)
            descent.behind = pair
            descent.behindLength = length
            next = Int(pair[0])
        }
        descent.node = next
        prefetch_near(children + 2 &* (next &- 1))
        prefetch_near(input + next + min(descent.beforeLength, descent.behindLength))
        return true
    }

    /// How many bytes agree, `known` of them for certain, at most `limit`.
    @inline(__always)
    private func agreement(_ at: Int, _ place: Int, _ known: Int, _ limit: Int) -> Int {
        var length = known
        while length < limit {
            let bits = MatchExtension.difference(input, at &+ length, place &+ length)
            if bits != 0 { return min(length &+ bits.trailingZeroBitCount / 8, limit) }
            length = length &+ 8
        }
        return limit
    }

    /// Asks for the memory that positions a little further on will need.
    @inline(__always)
    private func prefetch(_ at: Int) {
        if at &+ Self.headsAhead &+ 8 > count { return }
        prefetch_near(heads + hash(at &+ Self.headsAhead))
        let node = Int(heads[hash(at &+ Self.nodesAhead)])
        prefetch_near(children + 2 &* node)
        prefetch_near(input + node)
    }

    @inline(__always)
    private func word(_ at: Int) -> UInt32 {
        UInt32(littleEndian: UnsafeRawPointer(input).loadUnaligned(fromByteOffset: at, as: UInt32.self))
    }

    /// Multiplication by 2^32 over the golden ratio; the upper bits are the hash.
    @inline(__always)
    private func hash(_ at: Int) -> Int { Int((word(at) &* 0x9E37_79B1) &>> headShift) }

    @inline(__always)
    private func nearHash(_ at: Int) -> Int { Int(((word(at) &<< 8) &* 0x9E37_79B1) &>> UInt32(32 - Self.nearLogarithm)) }
}
