internal import CIntrinsics

// What a table remembers is bounded by its size, so one with an entry for each position forgets what is far away. This one has an entry
// for one position in about thirty, chosen by what stands there: a repeat has the same positions chosen as its source, and at the
// first of them it is found. Fetches from so large a table are slow: positions are gathered first, their buckets asked for, and then
// looked up together.

/// Finds repeats of ``shortest`` bytes and more in a whole block, whatever their distance.
///
/// Every chosen position is looked up unless a match covers it, and put in. A bucket has ``ways`` entries; the longest match is taken.
///
/// What bounds the work: 4 positions in 64 bytes at most are chosen, each is compared with ``ways`` others at most, and what such a
/// comparison has beyond ``shortest`` bytes is what a match then covers.
package struct LongMatchFinder<Meter: SearchMeter> {
    private let input: UnsafePointer<UInt8>
    private let count: Int
    private let table: UnsafeMutablePointer<Entry>
    private let shift: UInt64
    private var out: UnsafeMutablePointer<LongMatch>
    /// The end of the last match.
    private var anchor = 0

    /// A position, and bits of the hash of what stands there. Empty ones say position 0, which is never put in.
    private struct Entry {
        var position: UInt32
        var check: UInt32
    }

    private static var ways: Int { 4 }
    /// Positions that are looked up together.
    private static var batchSize: Int { 256 }

    /// After so many bytes without a match fewer positions are chosen.
    private static var patience: Int { 256 << 10 }

    /// Buckets for as many entries as will be put in.
    private static func logarithm(_ count: Int) -> Int {
        max(8, min(22, Int.bitWidth - (count / 128).leadingZeroBitCount - 1))
    }

    package static func workspaceSize(_ count: Int) -> Int { (ways * MemoryLayout<Entry>.stride) << logarithm(count) }

    /// Finds the long matches of `count` bytes.
    ///
    /// Preconditions: `count` is below 2^31 and 128 bytes behind the input are readable, whatever they are; `workspace` has
    /// ``workspaceSize(_:)`` bytes, 64-byte aligned; `matches` has room for ``LongMatches/capacity(_:)``.
    ///
    /// - Returns: the number of matches, which are in ascending order and do not overlap.
    @inline(never)
    package static func find(
        _ input: UnsafePointer<UInt8>, _ count: Int, workspace: UnsafeMutableRawPointer, matches: UnsafeMutablePointer<LongMatch>,
        _ meter: inout Meter
    ) -> Int {
        var finder = LongMatchFinder(input, count, workspace, matches)
        withUnsafeTemporaryAllocation(byteCount: batchSize * 12, alignment: 8) { memory in
            let hashes = memory.baseAddress!.bindMemory(to: UInt64.self, capacity: batchSize)
            let positions = (memory.baseAddress! + batchSize * 8).bindMemory(to: UInt32.self, capacity: batchSize)
            var at = 1
            while at < count &- LongMatches.shortest {
                let threshold = at &- finder.anchor > patience ? SampledPositions.sparse : SampledPositions.usual
                let found = SampledPositions.gather(
                    input, at, count &- LongMatches.shortest, above: threshold, into: positions, capacity: batchSize)
                finder.lookUp(positions, hashes, found.count, &meter)
                at = found.next
            }
        }
        return finder.out - matches
    }

    private init(
        _ input: UnsafePointer<UInt8>, _ count: Int, _ workspace: UnsafeMutableRawPointer, _ matches: UnsafeMutablePointer<LongMatch>
    ) {
        let logarithm = Self.logarithm(count)
        let entries = Self.ways << logarithm
        self.input = input
        self.count = count
        table = workspace.bindMemory(to: Entry.self, capacity: entries)
        table.update(repeating: Entry(position: 0, check: 0), count: entries)
        shift = UInt64(64 - logarithm)
        out = matches
    }

    private mutating func lookUp(
        _ positions: UnsafePointer<UInt32>, _ hashes: UnsafeMutablePointer<UInt64>, _ found: Int, _ meter: inout Meter
    ) {
        var index = 0
        while index < found {
            let hash = hash(Int(positions[index]))
            hashes[index] = hash
            prefetch_near(bucket(hash))
            index = index &+ 1
        }
        index = 0
        while index < found {
            let at = Int(positions[index])
            let bucket = bucket(hashes[index])
            let check = UInt32(truncatingIfNeeded: hashes[index])
            if at >= anchor { match(at, bucket, check, &meter) }
            insert(at, bucket, check)
            index = index &+ 1
        }
        meter.add(found)
    }

    /// Takes the longest match at `at`, if one is long enough.
    @inline(__always)
    private mutating func match(_ at: Int, _ bucket: UnsafePointer<Entry>, _ check: UInt32, _ meter: inout Meter) {
        var best = 0
        var bestBack = 0
        var bestEarlier = 0
        var way = 0
        while way < Self.ways {
            let earlier = Int(bucket[way].position)
            if bucket[way].check == check, earlier != 0 {
                let forward = MatchExtension.forward(input, at, earlier, count)
                let back = MatchExtension.backward(input, at, earlier, min(at &- anchor, earlier))
                meter.add((forward &+ back) &>> 3)
                if forward &+ back > best {
                    best = forward &+ back
                    bestBack = back
                    bestEarlier = earlier
                }
            }
            way = way &+ 1
        }
        if best < LongMatches.shortest { return }
        out.pointee = LongMatch(
            start: UInt32(truncatingIfNeeded: at &- bestBack), length: UInt32(truncatingIfNeeded: best),
            distance: UInt32(truncatingIfNeeded: at &- bestEarlier))
        out += 1
        anchor = at &- bestBack &+ best
    }

    /// Puts a position in front of the others of its bucket; the oldest falls out.
    @inline(__always)
    private func insert(_ at: Int, _ bucket: UnsafeMutablePointer<Entry>, _ check: UInt32) {
        bucket[3] = bucket[2]
        bucket[2] = bucket[1]
        bucket[1] = bucket[0]
        bucket[0] = Entry(position: UInt32(truncatingIfNeeded: at), check: check)
    }

    @inline(__always)
    private func bucket(_ hash: UInt64) -> UnsafeMutablePointer<Entry> {
        table + Self.ways &* Int(truncatingIfNeeded: hash &>> shift)
    }

    /// Of the 32 bytes at `at`. Four products that do not wait for each other, by odd multipliers of 64 bits; the last one mixes.
    @inline(__always)
    private func hash(_ at: Int) -> UInt64 {
        let first = MatchExtension.word(input, at) &* 0x9E37_79B9_7F4A_7C15
        let second = MatchExtension.word(input, at &+ 8) &* 0xC2B2_AE3D_27D4_EB4F
        let third = MatchExtension.word(input, at &+ 16) &* 0x1656_67B1_9E37_79F9
        let fourth = MatchExtension.word(input, at &+ 24) &* 0x27D4_EB2F_1656_67C5
        let sum = (first ^ first &>> 32) &+ (second ^ second &>> 29) &+ (third ^ third &>> 31) &+ (fourth ^ fourth &>> 27)
        return (sum ^ sum &>> 32) &* 0x9E37_79B9_7F4A_7C15
    }
}
