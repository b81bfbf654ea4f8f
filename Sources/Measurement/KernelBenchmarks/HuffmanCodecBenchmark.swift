internal import Codecs
internal import KernelDispatch

extension KernelBenchmark {
    /// The codec as pipelines call it, on one core: encoding with histogram, lengths, table and headers, decoding with the table. What
    /// does not shrink is stored, and counted so.
    static let huffmanCodec = [
        KernelBenchmark("huffman-codec-encode", isCodec: true) { (chunk, kernels, memory) throws(CodecError) in
            let codec = HuffmanCodec(measuring: kernels)
            let target = try memory.allocate(chunk.count + HuffmanCodec.measuringRoom)
            let written = try memory.allocate(1, of: Int.self)
            return PreparedKernel(
                byteCount: chunk.count, output: { [UnsafeRawBufferPointer(rebasing: target[..<written.pointee])] }
            ) {
                written.pointee = (try? codec.encode(chunk.bytes, into: target, scratch: memory.arena)) ?? 0
                return written.pointee > 0
            }
        },
        KernelBenchmark("huffman-codec-decode") { (chunk, kernels, memory) throws(CodecError) in
            let codec = HuffmanCodec(measuring: kernels)
            let encoded = try memory.allocate(chunk.count + HuffmanCodec.measuringRoom)
            guard let size = try codec.encode(chunk.bytes, into: encoded, scratch: memory.arena) else { return nil }
            let source = UnsafeRawBufferPointer(rebasing: encoded[..<size])
            let target = try memory.allocate(chunk.count)
            return PreparedKernel(
                byteCount: chunk.count, expected: chunk.bytes, output: { [UnsafeRawBufferPointer(target)] }
            ) {
                (try? codec.decode(source, into: target, scratch: memory.arena)) != nil
            }
        },
    ]
}

extension HuffmanCodec {
    fileprivate init(measuring kernels: KernelSet) {
        self.init(kernels: kernels)
    }

    /// Room behind the raw size for the first two bytes of stored segments: 8 MiB has 64 of them.
    fileprivate static let measuringRoom = 1024
}
