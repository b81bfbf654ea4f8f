// Measured on source code, programs, a root file system, databases, JSON, logs and text, beside zstd's levels of the same numbers:
// `Benchmarks/end-to-end --only lz`. Blocks grow with the level, for a match finder that looks further needs more to look at.
//
// At levels 6 to 9 they also grow within an archive, from 4 MiB, so that an input of 8 to 30 MB has blocks for two workers. That makes ten
// files of 8 to 76 MB 0.7 and 0.8 % larger at levels 6 and 7, 1.3 % at level 9. From level 10 on size comes first: at level
// 12 it would be 1.4 %, and two of the ten would become larger than zstd makes them by more than 2 %.
//
// Levels 0 to 5 and 7 hash 6 to 8 bytes, and have no match of 4 even where a distance repeats: fewer sequences are what makes a file quick
// to read. What that misses, a larger table finds. Beside hashes of 5 and 6 bytes, matches of 4 and half or a quarter of the table, on
// fourteen files, with the time to write and to read as one: level 1 has 0.992 of the size, 1.15 and 1.09 of the speeds; level 2 1.012, 1.04 and
// 1.07; level 4 0.977, 0.99 and 1.05; level 5 0.997, 1.00 and 1.05; level 7 0.996, 1.02 and 1.01. Level 3 has no larger table: 1.014, 1.12
// and 1.04. Blocks of 256 KiB and less, which fill no table, have rows of their own: ``LZRow/forSmallBlocks``.
//
// Levels 8 and 16 divide their chunks for the sake of speed when they are read: 0.98 of `zstd -12`'s and 0.996 of `zstd -19`'s size on
// fourteen files, where blocks of 4 MiB throughout would have more than 1.1 of the latter. Level 16 parses as level 17 does.

internal import Codecs

extension LevelTable {
    static let rows: [LevelRow] = [
        fastest,
        row(2, .fast(tableLogarithm: 16, bytes: 8, shortest: 6), tree: .fastEntropyCodes, segmenting: .bySize),
        row(2, .fast(tableLogarithm: 17, bytes: 7, shortest: 6), tree: .fastEntropyCodes, segmenting: .bySize),
        row(4, .double(tableLogarithm: 17, bytes: 6, shortest: 6)),
        row(4, .lazy(tableLogarithm: 18, bytes: 6, depth: 8, steps: 0, enough: 32, shortest: 5)),
        row(4, .lazy(tableLogarithm: 19, bytes: 6, depth: 8, steps: 1, enough: 32, shortest: 6)),
        row(8, from: 4, .lazy(tableLogarithm: 19, bytes: 5, depth: 16, steps: 1, enough: 64)),
        row(8, from: 4, .lazy(tableLogarithm: 20, bytes: 6, depth: 16, steps: 2, enough: 64, shortest: 5)),
        row(16, from: 4, partsOf: 4, .lazy(tableLogarithm: 20, bytes: 5, depth: 16, steps: 2, enough: 64)),
        row(16, from: 4, .lazy(tableLogarithm: 21, bytes: 5, depth: 16, steps: 2, enough: 96, shortest: 3)),
        trying(16, .lazy(tableLogarithm: 21, bytes: 5, depth: 16, steps: 2, enough: 192, longLogarithm: 20, shortest: 3)),
        trying(16, .lazy(tableLogarithm: 21, bytes: 5, depth: 16, steps: 2, enough: 192, longLogarithm: 21, shortest: 3)),
        trying(16, .lazy(tableLogarithm: 21, bytes: 4, depth: 16, steps: 2, enough: 192, longLogarithm: 21, shortest: 3)),
        trying(16, .optimal(tableLogarithm: 20, depth: 4, enough: 128)),
        trying(16, .optimal(tableLogarithm: 20, depth: 6, enough: 128)),
        trying(16, .optimal(tableLogarithm: 20, depth: 8, enough: 128)),
        trying(32, partsOf: 4, .optimal(tableLogarithm: 20, depth: 20, enough: 160)),
        trying(32, .optimal(tableLogarithm: 20, depth: 20, enough: 160)),
        trying(32, .optimal(tableLogarithm: 20, depth: 40, enough: 192)),
        trying(32, .optimal(tableLogarithm: 20, depth: 64, enough: 256)),
    ]

    /// Level 0: no larger than `lz4 -1`, about as fast to write and faster to read.
    ///
    /// It has bytes to spare for that: with every position looked up and every stream coded, level 1 has two thirds of LZ4's. One position
    /// in four is looked up, and no match is shorter than what the hash covers: that makes fewer sequences, which is what reading costs.
    /// Huffman codes are kept where they save most, for literals, tokens and distances; those of the lengths save 3 % and cost 2 to 5 % of
    /// the reading. Calls in code stay as they are, for a quarter of the time to read it.
    private static let fastest = LevelRow(
        segmenter: chunks(2), settings: .init(lz: .fast(tableLogarithm: 15, bytes: 8, shortest: 8, acceleration: 4), segmenting: .bySize),
        tree: .fastEntropyCodes, trial: nil, matches: "lz(huffman,huffman,huffman,huffman,stored,stored,stored)", convertsCalls: false)

    /// Levels up to 9: blocks of so many mebibytes, growing from `first`, and what the tree says.
    private static func row(
        _ mebibytes: Int, from first: Int? = nil, partsOf part: Int? = nil, _ lz: LZRow, tree: DecisionTree = .entropyCodes,
        segmenting: HuffmanCodec.Segmenting = .byContent
    ) -> LevelRow {
        LevelRow(
            segmenter: chunks(mebibytes, from: first), divider: part.map { Divider(partSize: $0 << 20) },
            settings: .init(lz: lz, segmenting: segmenting), tree: tree, trial: nil)
    }

    /// Levels from 10: where it is not plain that matches are best, candidates are tried on a sample.
    /// - Parameter part: of how many mebibytes a block is that is not divided.
    private static func trying(_ mebibytes: Int, partsOf part: Int? = nil, _ lz: LZRow) -> LevelRow {
        LevelRow(
            segmenter: chunks(mebibytes), divider: part.map { Divider(partSize: $0 << 20) }, settings: .init(lz: lz), tree: .entropyCodes,
            trial: .init(
                sampleSize: 512 << 10, candidates: ["huffman", "runlength", "runlength(lz,huffman)", "lz"],
                elementLeaves: ["huffman", "lz"]))
    }

    private static func chunks(_ mebibytes: Int, from first: Int? = nil) -> Segmenter {
        Segmenter(firstChunkSize: (first ?? mebibytes) << 20, chunkSize: mebibytes << 20)
    }
}
