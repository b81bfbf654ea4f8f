package import Codecs

/// How hard the codecs that can be told so work. On no wire: decoders need none of it.
package struct EncoderSettings: Sendable {
    /// zlib's level, 1...9.
    package var deflateLevel: Int
    /// liblz4's acceleration of the fast encoder, from 1; more is faster and larger.
    package var lz4Acceleration: Int
    /// liblz4's level of the high-compression encoder, 3...12.
    package var lz4hcLevel: Int

    package var lz: LZRow
    /// Where the segments of `huffman-fit` end.
    package var segmenting: HuffmanCodec.Segmenting

    package init(
        deflateLevel: Int = 9, lz4Acceleration: Int = 1, lz4hcLevel: Int = 12, lz: LZRow, segmenting: HuffmanCodec.Segmenting = .byContent
    ) {
        self.deflateLevel = deflateLevel
        self.lz4Acceleration = lz4Acceleration
        self.lz4hcLevel = lz4hcLevel
        self.lz = lz
        self.segmenting = segmenting
    }

    /// The settings for a pipeline that the user forces at `level` (0...19): the level is each library's own number,
    /// as near as that library has one, so that `--pipeline=deflate -6` is what zlib's users call level 6.
    package init(forcedAtLevel level: Int, findsLongMatches: Bool = false) {
        self.init(
            deflateLevel: min(max(level, 1), 9), lz4Acceleration: 1, lz4hcLevel: min(max(level, 3), 12),
            lz: LevelTable.row(level).settings.lz.findingLongMatches(findsLongMatches),
            segmenting: LevelTable.row(level).settings.segmenting)
    }
}
