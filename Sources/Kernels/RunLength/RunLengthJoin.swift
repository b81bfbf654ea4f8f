/// Joining literals and runs, which come from a file: how far it is, and the checks that all instruction sets share.
///
/// A kernel takes pairs of varints of one or two bytes by itself; each other pair, and each at fault, goes through ``next()``.
package struct RunLengthJoin {
    /// What is wrong with the streams.
    package enum Fault: Sendable {
        /// A varint that is cut off, longer than its value needs, or above 2^64 - 1.
        case varint
        /// More literals than there are.
        case literals
        /// A run that passes the end of the output.
        case room
        /// Literals after the last run that do not exactly fill the output.
        case rest
    }

    /// Joins everything that is left. Returns what is wrong, or nil: then the output is full and the streams are used up. Of a
    /// fault, ``at`` says before which pair it is.
    ///
    /// Precondition: 128 bytes behind both streams may be read, and behind the output written.
    package typealias Kernel = @Sendable (inout RunLengthJoin) -> Fault?

    package let literals: UnsafeRawPointer
    package let literalCount: Int
    package let runs: UnsafeRawPointer
    package let runsSize: Int
    package let output: UnsafeMutableRawPointer
    package let outputCount: Int

    /// The pair that comes next, in bytes of the runs.
    package var at = 0
    /// Literals taken.
    package var read = 0
    /// Bytes of output.
    package var written = 0

    package init(
        literals: UnsafeRawPointer, _ literalCount: Int, runs: UnsafeRawPointer, _ runsSize: Int, output: UnsafeMutableRawPointer,
        _ outputCount: Int
    ) {
        self.literals = literals
        self.literalCount = literalCount
        self.runs = runs
        self.runsSize = runsSize
        self.output = output
        self.outputCount = outputCount
    }

    /// See ``Kernel``.
    @Sendable
    package static func join(_ join: inout RunLengthJoin) -> Fault? {
        while join.at < join.runsSize {
            joinShort(&join)
            if join.at < join.runsSize, let fault = join.next() { return fault }
        }
        return join.finish()
    }

    /// Joins pairs of varints of at most two bytes each, up to the first one that is longer or at fault.
    private static func joinShort(_ join: inout RunLengthJoin) {
        let (runs, runsSize) = (join.runs, join.runsSize)
        var (at, read, written) = (join.at, join.read, join.written)
        while runsSize &- at >= 4 {
            var end = at
            let gap = varint(runs, &end)
            let extra = varint(runs, &end)
            let room = join.outputCount &- written &- RunScan.minimum &- gap
            if gap < 0 || extra < 0 || gap >= join.literalCount &- read || extra > room { break }
            copy(join.literals + read, join.output + written, gap &+ 1)
            read &+= gap &+ 1
            written &+= gap &+ 1
            let length = RunScan.minimum &- 1 &+ extra
            fill(join.output + written, join.literals.load(fromByteOffset: read &- 1, as: UInt8.self), length)
            written &+= length
            at = end
        }
        (join.at, join.read, join.written) = (at, read, written)
    }

    /// A varint of one or two bytes; of a longer one, or one longer than its value needs, something negative.
    @inline(__always)
    private static func varint(_ bytes: UnsafeRawPointer, _ at: inout Int) -> Int {
        let low = Int(bytes.load(fromByteOffset: at, as: UInt8.self))
        at &+= 1
        if low < 0x80 { return low }
        let high = Int(bytes.load(fromByteOffset: at, as: UInt8.self))
        at &+= 1
        return high &- 1 < 0x7F && high > 0 ? low & 0x7F | high &<< 7 : -1
    }

    /// Copies `count` bytes, at least one, and up to 31 more.
    @inline(__always)
    private static func copy(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        if count > 512 { return target.copyMemory(from: source, byteCount: count) }
        var at = 0
        repeat {
            let vector0 = source.loadUnaligned(fromByteOffset: at, as: SIMD16<UInt8>.self)
            let vector1 = source.loadUnaligned(fromByteOffset: at &+ 16, as: SIMD16<UInt8>.self)
            target.storeBytes(of: vector0, toByteOffset: at, as: SIMD16<UInt8>.self)
            target.storeBytes(of: vector1, toByteOffset: at &+ 16, as: SIMD16<UInt8>.self)
            at &+= 32
        } while at < count
    }

    /// Writes `count` bytes, at least one, and up to 63 more.
    @inline(__always)
    private static func fill(_ target: UnsafeMutableRawPointer, _ value: UInt8, _ count: Int) {
        if count > 512 {
            target.initializeMemory(as: UInt8.self, repeating: value, count: count)
            return
        }
        let vector = SIMD16(repeating: value)
        var at = 0
        repeat {
            target.storeBytes(of: vector, toByteOffset: at, as: SIMD16<UInt8>.self)
            target.storeBytes(of: vector, toByteOffset: at &+ 16, as: SIMD16<UInt8>.self)
            target.storeBytes(of: vector, toByteOffset: at &+ 32, as: SIMD16<UInt8>.self)
            target.storeBytes(of: vector, toByteOffset: at &+ 48, as: SIMD16<UInt8>.self)
            at &+= 64
        } while at < count
    }
}

extension RunLengthJoin {
    /// Joins one pair of any size.
    package mutating func next() -> Fault? {
        var end = at
        guard let gap = varint(&end), let extra = varint(&end) else { return .varint }
        // Nothing below can overflow: a gap is less than a buffer's size once the first check is passed.
        guard gap < UInt64(literalCount &- read) else { return .literals }
        let span = Int(gap) + 1
        let room = outputCount - written - span - (RunScan.minimum - 1)
        guard room >= 0, extra <= UInt64(room) else { return .room }
        let length = RunScan.minimum - 1 + Int(extra)
        let target = output + written
        target.copyMemory(from: literals + read, byteCount: span)
        let value = literals.load(fromByteOffset: read + span - 1, as: UInt8.self)
        (target + span).initializeMemory(as: UInt8.self, repeating: value, count: length)
        at = end
        read += span
        written += span + length
        return nil
    }

    /// Copies the literals behind the last run.
    package func finish() -> Fault? {
        guard literalCount - read == outputCount - written else { return .rest }
        (output + written).copyMemory(from: literals + read, byteCount: literalCount - read)
        return nil
    }

    /// The varint at `place`, as the container's are: at most 64 bits, in as few bytes as possible.
    private func varint(_ place: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while place < runsSize {
            let byte = runs.load(fromByteOffset: place, as: UInt8.self)
            place &+= 1
            if shift == 63, byte > 1 { return nil }
            value |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return byte == 0 && shift > 0 ? nil : value }
            shift &+= 7
        }
        return nil
    }
}
