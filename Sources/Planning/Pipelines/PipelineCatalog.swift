internal import Codecs

/// One name that a pipeline expression can use.
package struct PipelineEntry: Sendable {
    package let name: String
    /// What it is good for, for `bale pipelines`.
    package let summary: String
    let recipe: Recipe

    enum Recipe: Sendable {
        case leaf(@Sendable (EncoderSettings) -> any LeafCodec)
        /// A codec with streams, and the expressions for them when the user names none: one for each, or one for all.
        case branch(@Sendable (EncoderSettings) -> any BranchCodec, streams: [String])
    }
}

/// The names that `--pipeline` and the level table know.
package enum PipelineCatalog {
    package static let entries: [PipelineEntry] = {
        var entries = [
            PipelineEntry(name: "stored", summary: "the bytes as they are, with hashes", recipe: .leaf { _ in StoredCodec() }),
            PipelineEntry(name: "constant", summary: "one byte for a block of equal bytes", recipe: .leaf { _ in ConstantCodec() }),
            PipelineEntry(
                name: "runlength", summary: "long runs of equal bytes taken out; literals and runs each get a pipeline",
                recipe: .branch({ _ in RunLengthCodec() }, streams: ["huffman", "huffman"])),
            PipelineEntry(
                name: "huffman", summary: "frequent bytes in few bits, no matches: numbers, weights, images",
                recipe: .leaf { _ in HuffmanCodec() }),
            PipelineEntry(
                name: "huffman-fit", summary: "the same, with new codes where the bytes change: smaller, slower to compress",
                recipe: .leaf { HuffmanCodec($0.segmenting) }),
            PipelineEntry(
                name: "lz", summary: "matches, with a pipeline for each kind of value in them: archives, text, programs",
                recipe: .branch(
                    { LZCodec($0.lz.settings, parser: $0.lz.parser) },
                    streams: ["huffman-fit", "huffman-fit", "huffman-fit", "huffman-fit", "stored", "huffman-fit", "huffman-fit"])),
        ]
        entries += planes + deltas + sparse + calls
        #if Zlib
            entries.append(
                PipelineEntry(
                    name: "deflate", summary: "matches and Huffman codes, by zlib; levels 1 to 9",
                    recipe: .leaf { DeflateCodec(level: $0.deflateLevel) }))
        #endif
        #if LZ4
            entries.append(
                PipelineEntry(
                    name: "lz4", summary: "matches only, the fastest for archives and text",
                    recipe: .leaf { LZ4Codec(.fast(acceleration: $0.lz4Acceleration)) }))
            entries.append(
                PipelineEntry(
                    name: "lz4hc", summary: "as lz4 with a longer search, levels 3 to 12; decodes as fast",
                    recipe: .leaf { LZ4Codec(.high(level: $0.lz4hcLevel)) }))
        #endif
        return entries
    }()

    /// The entry of this name, or nil when this build has none.
    package static func entry(named name: String) -> PipelineEntry? { entries.first { $0.name == name } }
}
