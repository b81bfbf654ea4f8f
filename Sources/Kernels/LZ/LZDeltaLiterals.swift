// In records and tables of numbers a byte that no match covers is often near the byte that the last match's distance points to: the same
// field of an earlier record. Differences of the two are more skewed than the bytes are.

/// Literals as differences, modulo 256, to the bytes that are the last match's distance before them. Those before the first match stay
/// as they are.
package enum LZDeltaLiterals {
    /// Writes the literals of a parse.
    ///
    /// Preconditions: the sequences are a valid parse of the `count` bytes of `input`; `literals` has room for all literals. 16 bytes behind each
    /// may be read, and behind the literals overwritten.
    package static func write(
        _ input: UnsafeRawPointer, _ count: Int, _ sequences: UnsafePointer<LZSequence>, _ sequenceCount: Int,
        into literals: UnsafeMutableRawPointer
    ) {
        var source = input
        var target = literals
        var distance = 0
        var index = 0
        while index < sequenceCount {
            let literalCount = Int(sequences[index].literalCount)
            subtract(source, target, distance, literalCount)
            target += literalCount
            source += literalCount &+ Int(sequences[index].matchCount)
            distance = Int(sequences[index].distance)
            index = index &+ 1
        }
        subtract(source, target, distance, count &- (source - input))
    }

    /// For no distance, 0, the bytes less nothing. The input is there whole, so that the distance may be shorter than a vector.
    @inline(__always)
    private static func subtract(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
        let mask = SIMD16<UInt8>(repeating: distance == 0 ? 0 : 0xFF)
        var at = 0
        while at < count {
            let bytes = source.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
            let before = source.loadUnaligned(fromByteOffset: at &- distance, as: SIMD16<UInt8>.self)
            target.storeBytes(of: bytes &- (before & mask), toByteOffset: at, as: SIMD16<UInt8>.self)
            at = at &+ 16
        }
    }

    /// The reverse, one run of literals at a time: writes `count` bytes to `target`. For no distance, 0, copies them.
    ///
    /// Preconditions: `distance` bytes before the target are written; 16 bytes behind the literals may be read, behind the target
    /// overwritten.
    package static func add(_ literals: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
        if distance > 0, distance < 16 { return addNear(literals, target, distance, count) }
        let mask = SIMD16<UInt8>(repeating: distance == 0 ? 0 : 0xFF)
        let source = UnsafeRawPointer(target) - distance
        var at = 0
        while at < count {
            let differences = literals.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
            let before = source.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
            target.storeBytes(of: differences &+ (before & mask), toByteOffset: at, as: SIMD16<UInt8>.self)
            at = at &+ 16
        }
    }

    /// A sum is needed for the next one within the vector.
    private static func addNear(_ literals: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ distance: Int, _ count: Int) {
        let source = UnsafeRawPointer(target) - distance
        var at = 0
        while at < count {
            let difference = literals.load(fromByteOffset: at, as: UInt8.self)
            target.storeBytes(of: difference &+ source.load(fromByteOffset: at, as: UInt8.self), toByteOffset: at, as: UInt8.self)
            at = at &+ 1
        }
    }
}

extension LZDeltaLiterals {
    /// Literals that are counted for a choice: a table of 256 symbols is then known well enough.
    private static let sampleSize = 4096
    /// Equal parts of the sequences, each of which gives its share of the sample.
    private static let parts = 32

    /// Counts some of the `literalCount` literals as they are and as differences, evenly over the block. Both tables have 256 counters
    /// and are cleared first. Literals behind the last match are not looked at.
    ///
    /// Preconditions: the sequences are a valid parse of `input`, with at most so many literals, which are not none.
    package static func sample(
        _ input: UnsafePointer<UInt8>, _ sequences: UnsafePointer<LZSequence>, _ sequenceCount: Int, literalCount: Int,
        plain: UnsafeMutablePointer<UInt32>, delta: UnsafeMutablePointer<UInt32>
    ) {
        plain.update(repeating: 0, count: 256)
        delta.update(repeating: 0, count: 256)
        var source = input
        var distance = 0
        var index = 0
        let step = (sequenceCount &+ parts &- 1) / parts
        while index < sequenceCount {
            let count = min(step, sequenceCount &- index)
            let (literals, matches) = sums(sequences + index, count)
            let share = min(literals, (literals &* sampleSize &+ literalCount &- 1) / literalCount)
            sample(source, sequences + index, share, distance, plain, delta)
            source += literals &+ matches
            index = index &+ count
            distance = Int(sequences[index &- 1].distance)
        }
    }

    /// Nothing but sums: this is all that most sequences take.
    @inline(__always)
    private static func sums(_ sequences: UnsafePointer<LZSequence>, _ count: Int) -> (literals: Int, matches: Int) {
        var literals: UInt32 = 0
        var matches: UInt32 = 0
        var index = 0
        while index < count {
            literals = literals &+ sequences[index].literalCount
            matches = matches &+ sequences[index].matchCount
            index = index &+ 1
        }
        return (Int(literals), Int(matches))
    }

    /// Counts the first `count` literals of these sequences, which have so many.
    @inline(__always)
    private static func sample(
        _ input: UnsafePointer<UInt8>, _ sequences: UnsafePointer<LZSequence>, _ count: Int, _ lastDistance: Int,
        _ plain: UnsafeMutablePointer<UInt32>, _ delta: UnsafeMutablePointer<UInt32>
    ) {
        var source = input
        var left = count
        var next = sequences
        var distance = lastDistance
        while left > 0 {
            let run = min(left, Int(next.pointee.literalCount))
            let mask: UInt8 = distance == 0 ? 0 : 0xFF
            var at = 0
            while at < run {
                plain[Int(source[at])] &+= 1
                delta[Int(source[at] &- (source[at &- distance] & mask))] &+= 1
                at = at &+ 1
            }
            left = left &- run
            source += run &+ Int(next.pointee.matchCount)
            distance = Int(next.pointee.distance)
            next += 1
        }
    }
}
