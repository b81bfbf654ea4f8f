// Thresholds were chosen on 12 chunks of 1 MiB from each of 39 real files (468 chunks, 14 kinds of content), every file
// counting the same. "Loss" is the mean size of what the tree chooses over that of the best candidate of each chunk.

extension DecisionTree {
    /// Level 0: whatever it is, it is stored.
    static let storesAll = DecisionTree([.leaf(.incompressible)])

    /// For match finders without entropy coding (lz4), with which Huffman codes compete. Loss 0.4 %.
    ///
    /// The sample finds fewer matches than the whole chunk: what LZ4 makes of it is too large by up to 0.09, which is why
    /// Huffman codes must win by 0.07 there (0.04 to 0.08 differ by 0.1 %). Runs from a share of 0.2: at 0.1 the loss is the
    /// same, but two unlucky pieces of a sample then suffice for a chunk that has hardly any runs.
    static let matchCodes = DecisionTree([
        .test(.constancy, lessThan: 1, below: 1, otherwise: 6),
        .test(.matchRatio, lessThan: 0.98, below: 2, otherwise: 3),
        .test(.runShare, lessThan: 0.2, below: 4, otherwise: 5),
        .test(.entropy, lessThan: flatEntropy, below: 8, otherwise: 7),
        .test(.matchExcess, lessThan: 0.07, below: 9, otherwise: 8),
        .test(.matchExcess, lessThan: 0, below: 10, otherwise: 11),
        .leaf(.constant),
        .leaf(.incompressible),
        .leaf(.skewed),
        .leaf(.matches),
        .leaf(.runs),
        .leaf(.skewedRuns),
    ])

    /// For match finders with Huffman codes behind them (deflate): Huffman alone wins only where LZ4 finds next to nothing,
    /// and by a wide margin in genomes. Loss 0.3 %.
    static let entropyCodes = DecisionTree([
        .test(.constancy, lessThan: 1, below: 1, otherwise: 5),
        .test(.matchRatio, lessThan: 0.98, below: 2, otherwise: 3),
        .test(.matchExcess, lessThan: 0.3, below: 4, otherwise: 7),
        .test(.entropy, lessThan: flatEntropy, below: 7, otherwise: 6),
        .test(.runShare, lessThan: 0.2, below: 8, otherwise: 9),
        .leaf(.constant),
        .leaf(.incompressible),
        .leaf(.skewed),
        .leaf(.matches),
        .leaf(.runs),
    ])

    /// For the fastest deflate, where time counts more than in ``entropyCodes``. Huffman codes, ten times as fast and more,
    /// are taken where matches save little: speech (3 % larger), half-pruned weights (1 %). lz4hc is taken for text that
    /// repeats so much that it is no larger with it, and decodes several times as fast. Loss 0.5 % to the best of Huffman and
    /// deflate, 1.3 % to the best of these and lz4hc.
    static let fastEntropyCodes = DecisionTree([
        .test(.constancy, lessThan: 1, below: 1, otherwise: 9),
        .test(.matchRatio, lessThan: 0.85, below: 2, otherwise: 3),
        .test(.matchRatio, lessThan: 0.6, below: 4, otherwise: 5),
        .test(.entropy, lessThan: flatEntropy, below: 11, otherwise: 10),
        .test(.matchExcess, lessThan: 0.3, below: 6, otherwise: 11),
        .test(.matchExcess, lessThan: 0.08, below: 6, otherwise: 11),
        .test(.runShare, lessThan: 0.2, below: 7, otherwise: 13),
        .test(.matchRatio, lessThan: 0.4, below: 8, otherwise: 12),
        .test(.matchExcess, lessThan: -0.15, below: 14, otherwise: 12),
        .leaf(.constant),
        .leaf(.incompressible),
        .leaf(.skewed),
        .leaf(.matches),
        .leaf(.runs),
        .leaf(.repetitive),
    ])

    /// Bits a byte from which no order-0 code is worth its time. Samples of random and of compressed bytes measure 7.94 to
    /// 7.99, of the least compressible numbers 7.79; 7.9 leaves at most 1.3 % on the table.
    private static let flatEntropy = 7.9
}
