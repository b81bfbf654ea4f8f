import Codecs
import Planning
import TestSupport
import Testing

@Suite struct DividerTests {
    static let part = 64 << 10
    static let divider = Divider(partSize: part)

    private func blocks(_ chunk: [UInt8], _ divider: Divider = divider) throws -> [Range<Int>] {
        let buffer = GuardedBuffer(chunk)
        return try withExtendedLifetime(buffer) { try divider.blocks(of: buffer.readOnly, scratch: ScratchArena(fenced: true)) }
    }

    /// In parts.
    private func halvings(_ chunk: [UInt8]) throws -> [Int] {
        try blocks(chunk).map { range in
            #expect(range.count % Self.part == 0)
            return range.count / Self.part
        }
    }

    private func noise(_ parts: Int, seed: UInt64) -> [UInt8] { SampleInput.random.bytes(parts * Self.part, seed: seed) }

    @Test(arguments: [SampleInput.random, .floats, .skewed, .table])
    func whatHasNoFarRepeatsIsDivided(_ kind: SampleInput) throws {
        #expect(try halvings(kind.bytes(8 * Self.part)) == [1, 1, 1, 1, 1, 1, 1, 1])
    }

    /// They repeat as much in one part as in all.
    @Test(arguments: [1, 3, 1000])
    func nearRepeatsHoldNothingTogether(_ period: Int) throws {
        let once = SampleInput.random.bytes(period)
        #expect(try halvings((0..<4 * Self.part).map { once[$0 % period] }) == [1, 1, 1, 1])
    }

    @Test func versionsOfOneThingStayTogether() throws {
        let first = noise(4, seed: 1)
        #expect(try halvings(first + first) == [8])
        // A tenth of each is new.
        var second = first
        for start in stride(from: 0, to: second.count - 1000, by: 10_000) {
            second.replaceSubrange(start..<start + 1000, with: SampleInput.random.bytes(1000, seed: UInt64(start)))
        }
        #expect(try halvings(first + second) == [8])
    }

    @Test func onlyWhatBelongsTogetherStaysTogether() throws {
        let twice = noise(1, seed: 1)
        #expect(try halvings(twice + twice + noise(2, seed: 2)) == [2, 1, 1])
        #expect(try halvings(noise(2, seed: 2) + twice + twice) == [1, 1, 2])
        #expect(try halvings(twice + noise(2, seed: 2) + twice) == [4])
        #expect(try halvings(noise(4, seed: 2) + twice + noise(2, seed: 3) + twice) == [1, 1, 1, 1, 4])
    }

    /// Half and twice what a cut may lose: 1/96 of two parts, 1/24 of eight.
    @Test(arguments: [(2, 192, true), (2, 48, false), (8, 48, true), (8, 12, false)])
    func aCutMayLoseMoreOfMore(parts: Int, share: Int, isCut: Bool) throws {
        var chunk = noise(parts, seed: 1)
        let (middle, length) = (chunk.count / 2, chunk.count / share)
        chunk.replaceSubrange(middle + 5000..<middle + 5000 + length, with: chunk[1000..<1000 + length])
        #expect(try halvings(chunk) == Array(repeating: isCut ? 1 : parts, count: isCut ? parts : 1))
    }

    @Test func sizesAroundThePartsTile() throws {
        for size in [1, 4096, 4097, Self.part - 1, Self.part, Self.part + 1, 2 * Self.part - 1, 2 * Self.part + 1, 5 * Self.part + 77] {
            for divider in [Divider(partSize: 4096), Self.divider] {
                let ranges = try blocks(SampleInput.random.bytes(size), divider)
                #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == size)
                for (range, next) in zip(ranges, ranges.dropFirst()) {
                    #expect(range.upperBound == next.lowerBound && next.lowerBound % 4096 == 0, "\(size) bytes, \(divider)")
                }
                #expect(ranges.allSatisfy { !$0.isEmpty && $0.count <= divider.partSize }, "\(size) bytes, \(divider)")
                #expect((ranges.count == 1) == (size <= divider.partSize), "\(size) bytes, \(divider)")
            }
        }
        #expect(try blocks([]) == [0..<0])
    }

    @Test func scratchIsLeftAsItWas() throws {
        let scratch = ScratchArena()
        let first = try scratch.allocate(100)
        let buffer = GuardedBuffer(noise(4, seed: 1))
        _ = try withExtendedLifetime(buffer) { try Self.divider.blocks(of: buffer.readOnly, scratch: scratch) }
        let second = try scratch.allocate(100)
        // Nothing lies between them but slack.
        #expect(second.baseAddress! - first.baseAddress! < 512)
    }
}
