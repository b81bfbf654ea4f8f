internal import Codecs
internal import Kernels

extension KernelBenchmark {
    /// Exact counts of all byte values.
    static let histogram = KernelBenchmark("histogram", sharedSet: "portable") { (chunk, _, memory) throws(CodecError) in
        let tables = try memory.allocate(Histogram.workspaceSize / 4, of: UInt32.self)
        let counts = UnsafeRawBufferPointer(start: tables, count: 256 * 4)
        return PreparedKernel(byteCount: chunk.count, output: { [counts] }) {
            Histogram.count(chunk.base, count: chunk.count, into: tables)
            return true
        }
    }
}
