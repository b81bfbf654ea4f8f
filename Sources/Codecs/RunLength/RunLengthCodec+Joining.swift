internal import Bytes

extension RunLengthCodec {
    /// - Throws: `corrupt` unless both streams are used up and the output is exactly full.
    package func join(
        _ streams: [UnsafeRawBufferPointer], into output: UnsafeMutableRawBufferPointer, scratch: ScratchArena
    ) throws(CodecError) {
        let (literals, runs) = (streams[0], streams[1])
        guard !runs.isEmpty else { throw Self.corrupt(1, 0, "no run") }
        guard let source = literals.baseAddress, let target = output.baseAddress else {
            throw Self.corrupt(0, 0, "a run without a literal before it, or without room")
        }
        var at = 0
        var read = 0
        var written = 0
        while at < runs.count {
            let place = at
            let gap = try Self.readVarint(runs, &at)
            let extra = try Self.readVarint(runs, &at)
            // Nothing below can overflow: gap is less than a buffer's size once the first check is passed.
            guard gap < UInt64(literals.count - read) else { throw Self.corrupt(1, place, "more literals than there are") }
            let span = Int(gap) + 1
            let room = output.count - written - span - (Self.minimumRun - 1)
            guard room >= 0, extra <= UInt64(room) else { throw Self.corrupt(1, place, "the run passes the end of the output") }
            Self.copy(source + read, target + written, span)
            read += span
            written += span
            let length = Self.minimumRun - 1 + Int(extra)
            Self.fill(target + written, literals[read - 1], length)
            written += length
        }
        guard literals.count - read == output.count - written else {
            throw Self.corrupt(0, read, "\(literals.count - read) literals after the last run where \(output.count - written) belong")
        }
        Self.copy(source + read, target + written, literals.count - read)
    }

    /// The varint at `at`. One byte, which nearly all are, is read here; the rules for longer ones are those of `ByteReader`.
    @inline(__always)
    private static func readVarint(_ runs: UnsafeRawBufferPointer, _ at: inout Int) throws(CodecError) -> UInt64 {
        if at < runs.count, runs[at] < 0x80 {
            at += 1
            return UInt64(runs[at - 1])
        }
        return try readLongVarint(runs, &at)
    }

    private static func readLongVarint(_ runs: UnsafeRawBufferPointer, _ at: inout Int) throws(CodecError) -> UInt64 {
        var reader = ByteReader(UnsafeRawBufferPointer(rebasing: runs[at...]))
        do {
            let value = try reader.readVarint()
            at += reader.offset
            return value
        } catch {
            throw corrupt(1, at, "a varint that is cut off or not in its shortest form")
        }
    }

    /// Writes `count` times `value`, and up to 64 bytes in all: the rest is written again or is the output's slack.
    @inline(__always)
    private static func fill(_ target: UnsafeMutableRawPointer, _ value: UInt8, _ count: Int) {
        if count > 64 {
            target.initializeMemory(as: UInt8.self, repeating: value, count: count)
        } else {
            let vector = SIMD32<UInt8>(repeating: value)
            target.storeBytes(of: vector, as: SIMD32<UInt8>.self)
            target.storeBytes(of: vector, toByteOffset: 32, as: SIMD32<UInt8>.self)
        }
    }
}
