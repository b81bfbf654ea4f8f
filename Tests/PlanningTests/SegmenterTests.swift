import Planning
import TestSupport
import Testing

@Suite struct SegmenterTests {
    /// First and largest sizes, in chunks of 4 KiB.
    static let growths = [(1, 1), (1, 2), (1, 4), (3, 48), (2, 16), (1, 1 << 17)]

    private static func segmenter(_ growth: (first: Int, largest: Int)) -> Segmenter {
        Segmenter(firstChunkSize: growth.first * 4096, chunkSize: growth.largest * 4096)
    }

    /// Sizes around the first cuts, and any.
    private static func totals(_ segmenter: Segmenter, _ random: inout SplitMix64) -> [UInt64] {
        let sizes = (0..<40).map { UInt64(segmenter.size(ofChunk: $0)) }
        let cuts = sizes.indices.map { sizes[..<$0].reduce(0, +) }
        let any = (0..<100).map { _ in UInt64.random(in: 0...cuts[30], using: &random) }
        return cuts.flatMap { [$0 &- min($0, 1), $0, $0 + 1] } + any
    }

    @Test(arguments: growths)
    func chunksTileTheInput(first: Int, largest: Int) {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let segmenter = Self.segmenter((first, largest))
        for total in Self.totals(segmenter, &random) {
            var end: UInt64 = 0
            for ordinal in 0..<segmenter.chunkCount(of: total) {
                let range = segmenter.range(ofChunk: ordinal, of: total)
                #expect(range.lowerBound == end && !range.isEmpty, "chunk \(ordinal) of \(total), seed \(random.seed)")
                #expect(range.count == segmenter.size(ofChunk: ordinal) || range.upperBound == total, "of \(total), seed \(random.seed)")
                end = range.upperBound
            }
            #expect(end == total, "seed \(random.seed)")
        }
    }

    @Test(arguments: growths)
    func eachIsAsLongAsAllBeforeItUpToTheLargest(first: Int, largest: Int) {
        let segmenter = Self.segmenter((first, largest))
        var sum = 0
        for ordinal: UInt64 in 0..<30 {
            #expect(segmenter.size(ofChunk: ordinal) == min(max(sum, first * 4096), largest * 4096))
            sum += segmenter.size(ofChunk: ordinal)
        }
    }

    /// What a pipe relies on: an input's end changes no cut before it.
    @Test(arguments: growths)
    func cutsDoNotDependOnTheInputsSize(first: Int, largest: Int) {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let segmenter = Self.segmenter((first, largest))
        for total in Self.totals(segmenter, &random) where total > 0 {
            let count = segmenter.chunkCount(of: total)
            for ordinal in 0..<count {
                let range = segmenter.range(ofChunk: ordinal, of: total)
                #expect(range == segmenter.range(ofChunk: ordinal, of: 1 << 60).clamped(to: 0..<total), "of \(total), seed \(random.seed)")
            }
        }
    }

    /// In mebibytes.
    @Test(arguments: [(0, [2, 2, 2]), (3, [4, 4, 4]), (6, [4, 4, 8, 8]), (9, [4, 4, 8, 16, 16]), (15, [16, 16]), (16, [32, 32])])
    func levelsGrow(level: Int, sizes: [Int]) {
        let segmenter = LevelTable.row(level).segmenter
        #expect(sizes.indices.map { segmenter.size(ofChunk: UInt64($0)) >> 20 } == sizes)
    }

    @Test(arguments: [64 << 20, 4096])
    func sizesNearTheTopDoNotOverflow(first: Int) {
        let segmenter = Segmenter(firstChunkSize: first, chunkSize: 64 << 20)
        let count = segmenter.chunkCount(of: .max)
        #expect(segmenter.range(ofChunk: count - 1, of: .max).upperBound == .max)
    }
}
