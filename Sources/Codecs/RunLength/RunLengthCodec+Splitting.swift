internal import KernelDispatch

extension RunLengthCodec {
    /// - Returns: literals and runs, or nil when they would not be below 31/32 of the input together: then the scan's reading
    ///   is all that it cost, because literals are copied only after every run is known.
    package func split(_ input: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [UnsafeRawBufferPointer]? {
        let count = input.count
        guard let bytes = input.baseAddress, count >= Self.minimumRun else { return nil }
        let runs = try scratch.allocate(count / 8)
        guard let target = runs.baseAddress else { return nil }
        let found = Self.writeRuns(bytes, count, target)
        let literalCount = count - found.removed
        guard literalCount + found.size < count - count / 32 else { return nil }
        let literals = try scratch.allocate(literalCount)
        guard let copied = literals.baseAddress else { return nil }
        Self.copyLiterals(bytes, count, UnsafeRawPointer(target), found.size, copied)
        return [UnsafeRawBufferPointer(literals), UnsafeRawBufferPointer(rebasing: runs[..<found.size])]
    }

    /// Writes the runs stream to `runs`, which has `count / 8` bytes.
    ///
    /// - Returns: the stream's size, and how many raw bytes the runs take out of the literals.
    private static func writeRuns(_ bytes: UnsafeRawPointer, _ count: Int, _ runs: UnsafeMutableRawPointer) -> (size: Int, removed: Int) {
        let firstRunStart = KernelSet.current.firstRunStart
        let commonPrefix = KernelSet.current.commonPrefix
        var size = 0
        var removed = 0
        var at = 0
        while true {
            let start = firstRunStart(bytes, at, count, minimumRun)
            if start == count { return (size, removed) }
            // The scan has seen the first 16 bytes of the run.
            let known = start + minimumRun - 1
            let extra = commonPrefix(bytes + known, bytes + known + 1, count - known - 1)
            size = writeVarint(start - at, runs, size)
            size = writeVarint(extra, runs, size)
            removed += minimumRun - 1 + extra
            at = start + minimumRun + extra
        }
    }

    /// Copies what the runs leave to `literals`: the gaps, each with the first byte of the run that follows, and the rest.
    private static func copyLiterals(
        _ bytes: UnsafeRawPointer, _ count: Int, _ runs: UnsafeRawPointer, _ size: Int, _ literals: UnsafeMutableRawPointer
    ) {
        var at = 0
        var source = 0
        var written = 0
        while at < size {
            let span = readOwnVarint(runs, &at) + 1
            let extra = readOwnVarint(runs, &at)
            copy(bytes + source, literals + written, span)
            written += span
            source += span + minimumRun - 1 + extra
        }
        copy(bytes + source, literals + written, count - source)
    }

    private static func writeVarint(_ value: Int, _ bytes: UnsafeMutableRawPointer, _ at: Int) -> Int {
        var rest = value
        var end = at
        while rest >= 0x80 {
            bytes.storeBytes(of: UInt8(truncatingIfNeeded: rest) | 0x80, toByteOffset: end, as: UInt8.self)
            rest >>= 7
            end += 1
        }
        bytes.storeBytes(of: UInt8(truncatingIfNeeded: rest), toByteOffset: end, as: UInt8.self)
        return end + 1
    }

    /// Reads back what ``writeVarint(_:_:_:)`` wrote, unchecked for that reason.
    private static func readOwnVarint(_ bytes: UnsafeRawPointer, _ at: inout Int) -> Int {
        var value = 0
        var shift = 0
        while true {
            let byte = Int(bytes.load(fromByteOffset: at, as: UInt8.self))
            at += 1
            value |= (byte & 0x7F) &<< shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }

    /// Copies `count` bytes between buffers that have slack on both sides: short spans as two vectors, without a call.
    @inline(__always)
    static func copy(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ count: Int) {
        if count > 32 {
            target.copyMemory(from: source, byteCount: count)
        } else {
            let low = source.loadUnaligned(as: SIMD16<UInt8>.self)
            let high = source.loadUnaligned(fromByteOffset: 16, as: SIMD16<UInt8>.self)
            target.storeBytes(of: low, as: SIMD16<UInt8>.self)
            target.storeBytes(of: high, toByteOffset: 16, as: SIMD16<UInt8>.self)
        }
    }
}
