/// One step of an LZ parse: literals, then a copy of earlier bytes. The literals behind the last match belong to no sequence.
///
/// 12 bytes. All counts are of bytes; `distance` counts back from the match's first byte, so 1 repeats the byte before it.
package struct LZSequence: Equatable, Sendable {
    package var literalCount: UInt32
    package var matchCount: UInt32
    package var distance: UInt32

    @inline(__always)
    package init(literalCount: UInt32, matchCount: UInt32, distance: UInt32) {
        self.literalCount = literalCount
        self.matchCount = matchCount
        self.distance = distance
    }
}
