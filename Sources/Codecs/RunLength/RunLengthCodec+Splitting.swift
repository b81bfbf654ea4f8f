internal import KernelDispatch
internal import Kernels

extension RunLengthCodec {
    /// Runs that are looked for at a time: a list of 8 KiB.
    private static let listCapacity = 1024

    /// - Returns: literals and runs, or nil when they would not be below 31/32 of the input together: then the scan's reading
    ///   is all that it cost, because literals are copied only after every run is known.
    package func split(_ input: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> [UnsafeRawBufferPointer]? {
        let count = input.count
        // The scan counts in 32 bits; a block is 512 MiB at most.
        guard let bytes = input.baseAddress, count >= RunScan.minimum, count <= Int(Int32.max) else { return nil }
        let runs = try scratch.allocate(count / 8)
        let list = try scratch.allocate(4 * RunScan.listCount(capacity: Self.listCapacity))
        guard let target = runs.baseAddress, let places = list.baseAddress else { return nil }
        let found = Self.writeRuns(bytes, count, places.assumingMemoryBound(to: UInt32.self), target)
        let literalCount = count - found.removed
        guard literalCount + found.size < count - count / 32 else { return nil }
        let literals = try scratch.allocate(literalCount)
        guard let copied = literals.baseAddress else { return nil }
        RunLengthSplit.copyLiterals(bytes, count, target, found.size, copied)
        return [UnsafeRawBufferPointer(literals), UnsafeRawBufferPointer(rebasing: runs[..<found.size])]
    }

    /// Writes the runs stream to `runs`, which has `count / 8` bytes.
    ///
    /// - Returns: the stream's size, and how many raw bytes the runs take out of the literals.
    private static func writeRuns(
        _ bytes: UnsafeRawPointer, _ count: Int, _ list: UnsafeMutablePointer<UInt32>, _ runs: UnsafeMutableRawPointer
    ) -> (size: Int, removed: Int) {
        let findRuns = KernelSet.current.findRuns
        var (size, removed, at) = (0, 0, 0)
        while true {
            let found = findRuns(bytes, at, count, list, listCapacity)
            let part = RunLengthSplit.writeRuns(list, found, after: at, into: runs + size)
            size += part.size
            removed += part.removed
            if found < listCapacity { return (size, removed) }
            at = Int(list[2 * found - 1])
        }
    }
}
