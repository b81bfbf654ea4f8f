import KernelDispatch
import Kernels
import TestSupport
import Testing

/// Every set's reader, and the writer, against the streams read with arrays, one value after the other.
@Suite struct LZReaderTests {
    /// Reads by a set's kernels; streams and output are guarded behind their slack, which holds noise.
    private static func read(_ streams: LZArrays, count: Int, _ kernels: LZReaderKernels) throws(LZFault) -> [UInt8] {
        let memory = [
            streams.literals, streams.tokens, streams.offsets, streams.offsetLow, streams.offsetBits, streams.literalLengths,
            streams.matchLengths,
        ].map { GuardedBuffer($0) }
        let parts = memory.map { LZInput.Stream($0.readOnly.baseAddress!, count: $0.bytes.count) }
        var input = LZInput(
            literals: parts[0], tokens: parts[1], offsets: parts[2], offsetLow: parts[3], offsetBits: parts[4],
            literalLengths: parts[5], matchLengths: parts[6], minimumMatch: streams.minimumMatch, lowBits: streams.lowBits,
            hasDeltaLiterals: streams.hasDeltaLiterals)
        let output = GuardedBuffer(count: count)
        let workspace = GuardedBuffer(count: LZBatch.workspaceSize, slack: 0)
        defer { if !output.isIntact || !workspace.isIntact { fatalError("written in front of the output") } }
        defer { withExtendedLifetime(memory) {} }
        try LZReader.read(
            &input, into: output.bytes.baseAddress!, count: count, workspace: workspace.bytes.baseAddress!, kernels: kernels)
        return Array(output.readOnly)
    }

    /// What all sets and the model say of streams, which must be one.
    @discardableResult
    private func agree(_ streams: LZArrays, count: Int, _ comment: String) -> [UInt8]? {
        let expected = streams.decoded(count: count)
        for set in KernelSet.available {
            let result = try? Self.read(streams, count: count, set.lzReader)
            #expect(result == expected, "\(set.name), \(comment)")
        }
        return expected
    }

    @Test(arguments: [3, 4, 8], [false, true])
    func validStreams(_ minimumMatch: Int, _ isDelta: Bool) {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for round in 0..<12 {
            let count = [0, 1, 3, 15, 16, 17, 63, 64, 65, 130, 511, 512, 513, 1100].randomElement(using: &random)!
            let block = LZBlock(sequences: count, minimumMatch: minimumMatch, &random)
            let lowBits = Int.random(in: 0...8, using: &random)
            let streams = block.written(minimumMatch: minimumMatch, lowBits: lowBits, hasDeltaLiterals: isDelta)
            let comment = "seed \(random.seed), round \(round)"
            #expect(agree(streams, count: block.bytes.count, comment) == block.bytes, "\(comment)")
            // One byte more or less than there is.
            #expect(agree(streams, count: block.bytes.count + 1, comment) == nil, "\(comment)")
            if !block.bytes.isEmpty { #expect(agree(streams, count: block.bytes.count - 1, comment) == nil, "\(comment)") }
        }
    }

    /// Changed, cut and lengthened streams: refused by all, or the same bytes from all.
    @Test func damagedStreams() {
        var random = SplitMix64(seed: SplitMix64.runSeed &+ 1)
        let parts: [WritableKeyPath<LZArrays, [UInt8]>] = [
            \.literals, \.tokens, \.offsets, \.offsetLow, \.offsetBits, \.literalLengths, \.matchLengths,
        ]
        var accepted = 0
        for round in 0..<40 {
            let block = LZBlock(sequences: Int.random(in: 1...600, using: &random), minimumMatch: 4, &random)
            let streams = block.written(minimumMatch: 4, lowBits: round % 3 == 0 ? 4 : 0, hasDeltaLiterals: round % 2 == 0)
            for part in parts where !streams[keyPath: part].isEmpty {
                var damaged = streams
                let place = Int.random(in: 0..<streams[keyPath: part].count, using: &random)
                switch random.next() % 4 {
                case 0: damaged[keyPath: part].removeLast()
                case 1: damaged[keyPath: part].append(UInt8.random(in: 0...255, using: &random))
                case 2: damaged[keyPath: part][place] ^= 1 &<< UInt8.random(in: 0...7, using: &random)
                default: damaged[keyPath: part][place] = 255
                }
                let result = agree(damaged, count: block.bytes.count, "seed \(random.seed), round \(round), \(part)")
                accepted += result == nil ? 0 : 1
            }
        }
        #expect(accepted > 0)
    }

    /// Streams that nobody wrote: any token, any class, any bits, and lengths that are often four bytes long.
    @Test func randomStreams() {
        var random = SplitMix64(seed: SplitMix64.runSeed &+ 2)
        func bytes(_ count: Int, _ values: [UInt8]? = nil) -> [UInt8] {
            (0..<count).map { _ in values?.randomElement(using: &random) ?? UInt8.random(in: 0...255, using: &random) }
        }
        for round in 0..<300 {
            let few = Int.random(in: 0...80, using: &random)
            var streams = LZArrays(literals: bytes(3 * few), tokens: bytes(few), minimumMatch: 3, lowBits: round % 9)
            streams.hasDeltaLiterals = round % 4 < 2
            streams.offsets = bytes(few, round % 2 == 0 ? [1, 2, 3, 9, 16, 17, 25] : nil)
            streams.offsetLow = bytes(few, [0, 1])
            streams.offsetBits = bytes(2 * few)
            streams.literalLengths = bytes(few, [0, 1, 2, 255, 30])
            streams.matchLengths = bytes(few, [0, 1, 255, 0, 0, 40])
            agree(streams, count: Int.random(in: 0...4000, using: &random), "seed \(random.seed), round \(round)")
        }
    }

    /// Counts near 2^32 and as many of them as a batch has.
    @Test func hugeCounts() {
        let huge: [UInt8] = [255, 255, 255, 255, 255]
        var streams = LZArrays(literals: Array(repeating: 7, count: 100), tokens: [0x7F], offsets: [])
        streams.matchLengths = huge
        streams.literalLengths = [0]
        #expect(agree(streams, count: 200, "a match") == nil)
        streams.matchLengths = [0]
        streams.literalLengths = huge
        #expect(agree(streams, count: 200, "literals") == nil)
        streams.tokens = Array(repeating: 0x7F, count: 600)
        streams.literalLengths = Array(repeating: huge, count: 600).flatMap { $0 }
        streams.matchLengths = streams.literalLengths
        #expect(agree(streams, count: 200, "a full batch") == nil)
        streams.matchLengths = [255, 255, 255]
        #expect(agree(streams, count: 200, "cut off in a count") == nil)
    }

    /// A distance of one more than there are bytes, at the start and behind the first batch.
    @Test func distancesToBeforeTheBlock() {
        for count in [1, 2, 40, 600] {
            // A literal and a match each, the last one's distance a byte too far.
            var streams = LZArrays(literals: Array(0..<UInt8(truncatingIfNeeded: min(count, 250))), tokens: [])
            streams.literals = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            streams.tokens = Array(repeating: 0x50, count: count - 1) + [0x10]
            let position = 5 * (count - 1) + 1
            for (distance, isValid) in [(position, true), (position + 1, false), (1 << 25, false)] {
                let extra = LZLayout.extraBits(UInt32(distance))
                streams.offsets = [UInt8(LZLayout.offsetClass(UInt32(distance), extraBits: extra))]
                let bits = distance & ((1 << extra) - 1)
                streams.offsetBits = (0..<(extra + 7) / 8).map { UInt8(truncatingIfNeeded: bits >> (8 * $0)) }
                #expect((agree(streams, count: 5 * count, "\(count), \(distance)") != nil) == isValid)
            }
        }
    }

    /// Every distance up to two vectors, and runs of literals of as many bytes and more, with which the sums reach back into one another.
    @Test func deltaLiteralsNearAndFar() {
        var random = SplitMix64(seed: SplitMix64.runSeed &+ 3)
        for distance in Array(1...36) + [63, 64, 65] {
            var block = LZBlock(sequences: 1, minimumMatch: 4, &random)
            for literals in [0, 1, 2, 7, 15, 16, 17, 31, 32, 33, 63, 64, 65, 200] {
                block.append(literals: literals, match: Int.random(in: 4...80, using: &random), distance: distance, &random)
            }
            block.append(literals: 0, match: 4, distance: distance, &random)
            let streams = block.written(minimumMatch: 4, lowBits: 0, hasDeltaLiterals: true)
            #expect(agree(streams, count: block.bytes.count, "\(random.seed), \(distance)") == block.bytes, "\(random.seed), \(distance)")
        }
    }
}
