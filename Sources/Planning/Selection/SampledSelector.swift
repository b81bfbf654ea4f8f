package import Codecs

/// Chooses by a sample of the chunk and the level's decision tree.
package struct SampledSelector: Selector {
    private let tree: DecisionTree
    /// By ``ContentKind``.
    private let pipelines: [Pipeline]
    /// The same for blocks of `LZRow.smallBlockSize` and less.
    private let smallBlockPipelines: [Pipeline]
    /// For ``ContentKind/elements``.
    private let elements = ElementPipelines.order0
    private let trial: PipelineTrial?
    private let convertsCalls: Bool
    private let findsLongMatches: Bool

    /// - Parameters:
    ///   - level: 0...19; others are clamped.
    ///   - findsLongMatches: Whether match finders look for long repeats in the whole block.
    package init(level: Int, findsLongMatches: Bool = false) {
        let row = LevelTable.row(level).findingLongMatches(findsLongMatches)
        tree = row.tree
        convertsCalls = row.convertsCalls
        self.findsLongMatches = findsLongMatches
        let pipelines = ContentKind.allCases.map { row.pipeline(for: $0) }
        self.pipelines = pipelines
        smallBlockPipelines = row.settings.lz.forSmallBlocks.map { lz in pipelines.map { lz.applied(to: $0) } } ?? pipelines
        trial = row.trial.map {
            PipelineTrial(
                sampleSize: $0.sampleSize, candidates: $0.candidates, elementLeaves: $0.elementLeaves, settings: row.settings)
        }
    }

    /// Transforms above a match finder leave it a part of the block at most, or what they take for it is in every plan.
    package func matchScratch(_ count: Int) -> Int {
        // The last block can be small.
        let small = min(count, LZRow.smallBlockSize)
        return max(Self.matchScratch(pipelines, count), Self.matchScratch(smallBlockPipelines, small))
    }

    private static func matchScratch(_ pipelines: [Pipeline], _ count: Int) -> Int { pipelines.map { $0.matchScratch(count) }.max() ?? 0 }

    package func choose(_ chunk: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Pipeline {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let pipelines = chunk.count <= LZRow.smallBlockSize ? smallBlockPipelines : pipelines
        var sample = try FeatureSample(chunk, scratch: scratch)
        var kind = try tree.decide(&sample)
        if findsLongMatches, try LongRepeats.outweigh(kind, in: chunk, scratch: scratch) { kind = .matches }
        let pipeline = kind == .elements ? elements[try sample.elementLayout()] : pipelines[kind.rawValue]
        // Programs have runs too, as padding, but less is gained by taking them out before a match finder.
        if convertsCalls, kind == .matches || kind == .runs, let architecture = try sample.callArchitecture() {
            return Pipeline(CallsCodec(architecture), [pipelines[ContentKind.matches.rawValue]])
        }
        guard let trial, ![.constant, .incompressible, .matches].contains(kind) else { return pipeline }
        let layout = kind == .elements || kind == .elementMatches ? try sample.elementLayout() : nil
        return try trial.best(of: chunk, besides: pipeline, layout: layout, scratch: scratch)
    }
}
