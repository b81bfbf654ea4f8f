// What is copied is known and fits: only the distances are unchecked yet. Sixteen bytes are moved whatever the count is, and what is
// too much is written over by the next copy or lies in the slack, so that most sequences take no branch that depends on their counts.

/// From sequences to bytes.
package enum LZCopy {
    /// Copies the batch's first `count` sequences to `output`, behind the bytes from `start` to it, and takes their literals.
    ///
    /// Preconditions: the counts' sums are within the literals and the output; 128 bytes behind each belong to the caller, and may be
    /// read and overwritten. Distances are at least 1.
    ///
    /// - Returns: where the output goes on; nil for a distance to before `start`, where nothing is read.
    package typealias Copy =
        @Sendable (inout LZInput, LZBatch, Int, UnsafeMutableRawPointer, UnsafeRawPointer) -> UnsafeMutableRawPointer?

    package static func copy(
        _ input: inout LZInput, _ batch: LZBatch, _ count: Int, _ output: UnsafeMutableRawPointer, _ start: UnsafeRawPointer
    ) -> UnsafeMutableRawPointer? {
        var literals = input.literals.at
        var target = output
        var index = 0
        while index < count {
            let literalCount = Int(batch.literalCounts[index])
            let matchCount = Int(batch.matchCounts[index])
            let distance = Int(batch.distances[index])
            copySixteen(literals, target)
            if literalCount > 16 { copyLong(literals, target, literalCount) }
            literals += literalCount
            target += literalCount
            if distance > UnsafeRawPointer(target) - start { return nil }
            let source = UnsafeRawPointer(target) - distance
            if distance >= 16 {
                copySixteen(source, target)
                copySixteen(source + 16, target + 16)
                if matchCount > 32 { copyLong(source, target, matchCount) }
            } else {
                copyNear(source, target, distance, matchCount)
            }
            target += matchCount
            index = index &+ 1
        }
        input.literals.at = literals
        return target
    }

    /// As ``copy(_:_:_:_:_:)``, for delta literals: adds to each the byte that is the last distance before it.
    package static func copyDeltas(
        _ input: inout LZInput, _ batch: LZBatch, _ count: Int, _ output: UnsafeMutableRawPointer, _ start: UnsafeRawPointer
    ) -> UnsafeMutableRawPointer? {
        var literals = input.literals.at
        var last = input.lastDistance
        var target = output
        var index = 0
        while index < count {
            let literalCount = Int(batch.literalCounts[index])
            let matchCount = Int(batch.matchCounts[index])
            let distance = Int(batch.distances[index])
            LZDeltaLiterals.add(literals, target, last, literalCount)
            literals += literalCount
            target += literalCount
            if distance > UnsafeRawPointer(target) - start { return nil }
            let source = UnsafeRawPointer(target) - distance
            if distance >= 16 {
                copySixteen(source, target)
                if matchCount > 16 { copyLong(source, target, matchCount) }
            } else {
                copyNear(source, target, distance, matchCount)
            }
            target += matchCount
            last = distance
            index = index &+ 1
        }
        input.literals.at = literals
        input.lastDistance = last
        return target
    }

    /// Copies the bytes from 16 on, in steps of 16: source and target are at least so far apart.
    @inline(never)
    private static func copyLong(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        var at = 16
        while at < count {
            copySixteen(source + at, target + at)
            at = at &+ 16
        }
    }

    /// Repeats the `distance` bytes at `source`, 1...15, which end at `target`. Eight bytes are spread by hand, after which the
    /// pattern is at least eight bytes long.
    @inline(never)
    package static func copyNear(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
        var index = 0
        while index < 8 {
            target.storeBytes(of: source.load(fromByteOffset: index, as: UInt8.self), toByteOffset: index, as: UInt8.self)
            index = index &+ 1
        }
        // The least multiple of the distance that is 8 or more.
        let step = (7 &+ distance) / distance &* distance
        var at = 8
        while at < count {
            let word = UnsafeRawPointer(target).loadUnaligned(fromByteOffset: at &- step, as: UInt64.self)
            target.storeBytes(of: word, toByteOffset: at, as: UInt64.self)
            at = at &+ 8
        }
    }

    @inline(__always)
    private static func copySixteen(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer) {
        target.storeBytes(of: source.loadUnaligned(as: SIMD16<UInt8>.self), as: SIMD16<UInt8>.self)
    }
}
