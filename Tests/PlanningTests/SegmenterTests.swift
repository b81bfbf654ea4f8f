import Planning
import Testing

@Suite struct SegmenterTests {
    @Test(arguments: [0, 1, 4095, 4096, 4097, 8192, 1_000_000] as [UInt64])
    func chunksTileTheInput(_ total: UInt64) {
        let segmenter = FixedSegmenter(chunkSize: 4096)
        var end: UInt64 = 0
        for ordinal in 0..<segmenter.chunkCount(of: total) {
            let range = segmenter.range(ofChunk: ordinal, of: total)
            #expect(range.lowerBound == end && !range.isEmpty)
            #expect(range.count == 4096 || range.upperBound == total)
            end = range.upperBound
        }
        #expect(end == total)
    }

    @Test func sizesNearTheTopDoNotOverflow() {
        let segmenter = FixedSegmenter(chunkSize: 64 << 20)
        let count = segmenter.chunkCount(of: .max)
        #expect(segmenter.range(ofChunk: count - 1, of: .max).upperBound == .max)
    }
}
