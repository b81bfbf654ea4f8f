internal import Codecs
internal import KernelDispatch
internal import Kernels

extension KernelBenchmark {
    /// Element filters and their inverses: those that carry from element to element in every width, the others in one.
    static let filters =
        [1, 2, 4, 8].flatMap { filter("difference", width: $0, \.difference, inverse: "sum", \.sum) }
        + filter("xor", width: 4, \.xorPrevious, inverse: "unxor", \.undoXorPrevious)
        + filter("zigzag", width: 4, \.zigzag, inverse: "unzigzag", \.undoZigzag)
        + filter("difference-zigzag", width: 4, \.differenceZigzag, inverse: "unzigzag-sum", \.undoDifferenceZigzag)

    private typealias Filter = @Sendable (KernelSet.Filters) -> ElementFilter.Apply

    private static func filter(
        _ name: String, width: Int, _ forward: @escaping Filter, inverse inverseName: String, _ inverse: @escaping Filter
    ) -> [KernelBenchmark] {
        [
            KernelBenchmark("filter-\(name)-\(width)") { (chunk, kernels, memory) throws(CodecError) in
                try prepare(forward(kernels.filters), chunk.bytes, width, memory)
            },
            KernelBenchmark("filter-\(inverseName)-\(width)") { (chunk, kernels, memory) throws(CodecError) in
                let filtered = try memory.allocate(chunk.count)
                let count = chunk.count / width
                forward(KernelSet.available[0].filters)(chunk.base, count, width, filtered.baseAddress!)
                let kernel = try prepare(inverse(kernels.filters), UnsafeRawBufferPointer(filtered), width, memory)
                return kernel?.expecting(UnsafeRawBufferPointer(rebasing: chunk.bytes[..<(count * width)]))
            },
        ]
    }

    private static func prepare(
        _ filter: @escaping ElementFilter.Apply, _ source: UnsafeRawBufferPointer, _ width: Int, _ memory: BenchmarkMemory
    ) throws(CodecError) -> PreparedKernel? {
        let count = source.count / width
        guard count > 0 else { return nil }
        let target = try memory.allocate(count * width)
        return PreparedKernel(byteCount: target.count, output: { [UnsafeRawBufferPointer(target)] }) {
            filter(source.baseAddress!, count, width, target.baseAddress!)
            return true
        }
    }
}
