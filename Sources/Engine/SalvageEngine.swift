/// Recovers every intact block of a damaged input. Raw bytes come to the places where they were; holes are zeros.
package struct SalvageEngine: Sendable {
    package struct Archive: Sendable {
        /// The low word of its id.
        package var archiveIDLow: UInt64
        /// Blocks recovered.
        package var blockCount: UInt64
        /// Raw bytes that were recovered and that were not, in the output.
        package var recovered: [Range<UInt64>]
        package var holes: [Range<UInt64>]
        /// Whether it is known where the archive ended.
        package var endIsKnown: Bool
    }

    private let engine: DecompressionEngine

    package init(workers: Int, memoryLimit: Int? = nil, outputLimit: UInt64? = nil) {
        engine = DecompressionEngine(workers: workers, memoryLimit: memoryLimit, outputLimit: outputLimit, keepsGoing: true)
    }

    package func run(
        from input: any RandomAccessInput, to sink: any ByteSink, progress: EngineProgressHandler? = nil
    ) async throws(EngineError) -> [Archive] {
        let plan = try SalvagePlan(input)
        let summary = try await engine.run(SalvageFeed(plan), to: sink, progress: progress)
        let lost = summary.damage.map(\.rawRange)
        return plan.archives.map { archive in
            let range = archive.rawOffset..<archive.rawOffset + archive.rawSize
            let holes = Self.joined(lost.filter { $0.lowerBound >= range.lowerBound && $0.upperBound <= range.upperBound })
            let lostBlocks = summary.damage.count { $0.reason != .missing && range.contains($0.rawRange.lowerBound) }
            return Archive(
                archiveIDLow: archive.archiveIDLow, blockCount: UInt64(archive.blockCount - lostBlocks),
                recovered: Self.complement(of: holes, in: range), holes: holes, endIsKnown: archive.endIsKnown)
        }
    }

    /// Ranges in ascending order with those that touch made one.
    private static func joined(_ ranges: [Range<UInt64>]) -> [Range<UInt64>] {
        ranges.reduce(into: []) { joined, range in
            if let last = joined.last, last.upperBound == range.lowerBound {
                joined[joined.count - 1] = last.lowerBound..<range.upperBound
            } else if !range.isEmpty {
                joined.append(range)
            }
        }
    }

    private static func complement(of holes: [Range<UInt64>], in range: Range<UInt64>) -> [Range<UInt64>] {
        let starts = [range.lowerBound] + holes.map(\.upperBound)
        let ends = holes.map(\.lowerBound) + [range.upperBound]
        return zip(starts, ends).filter { $0 < $1 }.map { $0..<$1 }
    }
}

extension SalvagePlan.Archive {
    fileprivate var blockCount: Int {
        pieces.count { if case .block = $0 { true } else { false } }
    }
}
