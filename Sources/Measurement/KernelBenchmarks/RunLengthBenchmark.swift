internal import Codecs
internal import KernelDispatch
internal import Kernels

extension KernelBenchmark {
    /// The run-length codec's parts: finding the runs, taking them out, and putting them back. The last two need a chunk with runs.
    static let runLength = [runScan, runLengthCopy, runLengthJoin]

    private static let runScan = KernelBenchmark("run-scan") { (chunk, kernels, memory) throws(CodecError) in
        let find = kernels.findRuns
        let list = try RunList(chunk, memory)
        return PreparedKernel(byteCount: chunk.count, output: { [list.runs] }) {
            list.fill(by: find)
            return true
        }
    }

    private static let runLengthCopy = KernelBenchmark("run-length-copy", sharedSet: "portable") { (chunk, _, memory) throws(CodecError) in
        guard let streams = try RunLengthStreams(chunk, memory) else { return nil }
        let literals = try memory.allocate(streams.literals.count)
        let prepared = PreparedKernel(byteCount: chunk.count, output: { [UnsafeRawBufferPointer(literals)] }) {
            RunLengthSplit.copyLiterals(
                chunk.base, chunk.count, streams.runs.baseAddress!, streams.runs.count, literals.baseAddress!)
            return true
        }
        return prepared.expecting(streams.literals)
    }

    private static let runLengthJoin = KernelBenchmark("run-length-join") { (chunk, kernels, memory) throws(CodecError) in
        guard let streams = try RunLengthStreams(chunk, memory) else { return nil }
        let join = kernels.joinRuns
        let output = try memory.allocate(chunk.count)
        let prepared = PreparedKernel(byteCount: chunk.count, output: { [UnsafeRawBufferPointer(output)] }) {
            var parts = RunLengthJoin(
                literals: streams.literals.baseAddress!, streams.literals.count, runs: streams.runs.baseAddress!, streams.runs.count,
                output: output.baseAddress!, output.count)
            return join(&parts) == nil
        }
        return prepared.expecting(chunk.bytes)
    }
}

/// A list of all runs of a chunk.
private final class RunList {
    private let chunk: Chunk
    private let list: UnsafeMutablePointer<UInt32>
    private let capacity: Int
    private var count = 0

    init(_ chunk: Chunk, _ memory: BenchmarkMemory) throws(CodecError) {
        self.chunk = chunk
        // One more than fit, so that the list never fills up.
        capacity = chunk.count / RunScan.minimum + 1
        list = try memory.allocate(RunScan.listCount(capacity: capacity), of: UInt32.self)
    }

    func fill(by find: RunScan.Find) { count = find(chunk.base, 0, chunk.count, list, capacity) }

    var runs: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: list, count: 8 * count) }
}

/// A chunk's literals and runs as the codec makes them.
private struct RunLengthStreams {
    let literals: UnsafeRawBufferPointer
    let runs: UnsafeRawBufferPointer

    /// Nil for a chunk whose runs the codec leaves where they are.
    init?(_ chunk: Chunk, _ memory: BenchmarkMemory) throws(CodecError) {
        guard let streams = try RunLengthCodec().split(chunk.bytes, scratch: memory.arena) else { return nil }
        (literals, runs) = (streams[0], streams[1])
    }
}
