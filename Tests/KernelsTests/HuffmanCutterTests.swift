import Kernels
import Testing

@Suite struct HuffmanCutterTests {
    /// The segments' sizes; every histogram is held against the bytes.
    private static func cut(_ bytes: [UInt8]) -> [Int] {
        let workspace = UnsafeMutableRawPointer.allocate(byteCount: HuffmanCutter.workspaceSize, alignment: 64)
        defer { workspace.deallocate() }
        workspace.initializeMemory(as: UInt8.self, repeating: 0x5A, count: HuffmanCutter.workspaceSize)
        var cutter = HuffmanCutter(workspace: workspace)
        bytes.withUnsafeBytes { cutter.cut($0.baseAddress!, count: $0.count) }
        var start = 0
        return (0..<cutter.segments).map { segment in
            let size = cutter.count(segment)
            var counts = Array(repeating: UInt32(0), count: 256)
            for byte in bytes[start..<start + size] { counts[Int(byte)] += 1 }
            #expect(Array(UnsafeBufferPointer(start: cutter.counts(segment), count: 256)) == counts)
            start += size
            return size
        }
    }

    /// Bytes that fall off geometrically from `first` on.
    private static func skewed(_ count: Int, first: UInt8, seed: UInt64) -> [UInt8] {
        var state = seed
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return first &+ UInt8(truncatingIfNeeded: (state >> 20).trailingZeroBitCount &* 3) &+ UInt8(state >> 62)
        }
    }

    @Test(arguments: [1, 2047, 2048, 2049, 4096, 70_000, HuffmanCutter.maximumSegment - 1, HuffmanCutter.maximumSegment])
    func coversAll(_ count: Int) {
        let half = count / 2
        let bytes = Self.skewed(half, first: 10, seed: 3) + Self.skewed(count - half, first: 100, seed: 4)
        let sizes = Self.cut(bytes)
        #expect(sizes.reduce(0, +) == count)
        #expect(sizes.dropLast().allSatisfy { $0 % HuffmanCutter.unit == 0 })
    }

    @Test func leavesWhatIsAlikeTogether() {
        #expect(Self.cut(Self.skewed(500_000, first: 30, seed: 5)) == [500_000])
        #expect(Self.cut(Array(repeating: 9, count: 400_000)) == [400_000])
        var state: UInt64 = 6
        let noise = (0..<300_000).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(state >> 56)
        }
        #expect(Self.cut(noise) == [300_000])
    }

    @Test(arguments: [20_480, 100 << 10, 302 << 10])
    func endsWhereBytesChange(_ place: Int) {
        let bytes = Self.skewed(place, first: 10, seed: 7) + Self.skewed(400_000 - place, first: 60, seed: 8)
        #expect(Self.cut(bytes) == [place, 400_000 - place])
    }
}
