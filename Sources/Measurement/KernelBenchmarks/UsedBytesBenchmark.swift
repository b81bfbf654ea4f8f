internal import Codecs
internal import KernelDispatch

extension KernelBenchmark {
    /// Which byte values occur, from nothing known.
    static let usedBytes = KernelBenchmark("used-bytes") { (chunk, kernels, memory) throws(CodecError) in
        let mark = kernels.markUsedBytes
        let used = try memory.allocate(256, of: UInt8.self)
        let flags = try memory.allocate(256, of: UInt8.self)
        return PreparedKernel(byteCount: chunk.count, output: { [UnsafeRawBufferPointer(start: flags, count: 256)] }) {
            used.update(repeating: 0, count: 256)
            mark(chunk.base, chunk.count, used)
            // Any value but 0 is a mark.
            for value in 0..<256 { flags[value] = used[value] == 0 ? 0 : 1 }
            return true
        }
    }
}
