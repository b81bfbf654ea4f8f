/// Finding runs: 16 or more equal bytes, as many as follow each other.
package enum RunScan {
    /// The shortest run, part of the run-length codec's wire format. Measured over the corpus, streams counted at their order-0 entropy,
    /// in hundredths of the raw size: 8 saves up to 2.0 more than 16 does, 32 up to 1.1 less. But a run under 15 need not cover a word of
    /// those that the scan looks at, and short runs cost more time than they save.
    package static let minimum = 16

    /// Entries that a list of up to `capacity` runs needs. One block of words may end 32 runs more, and the rest begins one too short to
    /// count; behind them the kernels keep their masks.
    package static func listCount(capacity: Int) -> Int { masksPlace(capacity) &+ 2 &* RunWords.stretch }

    /// Where in the list masks of 64 bits may be kept, ``RunWords/stretch`` of them.
    package static func masksPlace(_ capacity: Int) -> Int { 2 &* (capacity &+ 2 &* RunWords.blockSize / minimum) }

    /// Writes where the runs between `start` and `end` start and end, from the first on: for each its first byte's offset from `bytes` and
    /// the offset behind its last byte.
    ///
    /// Stops when it has found `capacity` of them or a few more. Then the caller goes on from where the last one ends.
    ///
    /// Preconditions: `0 <= start <= end < 2^32`, `bytes` readable from `start` to `end`, `capacity >= 1`, `list` holds
    /// ``listCount(capacity:)`` entries. Reads nothing outside; bytes before `start` and from `end` on belong to no run.
    /// - Returns: how many runs it wrote. Fewer than `capacity`: there are no more.
    package typealias Find =
        @Sendable (
            _ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, _ list: UnsafeMutablePointer<UInt32>, _ capacity: Int
        ) -> Int

    /// See ``Find``.
    @Sendable
    package static func find(
        _ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, _ list: UnsafeMutablePointer<UInt32>, _ capacity: Int
    ) -> Int {
        var words = RunWords(bytes, start, end, list)
        let masks = UnsafeMutableRawPointer(list + masksPlace(capacity))
        while words.blocks > 0 {
            let (at, blocks) = (words.at, words.blocks)
            var block = 0
            while block < blocks {
                masks.storeBytes(of: equalWords(bytes + at + 512 &* block), toByteOffset: 8 &* block, as: UInt64.self)
                block &+= 1
            }
            if words.take(masks, blocks, capacity) { return words.count }
        }
        return words.finish()
    }

    /// Bit k: the bytes 8 k to 8 k + 8 are equal.
    @inline(__always)
    private static func equalWords(_ block: UnsafeRawPointer) -> UInt64 {
        var bits: UInt64 = 0
        var at = RunWords.blockSize
        while at > 0 {
            at &-= 64
            let words = block + at
            let low = differs(words, 0) | differs(words, 8) &<< 1 | differs(words, 16) &<< 2 | differs(words, 24) &<< 3
            let high = differs(words, 32) | differs(words, 40) &<< 1 | differs(words, 48) &<< 2 | differs(words, 56) &<< 3
            bits = bits &<< 8 | low | high &<< 4
        }
        return ~bits
    }

    /// 1 unless all bytes from `offset` on, a word and one more, are equal. Of a plain comparison the compiler makes a branch.
    @inline(__always)
    private static func differs(_ words: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        let here = words.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        let difference = here ^ words.loadUnaligned(fromByteOffset: offset &+ 1, as: UInt64.self)
        return (difference | (0 &- difference)) &>> 63
    }
}
