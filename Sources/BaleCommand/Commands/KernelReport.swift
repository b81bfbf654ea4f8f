internal import Measurement

/// The measured kernels of one file, as text and as JSON.
struct KernelReport: Sendable {
    let fileSize: Int
    let sample: ChunkSample
    let runs: Int
    /// The instruction sets that were measured.
    let sets: [String]
    let figures: KernelFigures

    /// A head that says what was measured, then the table.
    /// - Parameter listsChunks: whether every chunk's place is told.
    func text(_ path: Path, listsChunks: Bool) -> String {
        var text = "\(path.shown): \(Figures.size(UInt64(fileSize))), \(chunks), \(runs == 1 ? "1 run" : "\(runs) runs")\n\(entropy)\n"
        if listsChunks { text += "chunks at bytes \(sample.offsets.map(String.init).joined(separator: " "))\n" }
        if !figures.rows.isEmpty { text += table.text }
        if !figures.unsuited.isEmpty { text += "not measured, no chunk suits them: \(figures.unsuited.joined(separator: ", "))\n" }
        return text + "\n"
    }

    private var chunks: String {
        let size = Figures.size(UInt64(sample.chunkSize))
        let count = sample.offsets.count
        if sample.chunkCount == 1 { return "one chunk of \(size)" }
        if count == sample.chunkCount { return "all \(count) chunks of \(size)" }
        let which = count == 1 ? "the first" : "at even distances"
        return "\(count) of \(sample.chunkCount) chunks of \(size), \(which)"
    }

    private var entropy: String {
        let bits = { (value: Double) in Figures.fixed(value, decimals: 3) }
        let range = figures.entropyRange
        return "order-0 entropy \(bits(figures.meanEntropy)) bits a byte, R \(bits(figures.meanEntropy / 8)); "
            + "chunks from \(bits(range.lowerBound)) to \(bits(range.upperBound))"
    }

    private var table: TextTable {
        var table = TextTable([
            ("kernel", .left), ("set", .left), ("best GB/s", .right), ("median", .right), ("spread", .right), ("x portable", .right),
            ("x memcpy", .right), ("R", .right),
        ])
        let fixed = { (value: Double?, decimals: Int) in value.map { Figures.fixed($0, decimals: decimals) } ?? "-" }
        for row in figures.rows {
            table.append([
                row.kernel, row.set, fixed(row.bestSpeed, 2), fixed(row.medianSpeed, 2), fixed(row.spread, 2), fixed(row.overPortable, 2),
                fixed(row.overCopy, 3), fixed(row.ratio, 4),
            ])
        }
        return table
    }

    /// The members of the file's object; Benchmarks/README.md describes them.
    @Sendable
    func write(_ writer: inout JSONWriter) {
        writer.member("raw_bytes", fileSize)
        writer.member("chunk_bytes", sample.chunkSize)
        writer.member("chunks", sample.chunkCount)
        writer.member("measured_offsets", values: sample.offsets)
        writer.member("runs", runs)
        writer.member("sets", values: sets)
        writer.member("entropy") { writer in
            writer.member("mean", ratio: figures.meanEntropy)
            writer.member("lowest", ratio: figures.entropyRange.lowerBound)
            writer.member("highest", ratio: figures.entropyRange.upperBound)
        }
        writer.member("kernels", array: figures.rows) { writer, row in writer.object { Self.write(row, to: &$0) } }
        writer.member("unsuited", values: figures.unsuited)
        writer.member("faults", array: figures.faults) { writer, fault in
            writer.object { writer in
                writer.member("kernel", fault.kernel)
                writer.member("set", fault.set)
                writer.member("chunk_offset", fault.chunkOffset)
                writer.member("message", fault.description)
            }
        }
    }

    private static func write(_ row: KernelRow, to writer: inout JSONWriter) {
        writer.member("kernel", row.kernel)
        writer.member("set", row.set)
        writer.member("measured_chunks", row.chunkCount)
        writer.member("best_gbps", ratio: row.bestSpeed)
        writer.member("median_gbps", ratio: row.medianSpeed)
        writer.member("mean_gbps", ratio: row.meanSpeed)
        writer.member("spread", ratio: row.spread)
        writer.member("over_portable", ratio: row.overPortable)
        writer.member("over_memcpy", ratio: row.overCopy)
        writer.member("ratio", ratio: row.ratio)
    }
}
