internal import Codecs

// A name for each variant: the codec's, the bytes of an element, and a letter for what else its parameters say.
extension PipelineCatalog {
    static let planes = [ElementWidth.two, .four, .eight].flatMap { width in
        [false, true].map { isRotated in
            let good =
                isRotated ? "the same, sign moved to the end: \(weights[width] ?? "floating point")" : "integers, images, sound, structures"
            return PipelineEntry(
                PlanesCodec(width: width, isRotated: isRotated),
                isRotated ? good : "elements of \(width.rawValue) bytes by byte position: \(good)", streams: ["huffman"])
        }
    }

    private static let weights: [ElementWidth: String] = [.two: "BF16 and FP16", .four: "FP32", .eight: "FP64"]

    static let deltas = ElementWidth.allCases.flatMap { width in
        let usual = width == .one ? "huffman" : "planes\(width.rawValue)"
        let element = width == .one ? "byte" : "element of \(width.rawValue) bytes"
        return [
            PipelineEntry(
                DeltaCodec(width: width, filter: .difference), "each \(element) less the one before: sound, images, counters",
                streams: [usual]),
            PipelineEntry(
                DeltaCodec(width: width, filter: .zigzag), "the same, its sign moved to the lowest bit", streams: [usual]),
            PipelineEntry(
                DeltaCodec(width: width, filter: .xor), "each \(element) xor the one before: slow floating-point series", streams: [usual]),
        ]
    }

    static let sparse = ElementWidth.allCases.map { width in
        PipelineEntry(
            SparseCodec(width: width),
            "zeros of \(width.rawValue) byte\(width == .one ? "" : "s") taken out; values and bitmap: pruned weights",
            streams: [width == .one ? "huffman" : "planes\(width.rawValue)r", "huffman"])
    }

    static let calls = [
        PipelineEntry(CallsCodec(.x86), "calls of x86-64 code by their targets, before matches: executables", streams: ["lz"]),
        PipelineEntry(CallsCodec(.arm64), "the same for 64-bit Arm", streams: ["lz"]),
    ]
}

extension PipelineEntry {
    fileprivate init(_ codec: some BranchCodec, _ summary: String, streams: [String]) {
        self.init(name: codec.label, summary: summary, recipe: .branch({ _ in codec }, streams: streams))
    }
}
