import KernelDispatch
import Kernels
import TestSupport
import Testing

/// Bytes of a few kinds: noise, few values, one value.
private func sample(_ kind: Int, _ count: Int, _ random: inout SplitMix64) -> [UInt8] {
    (0..<count).map { _ in
        let number = random.next()
        switch kind {
        case 0: return UInt8(truncatingIfNeeded: number)
        case 1: return UInt8(truncatingIfNeeded: number.leadingZeroBitCount &* 31)
        default: return 255
        }
    }
}

private func naiveCounts(_ bytes: some Sequence<UInt8>) -> [UInt32] {
    var counts = Array(repeating: UInt32(0), count: 256)
    for byte in bytes { counts[Int(byte)] += 1 }
    return counts
}

@Suite("histogram")
struct HistogramTests {
    /// Tables full of noise, as a workspace is.
    private static func tables() -> [UInt32] { Array(repeating: 7, count: Histogram.workspaceSize / 4) }

    @Test("counts every length, at the end of a mapping")
    func everyLength() {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let memory = GuardedBytes(capacity: 8192)
        for count in lengthsAroundLanes {
            let bytes = sample(count % 3, count, &random)
            var tables = Self.tables()
            Histogram.count(memory.place(bytes), count: count, into: &tables)
            #expect(Array(tables[..<256]) == naiveCounts(bytes), "\(count) bytes, seed \(random.seed)")
        }
    }

    @Test("does not count what surrounds misaligned bytes")
    func misaligned() {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let bytes = sample(0, 600, &random)
        for start in 0..<70 {
            var tables = Self.tables()
            bytes.withUnsafeBytes { Histogram.count($0.baseAddress! + start, count: 500, into: &tables) }
            #expect(Array(tables[..<256]) == naiveCounts(bytes[start..<start + 500]), "start \(start), seed \(random.seed)")
        }
    }

    /// The lines of a sample, by the definition: the window's number times 2^32 divided by the golden ratio says which one it is.
    private static func line(_ window: Int) -> Range<Int> {
        let choice = (UInt32(truncatingIfNeeded: window) &* 2_654_435_761) >> 30
        let start = 256 * window + 64 * (Int(choice))
        return start..<start + 64
    }

    @Test("a sample has a line of each window", arguments: [0, 255, 256, 700, 4096, 20_000, 131_327])
    func sampled(_ count: Int) {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let bytes = sample(0, count, &random)
        let memory = GuardedBytes(capacity: max(1, count))
        let start = memory.place(bytes)
        var tables = Self.tables()
        let first = SampledHistogram.countFirst(start, count: count, into: &tables)
        #expect(tables[..<256].reduce(0, +) == UInt32(first))
        #expect(first <= 9000 && first >= min(3968, count / 4 / 64 * 64))

        let windows = 0..<count / 256
        let expected = naiveCounts(windows.flatMap { bytes[Self.line($0)] })
        let rest = SampledHistogram.addRest(start, count: count, to: &tables)
        #expect(Array(tables[..<256]) == expected, "seed \(random.seed)")
        #expect(first + rest == 64 * windows.count)
    }
}

@Suite("used bytes")
struct UsedBytesTests {
    private static func check(_ kernels: KernelSet, _ bytes: UnsafeRawPointer, _ count: Int, known: [UInt8], _ comment: String) {
        var used = Array(repeating: UInt8(0), count: 256)
        for value in known { used[Int(value)] = 3 }
        kernels.markUsedBytes(bytes, count, &used)
        var expected = Set(known)
        for at in 0..<count { expected.insert(bytes.load(fromByteOffset: at, as: UInt8.self)) }
        let found = Set((0..<256).filter { used[$0] != 0 }.map { UInt8($0) })
        #expect(found == expected, "\(comment)")
    }

    @Test("finds all values of every length, whatever is known before", arguments: KernelSet.available)
    func everyLength(kernels: KernelSet) {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        let memory = GuardedBytes(capacity: 8192)
        for count in lengthsAroundLanes {
            let bytes = sample(count % 3, count, &random)
            let start = memory.place(bytes)
            Self.check(kernels, start, count, known: [], "\(count) bytes, seed \(random.seed)")
            Self.check(kernels, start, count, known: Array(bytes.prefix(count / 2)) + [9], "\(count) bytes, seed \(random.seed)")
        }
    }

    @Test("finds every single value at every place, and nothing beside the bytes", arguments: KernelSet.available)
    func everyPlace(kernels: KernelSet) {
        for value in UInt8.min...UInt8.max {
            // Neighbours in the set differ from it in one nibble.
            let other = value ^ (value % 2 == 0 ? 0x80 : 0x08)
            let place = Int(value) * 5 % 300
            var bytes = Array(repeating: other, count: 300)
            bytes[place] = value
            let start = Int(value) % 67
            let surrounded = Array(repeating: ~value, count: start) + bytes + Array(repeating: ~value, count: 140)
            surrounded.withUnsafeBytes {
                Self.check(kernels, $0.baseAddress! + start, 300, known: [other], "\(value) at \(place)")
                Self.check(kernels, $0.baseAddress! + start, place, known: [other], "\(value) behind the end")
            }
        }
    }
}
