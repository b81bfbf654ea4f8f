internal import Codecs

/// Encodes a sample with several pipelines and takes the one that makes it smallest. For levels where time is there.
struct PipelineTrial: Sendable {
    private let sampleSize: Int
    private let candidates: [Pipeline]
    /// Candidates for chunks that the tree takes for numbers of one width. Of others a trial's sample may mislead: executables, whose
    /// parts differ, came out 5 % larger with them.
    private let elementCandidates: [ElementPipelines]

    /// The size of the sample's pieces: twice the window of DEFLATE, so that most matches find their source.
    private static let pieceSize = 64 << 10

    /// - Parameters:
    ///   - sampleSize: How many bytes of a chunk are tried.
    ///   - candidates: Pipeline expressions; those with a codec that this build lacks are left out.
    ///   - elementLeaves: Names of leaves for the planes of numbers.
    init(sampleSize: Int, candidates: [String], elementLeaves: [String], settings: EncoderSettings) {
        self.sampleSize = sampleSize
        self.candidates = candidates.compactMap { try? PipelineChoice(parsing: $0).pipeline(settings) }
        elementCandidates = elementLeaves.filter { PipelineCatalog.entry(named: $0) != nil }.map { ElementPipelines(leaf: $0, settings) }
    }

    /// The best for `chunk` of the candidates, those for elements in `layout` among them, and of `first`, which wins ties.
    func best(
        of chunk: UnsafeRawBufferPointer, besides first: Pipeline, layout: ElementLayout?, scratch: ScratchArena
    ) throws(CodecError) -> Pipeline {
        let mark = scratch.mark
        defer { scratch.release(to: mark) }
        let pieces = max(2, sampleSize / Self.pieceSize)
        let sample = try sampled(chunk, pieceCount: pieces, pieceSize: Self.pieceSize, scratch: scratch)
        let output = try scratch.allocate(sample.count)
        var best = first
        var bestCount = try first.encode(sample, into: output, scratch: scratch).payload.count
        for candidate in candidates + (layout.map { layout in elementCandidates.map { $0[layout] } } ?? []) {
            let count = try candidate.encode(sample, into: output, scratch: scratch).payload.count
            if count < bestCount {
                best = candidate
                bestCount = count
            }
        }
        return best
    }
}
