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
package struct BinaryTree {
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
    /// Nodes that were compared so far.
    package private(set) var nodesVisited = 0

    private static let nearLogarithm = 16
    /// How far back a match of three bytes is still cheaper than its literals.
    private static let nearReach = 1 << 17
    /// How many positions ahead heads and top nodes are asked for.
    private static let headsAhead = 16
    private static let nodesAhead = 6
    /// Bytes that a position must have in front of it to be searched.
    package static let hashedBytes = 4

    package static func workspaceSize(_ settings: LZSettings, count: Int) -> Int {
        (1 << headLogarithm(settings, count) + 1 << nearLogarithm + 2 * (count + 1)) * MemoryLayout<UInt32>.stride
    }

    /// - Parameter workspace: `workspaceSize(_:count:)` bytes, 64-byte aligned, any content.
    package init(_ input: UnsafePointer<UInt8>, _ count: Int, settings: LZSettings, workspace: UnsafeMutableRawPointer) {
        let logarithm = Self.headLogarithm(settings, count)
        self.input = input
        self.count = count
        heads = workspace.assumingMemoryBound(to: UInt32.self)
        nearHeads = heads + 1 << logarithm
        children = nearHeads + 1 << Self.nearLogarithm
        headShift = UInt32(32 - logarithm)
        depth = settings.searchDepth
        longEnough = settings.targetLength
        findsThree = settings.minimumMatch == 3
        heads.update(repeating: 0, count: 1 << logarithm)
        nearHeads.update(repeating: 0, count: 1 << Self.nearLogarithm)
    }

    /// No more heads than the block has positions.
    private static func headLogarithm(_ settings: LZSettings, _ count: Int) -> Int {
        max(8, min(settings.hashLogarithm, Int.bitWidth - count.leadingZeroBitCount))
    }

    /// Adds a position and writes its matches, longer ones behind shorter ones, each with the nearest distance that was met.
    ///
    /// Preconditions: positions come in ascending order, ``hashedBytes`` bytes are left; room for `depth + 1` matches.
    /// - Returns: how many. Lengths end at `targetLength` and at the end of the input.
    @inline(__always)
    package mutating func search(_ at: Int, into matches: UnsafeMutablePointer<LZMatch>) -> Int {
        var found = 0
        var best = 3
        if findsThree {
            best = 2
            let slot = nearHeads + nearHash(at)
            let node = Int(slot.pointee)
            slot.pointee = UInt32(truncatingIfNeeded: at &+ 1)
            let distance = at &+ 1 &- node
            if node != 0, distance <= Self.nearReach {
                let length = agreement(at, at &- distance, 0, min(longEnough, count &- at))
                if length >= 3 {
                    best = length
                    matches[0] = LZMatch(length: UInt32(truncatingIfNeeded: length), distance: UInt32(truncatingIfNeeded: distance))
                    found = 1
                }
            }
        }
        return descend(at, best, matches, found)
    }

    /// Adds a position without looking at its matches.
    @inline(__always)
    package mutating func insert(_ at: Int) {
        if findsThree { nearHeads[nearHash(at)] = UInt32(truncatingIfNeeded: at &+ 1) }
        _ = descend(at, Int.max, nil, 0)
    }

    /// Splits the tree at the position and records what is longer than `best`.
    @inline(__always)
    private mutating func descend(_ at: Int, _ best: Int, _ matches: UnsafeMutablePointer<LZMatch>?, _ alreadyFound: Int) -> Int {
        let limit = min(longEnough, count &- at)
        var found = alreadyFound
        var best = best
        let head = heads + hash(at)
        var node = Int(head.pointee)
        head.pointee = UInt32(truncatingIfNeeded: at &+ 1)
        // The two loose ends: what sorts before the position and what sorts behind it goes on there.
        var before = children + 2 &* at
        var behind = before + 1
        var beforeLength = 0
        var behindLength = 0
        var left = depth
        while node != 0, left > 0 {
            left = left &- 1
            let place = node &- 1
            let pair = children + 2 &* place
            let length = agreement(at, place, min(beforeLength, behindLength), limit)
            if length > best, let matches {
                best = length
                matches[found] = LZMatch(length: UInt32(truncatingIfNeeded: length), distance: UInt32(truncatingIfNeeded: at &- place))
                found = found &+ 1
            }
            if length == limit {
                nodesVisited = nodesVisited &+ (depth &- left)
                before.pointee = pair[0]
                behind.pointee = pair[1]
                return found
            }
            if input[place &+ length] < input[at &+ length] {
                before.pointee = UInt32(truncatingIfNeeded: node)
                before = pair + 1
                beforeLength = length
                node = Int(pair[1])
            } else {
                behind.pointee = UInt32(truncatingIfNeeded: node)
                behind = pair
                behindLength = length
                node = Int(pair[0])
            }
        }
        nodesVisited = nodesVisited &+ (depth &- left)
        before.pointee = 0
        behind.pointee = 0
        return found
    }

    /// How many bytes agree, `known` of them for certain, at most `limit`.
    @inline(__always)
    private func agreement(_ at: Int, _ place: Int, _ known: Int, _ limit: Int) -> Int {
        var length = known
        while length < limit {
            let bits = MatchExtension.difference(input, at &+ length, place &+ length)
            if bits != 0 { return min(length &+ bits.trailingZeroBitCount &>> 3, limit) }
            length = length &+ 8
        }
        return limit
    }

    /// Asks for the memory that positions a little further on will need.
    @inline(__always)
    package func prefetch(_ at: Int) {
        if at &+ Self.headsAhead &+ 8 > count { return }
        prefetch_line(heads + hash(at &+ Self.headsAhead))
        let node = Int(heads[hash(at &+ Self.nodesAhead)])
        prefetch_line(children + 2 &* node)
        prefetch_line(input + node)
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
