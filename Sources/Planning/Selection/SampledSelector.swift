package import Codecs

/// Chooses by a sample of the chunk and the level's decision tree.
package struct SampledSelector: Selector {
    private let tree: DecisionTree
    /// By ``ContentKind``.
    private let pipelines: [Pipeline]
    private let trial: PipelineTrial?

    /// - Parameter level: 0...19; others are clamped.
    package init(level: Int) {
        let row = LevelTable.row(level)
        tree = row.tree
        pipelines = ContentKind.allCases.map { row.pipeline(for: $0) }
        trial = row.trial.map { PipelineTrial(sampleSize: $0.sampleSize, candidates: $0.candidates, settings: row.settings) }
    }

    package func choose(_ chunk: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Pipeline {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        var sample = try FeatureSample(chunk, scratch: scratch)
        let kind = try tree.decide(&sample)
        if let trial, kind != .constant, kind != .incompressible {
            return try trial.best(of: chunk, besides: pipelines[kind.rawValue], scratch: scratch)
        }
        return pipelines[kind.rawValue]
    }
}
