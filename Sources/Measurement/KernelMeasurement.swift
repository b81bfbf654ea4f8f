internal import Codecs
package import KernelDispatch

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Measures kernels on the chunks of one file, chunk by chunk; ``figures`` sums up.
///
/// On each chunk the kernels of all sets take turns, and memcpy of the same chunk with them: the ceiling. Before that each runs
/// once and its output is compared with what is expected, or with the portable kernel's; afterwards it is compared again. A kernel
/// that was wrong once is not measured again and has no row.
package struct KernelMeasurement {
    /// The chunk to measure next: the caller fills it.
    package let chunkBuffer: UnsafeMutableRawBufferPointer

    private let benchmarks: [KernelBenchmark]
    private let sets: [KernelSet]
    private let interleaving: Interleaving
    private let arena = ScratchArena()
    private var records: [Key: Record] = [:]
    private var faults: [Key: KernelFault] = [:]
    private var faultsInOrder: [KernelFault] = []
    private var entropies: [Double] = []

    private struct Key: Hashable {
        let kernel: String
        let set: String
    }

    /// One kernel of one set over the chunks so far.
    private struct Record {
        var chunks: [ChunkFigures] = []
        var outputSize = 0
    }

    /// A kernel of one set on one chunk.
    private struct Contender {
        let key: Key
        let kernel: PreparedKernel
        let isPortable: Bool
    }

    /// - Parameters:
    ///   - sets: the sets to measure.
    ///   - chunkSize: bytes of every chunk.
    ///   - runs: turns of each kernel on each chunk.
    package init(
        _ benchmarks: [KernelBenchmark], sets: [KernelSet], chunkSize: Int, runs: Int, clock: Clock = .monotonic()
    ) throws(MeasurementError) {
        self.benchmarks = benchmarks
        self.sets = sets
        interleaving = Interleaving(clock: clock, runs: runs)
        do throws(CodecError) {
            chunkBuffer = try arena.allocate(chunkSize)
        } catch {
            throw .outOfMemory
        }
    }

    /// Measures the chunk that is in ``chunkBuffer``.
    /// - Parameter offset: where it begins in the file.
    package mutating func measureChunk(at offset: Int) throws(MeasurementError) {
        let chunk = Chunk(bytes: UnsafeRawBufferPointer(chunkBuffer), offset: offset)
        entropies.append(Entropy.orderZero(chunk.bytes))
        for benchmark in benchmarks {
            do throws(CodecError) {
                try measure(benchmark, chunk)
            } catch {
                // Arenas have no other error.
                throw .outOfMemory
            }
        }
    }

    private mutating func measure(_ benchmark: KernelBenchmark, _ chunk: Chunk) throws(CodecError) {
        let mark = arena.mark
        defer { arena.release(to: mark) }
        let prepared = try prepare(benchmark, chunk)
        let contenders = check(prepared, chunk) { $0.kernel.call() }
        guard !contenders.isEmpty else { return }
        let copy = try KernelBenchmark.memoryCopy.prepare(chunk, sets[0], BenchmarkMemory(arena, filling: 0))
        let timings = interleaving.measure((contenders.map(\.kernel) + [copy].compactMap { $0 }).map(\.call))
        let timed = Dictionary(uniqueKeysWithValues: zip(contenders.map(\.key), timings))
        let right = check(contenders, chunk) { timed[$0.key]! != nil }
        let copyTime = copy.flatMap { copy in timings.last??.best.map { $0 / Double(copy.byteCount) } }
        record(right, timed.compactMapValues { $0 }, copyTime: copyTime)
    }

    /// The kernels of the sets that were not wrong before; none when the chunk does not suit them.
    private func prepare(_ benchmark: KernelBenchmark, _ chunk: Chunk) throws(CodecError) -> [Contender] {
        var contenders: [Contender] = []
        for (index, set) in sets.enumerated() {
            let key = Key(kernel: benchmark.name, set: benchmark.sharedSet ?? set.name.rawValue)
            if faults[key] != nil { continue }
            let memory = BenchmarkMemory(arena, filling: UInt8(truncatingIfNeeded: 0x5A + 0x35 * index))
            guard let kernel = try benchmark.prepare(chunk, set, memory) else { return [] }
            let isPortable = benchmark.sharedSet == nil && set.name == .portable
            contenders.append(Contender(key: key, kernel: kernel, isPortable: isPortable))
            if benchmark.sharedSet != nil { break }
        }
        return contenders
    }

    /// Leaves out those whose output is wrong, and notes why.
    /// - Parameter runs: whether the kernel says itself that it succeeded.
    private mutating func check(_ contenders: [Contender], _ chunk: Chunk, _ runs: (Contender) -> Bool) -> [Contender] {
        var reference: [UnsafeRawBufferPointer]?
        return contenders.filter { contender in
            let output = runs(contender) ? contender.kernel.output() : nil
            if contender.isPortable { reference = output }
            guard let reason = Self.error(in: output, expected: contender.kernel.expected.map { [$0] }, reference: reference) else {
                return true
            }
            let fault = KernelFault(kernel: contender.key.kernel, set: contender.key.set, chunkOffset: chunk.offset, reason: reason)
            faults[contender.key] = fault
            faultsInOrder.append(fault)
            return false
        }
    }

    /// What is wrong with an output, or nil.
    private static func error(
        in output: [UnsafeRawBufferPointer]?, expected: [UnsafeRawBufferPointer]?, reference: [UnsafeRawBufferPointer]?
    ) -> String? {
        guard let output else { return "it fails" }
        if let expected, let difference = difference(output, expected) { return "\(difference) from what was expected" }
        if let reference, let difference = difference(output, reference) { return "\(difference) from the portable kernel's" }
        return nil
    }

    private static func difference(_ output: [UnsafeRawBufferPointer], _ other: [UnsafeRawBufferPointer]) -> String? {
        guard output.map(\.count) == other.map(\.count) else {
            return "its output of \(output.map(\.count)) bytes differs in size"
        }
        var before = 0
        for (mine, right) in zip(output, other) {
            let isSame = mine.isEmpty || memcmp(mine.baseAddress!, right.baseAddress!, mine.count) == 0
            if !isSame, let at = mine.indices.first(where: { mine[$0] != right[$0] }) { return "its output differs at byte \(before + at)" }
            before += mine.count
        }
        return nil
    }

    /// - Parameter copyTime: memcpy's nanoseconds a byte.
    private mutating func record(_ contenders: [Contender], _ timings: [Key: Timings], copyTime: Double?) {
        let portable = contenders.first(where: \.isPortable).flatMap { timings[$0.key]?.best }
        for contender in contenders {
            guard let timings = timings[contender.key], let best = timings.best, best > 0 else { continue }
            let figures = ChunkFigures(
                byteCount: contender.kernel.byteCount, nanoseconds: best, spread: timings.spread ?? 1,
                overPortable: portable.map { $0 / best }, overCopy: copyTime.map { $0 * Double(contender.kernel.byteCount) / best })
            records[contender.key, default: Record()].chunks.append(figures)
            records[contender.key]?.outputSize += contender.kernel.output().reduce(0) { $0 + $1.count }
        }
    }

    /// The measured instruction sets, lowest first.
    package var setNames: [String] { sets.map(\.name.rawValue) }

    /// What all chunks so far have shown; nil before the first one.
    package var figures: KernelFigures? {
        guard let lowest = entropies.min(), let highest = entropies.max() else { return nil }
        let rows = benchmarks.flatMap { self.rows(of: $0) }
        let seen = Set(rows.map(\.kernel) + faultsInOrder.map(\.kernel))
        return KernelFigures(
            rows: rows, faults: faultsInOrder, unsuited: benchmarks.map(\.name).filter { !seen.contains($0) },
            meanEntropy: entropies.reduce(0, +) / Double(entropies.count), entropyRange: lowest...highest)
    }

    private func rows(of benchmark: KernelBenchmark) -> [KernelRow] {
        let names = benchmark.sharedSet.map { [$0] } ?? sets.map(\.name.rawValue)
        return names.compactMap { name in
            let key = Key(kernel: benchmark.name, set: name)
            guard faults[key] == nil, let record = records[key] else { return nil }
            return KernelRow(
                kernel: benchmark.name, set: name, chunks: record.chunks, outputSize: benchmark.isCodec ? record.outputSize : nil)
        }
    }
}
