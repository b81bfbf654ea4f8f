internal import Codecs

extension KernelBenchmark {
    /// The comparison of a chunk with a copy of itself: one match as long as the chunk.
    static let commonPrefix = KernelBenchmark("common-prefix") { (chunk, kernels, memory) throws(CodecError) in
        let compare = kernels.commonPrefix
        let copy = try memory.allocate(chunk.count)
        copy.copyMemory(from: chunk.bytes)
        let other = UnsafeRawPointer(copy.baseAddress!)
        let length = try memory.allocate(1, of: Int.self)
        let expected = try memory.allocate(1, of: Int.self)
        expected.pointee = chunk.count
        let size = MemoryLayout<Int>.size
        return PreparedKernel(
            byteCount: chunk.count, expected: UnsafeRawBufferPointer(start: expected, count: size),
            output: { [UnsafeRawBufferPointer(start: length, count: size)] }
        ) {
            length.pointee = compare(chunk.base, other, chunk.count)
            return true
        }
    }
}
