/// Recovers every intact block of a damaged input. Raw bytes come to the places where they were; holes are zeros.
package struct SalvageEngine: Sendable {
    package struct Report: Sendable {
        package var archives: [Archive]
        /// Bytes of the input that belong to nothing that could be used.
        package var unusedInput: [Range<UInt64>]

        /// Whether nothing is missing and nothing is damaged.
        package var isComplete: Bool { unusedInput.isEmpty && archives.allSatisfy(\.isComplete) }
    }

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
        /// Whether file header, index and footer are intact, and every block is where they say.
        package var isFramed: Bool

        /// Whether nothing is missing.
        package var isComplete: Bool { holes.isEmpty && endIsKnown && isFramed }
    }

    private let engine: DecompressionEngine

    package init(workers: Int?, memoryLimit: Int? = nil, outputLimit: UInt64? = nil) {
        engine = DecompressionEngine(workers: workers, memoryLimit: memoryLimit, outputLimit: outputLimit, keepsGoing: true)
    }

    package func run(
        from input: any RandomAccessInput, to sink: any ByteSink, progress: EngineProgressHandler? = nil
    ) async throws(EngineError) -> Report {
        let plan = try SalvagePlan(input)
        let summary = try await engine.run(SalvageFeed(plan), to: sink, progress: progress)
        let lost = summary.damage.map(\.rawRange)
        let archives = plan.archives.map { archive in
            let range = archive.rawOffset..<archive.rawOffset + archive.rawSize
            let holes = Self.joined(lost.filter { $0.lowerBound >= range.lowerBound && $0.upperBound <= range.upperBound })
            let lostBlocks = summary.damage.count { $0.reason != .missing && range.contains($0.rawRange.lowerBound) }
            return Archive(
                archiveIDLow: archive.archiveIDLow, blockCount: UInt64(archive.blockCount - lostBlocks),
                recovered: range.gaps(between: holes), holes: holes, endIsKnown: archive.endIsKnown,
                isFramed: archive.isFramed)
        }
        return Report(archives: archives, unusedInput: plan.unusedInput)
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
}

extension SalvagePlan.Archive {
    fileprivate var blockCount: Int {
        pieces.count { if case .block = $0 { true } else { false } }
    }
}
