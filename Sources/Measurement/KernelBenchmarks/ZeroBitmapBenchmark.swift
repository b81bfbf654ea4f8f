internal import Codecs
internal import KernelDispatch
internal import Kernels

extension KernelBenchmark {
    /// Elements as a bitmap of zeros and the others packed, and back; and the ones of a bitmap, the chunk itself taken as one.
    static let zeroBitmaps = [1, 2, 4, 8].flatMap { [bitmapPack($0), bitmapUnpack($0)] } + [bitmapOnes]

    private static func bitmapPack(_ width: Int) -> KernelBenchmark {
        KernelBenchmark("bitmap-pack-\(width)") { (chunk, kernels, memory) throws(CodecError) in
            let pack = kernels.bitmaps.pack
            let count = chunk.count / width
            let bitmap = try memory.allocate((count + 7) / 8)
            let values = try memory.allocate(count * width)
            let kept = try memory.allocate(1, of: Int.self)
            guard count > 0 else { return nil }
            return PreparedKernel(
                byteCount: values.count,
                output: { [UnsafeRawBufferPointer(bitmap), UnsafeRawBufferPointer(rebasing: values[..<(kept.pointee * width)])] }
            ) {
                kept.pointee = pack(chunk.base, count, width, bitmap.baseAddress!, values.baseAddress!)
                return kept.pointee <= count
            }
        }
    }

    private static func bitmapUnpack(_ width: Int) -> KernelBenchmark {
        KernelBenchmark("bitmap-unpack-\(width)") { (chunk, kernels, memory) throws(CodecError) in
            let unpack = kernels.bitmaps.unpack
            let count = chunk.count / width
            let bitmap = try memory.allocate((count + 7) / 8)
            let values = try memory.allocate(count * width)
            let target = try memory.allocate(count * width)
            guard count > 0 else { return nil }
            _ = ZeroBitmap.pack(chunk.base, count, width, bitmap.baseAddress!, values.baseAddress!)
            return PreparedKernel(
                byteCount: target.count, expected: UnsafeRawBufferPointer(rebasing: chunk.bytes[..<target.count]),
                output: { [UnsafeRawBufferPointer(target)] }
            ) {
                unpack(bitmap.baseAddress!, values.baseAddress!, count, width, target.baseAddress!)
                return true
            }
        }
    }

    private static let bitmapOnes = KernelBenchmark("bitmap-ones") { (chunk, kernels, memory) throws(CodecError) in
        let ones = kernels.bitmaps.ones
        let total = try memory.allocate(1, of: Int.self)
        let output = UnsafeRawBufferPointer(start: total, count: MemoryLayout<Int>.size)
        return PreparedKernel(byteCount: chunk.count, output: { [output] }) {
            total.pointee = ones(chunk.base, 8 * chunk.count)
            return true
        }
    }
}
