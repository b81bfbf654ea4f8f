extension LevelTable {
    static let rows: [LevelRow] =
        [
            row("lz4", .init(deflateLevel: 1, lz4Acceleration: 1, lz4hcLevel: 3), tree: .storesAll),
            row("lz4", .init(deflateLevel: 1, lz4Acceleration: 4, lz4hcLevel: 3), tree: .matchCodes),
            row("lz4", .init(deflateLevel: 1, lz4Acceleration: 1, lz4hcLevel: 3), tree: .matchCodes),
            row("deflate", repetitive: "lz4hc", .init(deflateLevel: 1, lz4Acceleration: 1, lz4hcLevel: 3), tree: .fastEntropyCodes),
            row("deflate", .init(deflateLevel: 4, lz4Acceleration: 1, lz4hcLevel: 4), tree: .entropyCodes),
            row("deflate", .init(deflateLevel: 5, lz4Acceleration: 1, lz4hcLevel: 5), tree: .entropyCodes),
            row("deflate", .init(deflateLevel: 6, lz4Acceleration: 1, lz4hcLevel: 6), tree: .entropyCodes),
            row("deflate", .init(deflateLevel: 7, lz4Acceleration: 1, lz4hcLevel: 9), tree: .entropyCodes),
            row("deflate", .init(deflateLevel: 8, lz4Acceleration: 1, lz4hcLevel: 9), tree: .entropyCodes),
            row("deflate", .init(deflateLevel: 9, lz4Acceleration: 1, lz4hcLevel: 9), tree: .entropyCodes),
        ]
        + (10...12).map { _ in trying(blockSize: 2 << 20, sampleSize: 128 << 10) }
        + (13...15).map { _ in trying(blockSize: 4 << 20, sampleSize: 512 << 10) }
        + (16...19).map { _ in trying(blockSize: 4 << 20, sampleSize: 4 << 20) }

    /// Levels 1 to 9: one match finder, blocks of 1 MiB.
    private static func row(
        _ matches: String, repetitive: String? = nil, _ settings: EncoderSettings, tree: DecisionTree
    ) -> LevelRow {
        LevelRow(
            blockSize: 1 << 20, settings: settings, matches: matches, repetitive: repetitive ?? matches, tree: tree, trial: nil)
    }

    /// Levels from 10: the strongest settings, and every candidate tried on a larger and larger sample.
    private static func trying(blockSize: Int, sampleSize: Int) -> LevelRow {
        LevelRow(
            blockSize: blockSize, settings: .init(deflateLevel: 9, lz4Acceleration: 1, lz4hcLevel: 12), matches: "deflate",
            repetitive: "deflate", tree: .entropyCodes,
            trial: .init(
                sampleSize: sampleSize,
                candidates: ["huffman", "runlength", "runlength(deflate,huffman)", "runlength(lz4hc,huffman)", "deflate", "lz4hc"],
                elementLeaves: ["huffman", "deflate"]))
    }
}
