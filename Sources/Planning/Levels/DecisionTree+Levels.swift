// Thresholds were chosen on 12 chunks of 1 MiB from each of 39 real files (468 chunks, 14 kinds of content), every file
// counting the same. "Loss" is the mean size of what the tree chooses over that of the best candidate of each chunk.

extension DecisionTree {
    /// For match finders with Huffman codes behind them (deflate): Huffman alone wins only where LZ4 finds next to nothing,
    /// and by a wide margin in genomes. Loss 0.3 %.
    static let entropyCodes = DecisionTree(elementsOr: [
        .test(.matchRatio, lessThan: 0.98, below: 1, otherwise: 2),
        .test(.matchExcess, lessThan: 0.3, below: 3, otherwise: 5),
        .test(.entropy, lessThan: flatEntropy, below: 5, otherwise: 4),
        .test(.runShare, lessThan: 0.2, below: 6, otherwise: 7),
        .leaf(.incompressible),
        .leaf(.skewed),
        .leaf(.matches),
        .leaf(.runs),
    ])

    /// For the fastest levels, where time counts more than in ``entropyCodes``. Huffman codes, several times as fast, are taken where
    /// matches save little: speech (3 % larger), half-pruned weights (1 %).
    static let fastEntropyCodes = DecisionTree(elementsOr: [
        .test(.matchRatio, lessThan: 0.85, below: 1, otherwise: 2),
        .test(.matchRatio, lessThan: 0.6, below: 3, otherwise: 4),
        .test(.entropy, lessThan: flatEntropy, below: 7, otherwise: 6),
        .test(.matchExcess, lessThan: 0.3, below: 5, otherwise: 7),
        .test(.matchExcess, lessThan: 0.08, below: 5, otherwise: 7),
        .test(.runShare, lessThan: 0.2, below: 8, otherwise: 9),
        .leaf(.incompressible),
        .leaf(.skewed),
        .leaf(.matches),
        .leaf(.runs),
    ])

    /// Asks first for equal bytes, then for numbers of one width, and leaves the rest to `others`.
    ///
    /// Where matches save less than a fifth, a layout has to beat Huffman codes, and matches by what deflate makes more of them than LZ4.
    /// Where they save more, position must mean a lot (pruned weights 2.4 to 3.7), and deflate gets far below the sample's match ratio,
    /// which counts neither its codes nor matches that are far away. Narrow elements must then be at most 0.7 of it: pruned weights
    /// are 0.3 to 0.63. In wide ones deflate finds more in each plane than in all of them: columns of a table file, relocations and
    /// tables of addresses become 0.5 to 0.9 of what they are without planes, up to 0.78 of the match ratio.
    private init(elementsOr others: [Node]) {
        let head = 13
        let moved = others.map { node in
            guard case .test(let feature, let threshold, let below, let otherwise) = node else { return node }
            return Node.test(feature, lessThan: threshold, below: below + head, otherwise: otherwise + head)
        }
        self.init(
            [
                .test(.constancy, lessThan: 1, below: 1, otherwise: 12),
                .test(.phaseContrast, lessThan: Self.leastContrast, below: head, otherwise: 2),
                .test(.matchRatio, lessThan: 0.8, below: 3, otherwise: 8),
                .test(.phaseContrast, lessThan: 1.5, below: head, otherwise: 4),
                .test(.elementWidth, lessThan: 8, below: 5, otherwise: 6),
                .test(.elementsToMatches, lessThan: 0.7, below: 10, otherwise: head),
                .test(.elementsToMatches, lessThan: 0.78, below: 7, otherwise: head),
                .test(.matchRatio, lessThan: 0.05, below: head, otherwise: 11),
                .test(.elementsToMatches, lessThan: 0.95, below: 9, otherwise: head),
                .test(.entropyOverElements, lessThan: 0.01, below: head, otherwise: 10),
                .leaf(.elements),
                .leaf(.elementMatches),
                .leaf(.constant),
            ] + moved)
    }

    /// The contrast from which layouts are looked at. Text and noise measure 0.99 to 1.01.
    private static let leastContrast = 1.05

    /// Bits a byte from which no order-0 code is worth its time. Samples of random and of compressed bytes measure 7.94 to
    /// 7.99, of the least compressible numbers 7.79; 7.9 leaves at most 1.3 % on the table.
    private static let flatEntropy = 7.9
}
