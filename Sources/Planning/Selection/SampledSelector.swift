package import Codecs

/// Chooses by a sample of the chunk and the level's decision tree.
package struct SampledSelector: Selector {
    private let tree: DecisionTree
    private let candidates: Candidates
    /// For blocks of `LZRow.smallBlockSize` and less, where those are something special.
    private let smallBlockCandidates: Candidates?
    /// For ``ContentKind/elements``.
    private let elements = ElementPipelines.order0
    private let convertsCalls: Bool
    private let findsLongMatches: Bool

    /// What a row offers.
    private struct Candidates: Sendable {
        /// By ``ContentKind``.
        let pipelines: [Pipeline]
        let trial: PipelineTrial?

        init(_ row: LevelRow) {
            pipelines = ContentKind.allCases.map { row.pipeline(for: $0) }
            trial = row.trial.map {
                PipelineTrial(
                    sampleSize: $0.sampleSize, candidates: $0.candidates, elementLeaves: $0.elementLeaves, settings: row.settings)
            }
        }

        func matchScratch(_ count: Int) -> Int { pipelines.map { $0.matchScratch(count) }.max() ?? 0 }
    }

    /// - Parameters:
    ///   - level: 0...19; others are clamped.
    ///   - findsLongMatches: Whether match finders look for long repeats in the whole block.
    package init(level: Int, findsLongMatches: Bool = false) {
        let row = LevelTable.row(level).findingLongMatches(findsLongMatches)
        tree = row.tree
        convertsCalls = row.convertsCalls
        self.findsLongMatches = findsLongMatches
        candidates = Candidates(row)
        smallBlockCandidates = row.forSmallBlocks.map(Candidates.init)
    }

    private func candidates(_ count: Int) -> Candidates {
        count <= LZRow.smallBlockSize ? smallBlockCandidates ?? candidates : candidates
    }

    /// Transforms above a match finder leave it a part of the block at most, or what they take for it is in every plan.
    package func matchScratch(_ count: Int) -> Int {
        // The last block can be small.
        max(candidates.matchScratch(count), smallBlockCandidates?.matchScratch(min(count, LZRow.smallBlockSize)) ?? 0)
    }

    package func choose(_ chunk: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Pipeline {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let candidates = candidates(chunk.count)
        var sample = try FeatureSample(chunk, scratch: scratch)
        var kind = try tree.decide(&sample)
        if findsLongMatches, try LongRepeats.outweigh(kind, in: chunk, scratch: scratch) { kind = .matches }
        let pipeline = kind == .elements ? elements[try sample.elementLayout()] : candidates.pipelines[kind.rawValue]
        // Programs have runs too, as padding, but less is gained by taking them out before a match finder.
        if convertsCalls, kind == .matches || kind == .runs, let architecture = try sample.callArchitecture() {
            return Pipeline(CallsCodec(architecture), [candidates.pipelines[ContentKind.matches.rawValue]])
        }
        guard let trial = candidates.trial, ![.constant, .incompressible, .matches].contains(kind) else { return pipeline }
        let layout = kind == .elements || kind == .elementMatches ? try sample.elementLayout() : nil
        return try trial.best(of: chunk, besides: pipeline, layout: layout, scratch: scratch)
    }
}
