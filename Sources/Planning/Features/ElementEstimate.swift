internal import Codecs

/// The layout that makes a sample smallest under order-0 codes, and what it makes of it.
struct ElementEstimate {
    let layout: ElementLayout
    /// Coded to raw bytes.
    let ratio: Double

    /// A wider element must save so much more of the raw bytes than a narrower one. Planes of twice the width hold the same kinds of bytes
    /// twice; what a sample shows less than this is chance, and the wrong width for what is looked at next.
    private static let leastWidthGain = 0.005
    /// What a layout must save more than plain planes of its width.
    private static let leastGain = 0.001

    /// Finds the width by plain planes first, then looks at what else elements of that width can be: mostly 6 splits of the sample instead
    /// of 12.
    init(_ bytes: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) {
        var best = Self(layout: .planes2, ratio: .infinity)
        for layout in ElementLayout.plain { try best.improve(by: layout, atLeast: Self.leastWidthGain, bytes, scratch) }
        for layout in ElementLayout.refinements(of: best.layout) { try best.improve(by: layout, atLeast: Self.leastGain, bytes, scratch) }
        // Zeros are alike at every width, so that plain planes may have told too narrow a one.
        if let narrow = ElementLayout.sparse.firstIndex(of: best.layout) {
            for layout in ElementLayout.sparse[(narrow + 1)...] { try best.improve(by: layout, atLeast: Self.leastGain, bytes, scratch) }
        }
        self = best
    }

    private init(layout: ElementLayout, ratio: Double) {
        self.layout = layout
        self.ratio = ratio
    }

    private mutating func improve(
        by layout: ElementLayout, atLeast gain: Double, _ bytes: UnsafeRawBufferPointer, _ scratch: ScratchArena
    ) throws(CodecError) {
        let ratio = try order0Bits(of: ElementPipelines.order0[layout], bytes, scratch: scratch) / Double(8 * bytes.count)
        if ratio < self.ratio - gain { self = Self(layout: layout, ratio: ratio) }
    }
}

/// The bits that ideal order-0 codes need for `bytes` once the branches of `pipeline` have split them; its leaves count as such codes.
private func order0Bits(of pipeline: Pipeline, _ bytes: UnsafeRawBufferPointer, scratch: ScratchArena) throws(CodecError) -> Double {
    guard !bytes.isEmpty else { return 0 }
    let mark = scratch.mark
    defer { scratch.release(to: mark) }
    guard case .branch(let branch) = pipeline.root else {
        return try order0Distribution(bytes, scratch: scratch).expectedEntropy * Double(bytes.count)
    }
    guard let streams = try branch.split(bytes, scratch: scratch) else {
        return try order0Bits(of: pipeline.children[0], bytes, scratch: scratch)
    }
    var bits = 0.0
    for (stream, child) in zip(streams, pipeline.children) { bits += try order0Bits(of: child, stream, scratch: scratch) }
    return bits
}
