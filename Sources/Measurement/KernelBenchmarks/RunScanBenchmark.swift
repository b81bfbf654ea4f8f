internal import Codecs

extension KernelBenchmark {
    /// All runs of 16 bytes and more, found as the run-length codec finds them: where the next one starts, then how long it is.
    static let runScan = KernelBenchmark("run-scan") { (chunk, kernels, memory) throws(CodecError) in
        let scan = kernels.firstRunStart
        let commonPrefix = kernels.commonPrefix
        // How many runs, the bytes in them, and a hash over where they start.
        let found = try memory.allocate(3, of: Int.self)
        let output = UnsafeRawBufferPointer(start: found, count: 3 * MemoryLayout<Int>.stride)
        let (base, count, minimum) = (chunk.base, chunk.count, 16)
        return PreparedKernel(byteCount: count, output: { [output] }) {
            var (runs, bytes, hash, at) = (0, 0, 0, 0)
            while true {
                let start = scan(base, at, count, minimum)
                if start == count { break }
                at = start + 1 + commonPrefix(base + start, base + start + 1, count - start - 1)
                runs &+= 1
                bytes &+= at - start
                hash = hash &* 31 &+ start
            }
            (found[0], found[1], found[2]) = (runs, bytes, hash)
            return true
        }
    }
}
