internal import Codecs
internal import KernelDispatch
internal import Kernels

extension KernelBenchmark {
    /// Elements split into byte planes, and joined again, as they are and with the exponent's bits moved to one byte.
    static let planes = [2, 4, 8].flatMap { width in [0, 1].flatMap { [planesSplit(width, $0), planesJoin(width, $0)] } }

    private static func name(_ verb: String, _ width: Int, _ rotation: Int) -> String {
        "planes-\(verb)-\(width)" + (rotation == 0 ? "" : "-rotated")
    }

    private static func planesSplit(_ width: Int, _ rotation: Int) -> KernelBenchmark {
        KernelBenchmark(name("split", width, rotation)) { (chunk, kernels, memory) throws(CodecError) in
            let split = kernels.planes.split
            guard let planes = try ChunkPlanes(chunk, width, memory) else { return nil }
            return PreparedKernel(byteCount: planes.count * width, output: { planes.output }) {
                split(chunk.base, planes.count, width, rotation, planes.targets)
                return true
            }
        }
    }

    private static func planesJoin(_ width: Int, _ rotation: Int) -> KernelBenchmark {
        KernelBenchmark(name("join", width, rotation)) { (chunk, kernels, memory) throws(CodecError) in
            let join = kernels.planes.join
            guard let planes = try ChunkPlanes(chunk, width, memory) else { return nil }
            BytePlanes.split(chunk.base, planes.count, width, rotation, planes.targets)
            let target = try memory.allocate(planes.count * width)
            return PreparedKernel(
                byteCount: target.count, expected: UnsafeRawBufferPointer(rebasing: chunk.bytes[..<target.count]),
                output: { [UnsafeRawBufferPointer(target)] }
            ) {
                join(planes.sources, planes.count, width, rotation, target.baseAddress!)
                return true
            }
        }
    }
}

/// Memory for the planes of a chunk.
private struct ChunkPlanes {
    /// Elements, and bytes of each plane.
    let count: Int
    let width: Int
    let targets: UnsafeMutablePointer<UnsafeMutableRawPointer>
    let sources: UnsafeMutablePointer<UnsafeRawPointer>

    /// Nil for a chunk without a whole element.
    init?(_ chunk: Chunk, _ width: Int, _ memory: BenchmarkMemory) throws(CodecError) {
        count = chunk.count / width
        self.width = width
        targets = try memory.allocate(width, of: UnsafeMutableRawPointer.self)
        sources = try memory.allocate(width, of: UnsafeRawPointer.self)
        for plane in 0..<width {
            targets[plane] = try memory.allocate(count).baseAddress!
            sources[plane] = UnsafeRawPointer(targets[plane])
        }
        if count == 0 { return nil }
    }

    var output: [UnsafeRawBufferPointer] { (0..<width).map { UnsafeRawBufferPointer(start: targets[$0], count: count) } }
}
