internal import Codecs

extension KernelBenchmark {
    /// The C library's memcpy: what no kernel that writes as much as it reads can beat by much.
    package static let memoryCopy = KernelBenchmark("memcpy", sharedSet: "libc") { (chunk, _, memory) throws(CodecError) in
        let target = try memory.allocate(chunk.count)
        return PreparedKernel(byteCount: chunk.count, expected: chunk.bytes, output: { [UnsafeRawBufferPointer(target)] }) {
            target.copyMemory(from: chunk.bytes)
            return true
        }
    }
}
