import Kernels
import TestSupport
import Testing

struct StepCounter: SearchMeter {
    var steps = 0
    mutating func add(_ steps: Int) { self.steps += steps }
}

/// Finds the long matches of a copy of `content` that is followed by 128 bytes of `slack` and an unmapped page, in a workspace of noise.
func longMatches(_ content: [UInt8], slack: UInt8 = 0, _ counter: inout StepCounter) -> [LongMatch] {
    let memory = GuardedBuffer(content + Array(repeating: slack, count: 128), slack: 0)
    let workspace = GuardedBuffer(count: LongMatchFinder<StepCounter>.workspaceSize(content.count), slack: 0, noise: 0x5C)
    let room = LongMatches.capacity(content.count)
    let output = GuardedBuffer(count: room * MemoryLayout<LongMatch>.stride, slack: 0)
    let matches = output.bytes.baseAddress!.bindMemory(to: LongMatch.self, capacity: room)
    let found = LongMatchFinder.find(
        memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self), content.count, workspace: workspace.bytes.baseAddress!,
        matches: matches, &counter)
    #expect(workspace.isIntact && output.isIntact)
    return Array(UnsafeBufferPointer(start: matches, count: found))
}

func longMatches(_ content: [UInt8], slack: UInt8 = 0) -> [LongMatch] {
    var counter = StepCounter()
    return longMatches(content, slack: slack, &counter)
}

/// Noise with repeats of its own pieces: where each lies, how long it is, and how far back its source.
struct PlantedRepeats {
    var content: [UInt8]
    var planted: [LongMatch] = []

    init(count: Int, lengths: ClosedRange<Int>, seed: UInt64) {
        var random = SplitMix64(seed: seed)
        content = SampleInput.random.bytes(lengths.upperBound + 8, seed: seed)
        while content.count < count {
            let length = Int.random(in: lengths, using: &random)
            let source = Int.random(in: 1...content.count - length - 1, using: &random)
            // The bytes around it differ from those around its source, so that it is as long as this and not longer.
            content.append(content[source - 1] ^ 1)
            planted.append(LongMatch(start: UInt32(content.count), length: UInt32(length), distance: UInt32(content.count - source)))
            content += content[source..<source + length]
            content.append(content[source + length] ^ 1)
            for _ in 0..<random.next() % 400 { content.append(UInt8.random(in: 0...255, using: &random)) }
        }
    }
}

@Suite("long matches")
struct LongMatchTests {
    /// Byte by byte, as slow as can be.
    private func check(_ matches: [LongMatch], _ content: [UInt8], _ name: String) {
        var end = 0
        for match in matches {
            let (start, length, distance) = (Int(match.start), Int(match.length), Int(match.distance))
            let isInBounds = start >= end && length >= LongMatches.shortest && length <= content.count - start && (1...start) ~= distance
            #expect(isInBounds, "\(name): \(match) behind \(end)")
            if !isInBounds { return }
            #expect((start..<start + length).allSatisfy { content[$0] == content[$0 - distance] }, "\(name): \(match)")
            end = start + length
        }
    }

    @Test("matches are true, in order and within bounds", arguments: SampleInput.allCases)
    func areTrue(input: SampleInput) {
        for count in [0, 1, 63, 64, 65, 127, 128, 129, 300, 4097, 70_000] {
            let content = input.bytes(count)
            let matches = longMatches(content)
            check(matches, content, "\(count) bytes, seed \(SplitMix64.runSeed)")
            #expect(longMatches(content, slack: content.last ?? 1) == matches, "\(count) bytes, seed \(SplitMix64.runSeed)")
        }
    }

    @Test("repeats are found from their first byte to their last")
    func findsAll() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SplitMix64(seed: seed)
        // Each piece of it is repeated once, so that there is one answer. Of 740 positions none is chosen but once in 2^32.
        let noise = SampleInput.random.bytes(160_000, seed: seed)
        var content = noise
        var planted: [LongMatch] = []
        for source in stride(from: 1000, to: 156_000, by: 4000) {
            let length = Int.random(in: 740...3000, using: &random)
            content.append(noise[source - 1] ^ 1)
            planted.append(LongMatch(start: UInt32(content.count), length: UInt32(length), distance: UInt32(content.count - source)))
            content += noise[source..<source + length]
            content.append(noise[source + length] ^ 1)
        }
        content += SampleInput.random.bytes(100, seed: seed &+ 1)
        #expect(longMatches(content) == planted, "seed \(seed)")
    }

    @Test("most of the repeats of 64 bytes and more are found")
    func findsMost() {
        let sample = PlantedRepeats(count: 300_000, lengths: 64...200, seed: 7)
        let matches = longMatches(sample.content)
        check(matches, sample.content, "short repeats")
        #expect(matches.count > sample.planted.count * 3 / 4)
        // Noise has no others.
        #expect(longMatches(SampleInput.random.bytes(500_000)).isEmpty)
    }

    @Test("a repeat is found behind much that has none")
    func findsBehindNoise() {
        let noise = SampleInput.random.bytes(900_000)
        let content = noise + noise[100_000..<110_000] + noise.suffix(3000)
        let matches = longMatches(content)
        check(matches, content, "behind noise")
        #expect(matches.reduce(0) { $0 + Int($1.length) } == 13_000)
    }

    @Test("work is bounded by the input's size, whatever it holds")
    func boundedWork() {
        let noise = SampleInput.random.bytes(20_000)
        var inputs: [(String, [UInt8])] = SampleInput.allCases.map { ("\($0)", $0.bytes(100_000)) }
        for period in [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 31, 32, 33, 63, 64, 65, 100, 1000] {
            inputs.append(("period \(period)", (0..<100_000).map { noise[$0 % period] }))
            let broken = (0..<100_000).map { $0 % 90 == 89 ? noise[$0 / 90] : noise[$0 % period] }
            inputs.append(("period \(period), broken", broken))
            let late = (0..<100_000).map { $0 % (period + 70) == 0 ? noise[$0 / 71 % 20_000] : noise[$0 % (period + 70)] }
            inputs.append(("candidates of \(period + 70)", late))
        }
        for (name, content) in inputs {
            var counter = StepCounter()
            check(longMatches(content, &counter), content, name)
            // A sixteenth of the positions at most; for each four comparisons of 64 bytes in front and behind, in words; and half a step
            // for each byte that four candidates share with a match.
            #expect(counter.steps <= content.count / 16 * (1 + 4 * 16) + content.count / 2, "\(name): \(counter.steps)")
        }
        var counter = StepCounter()
        _ = longMatches(Array(repeating: 7, count: 100_000), &counter)
        #expect(counter.steps < 100_000)
    }
}

@Suite("chosen positions")
struct SampledPositionsTests {
    private func gathered(_ content: [UInt8], above threshold: Int16) -> [Int] {
        let memory = GuardedBuffer(content + Array(repeating: 0, count: 128), slack: 0)
        let input = memory.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        var positions = Array(repeating: UInt32(0), count: 37)
        var all: [Int] = []
        var at = 3
        while at < content.count {
            let found = SampledPositions.gather(input, at, content.count, above: threshold, into: &positions, capacity: 33)
            all += positions.prefix(found.count).map(Int.init)
            at = found.next
        }
        return all
    }

    @Test("vectors choose what single positions do", arguments: SampleInput.allCases)
    func vectors(input: SampleInput) {
        let content = input.bytes(5000)
        content.withUnsafeBufferPointer { bytes in
            for at in 0..<content.count - 40 {
                let threshold = at % 2 == 0 ? SampledPositions.usual : SampledPositions.sparse
                let expected = SampledPositions.chosenOneByOne(bytes.baseAddress!, at, above: threshold)
                #expect(SampledPositions.chosen(bytes.baseAddress!, at, above: threshold) == expected)
            }
        }
    }

    @Test("one in 32 and one in 128 are chosen, in order, and four of a group at most")
    func density() {
        let noise = SampleInput.random.bytes(400_000)
        for (threshold, step) in [(SampledPositions.usual, 32), (SampledPositions.sparse, 128)] {
            let positions = gathered(noise, above: threshold)
            #expect(positions == positions.sorted() && positions.allSatisfy { (3..<noise.count).contains($0) })
            #expect((noise.count / step * 9 / 10...noise.count / step * 11 / 10).contains(positions.count))
        }
        for value in 0...255 {
            let positions = gathered(Array(repeating: UInt8(value), count: 1000), above: SampledPositions.usual)
            #expect(positions.count <= SampledPositions.most * (1000 / SampledPositions.group + 1))
        }
    }

    @Test("the same text has the same positions, wherever it stands")
    func places() {
        let text = SampleInput.random.bytes(20_000)
        let here = Set(gathered(text, above: SampledPositions.usual))
        let there = Set(gathered(SampleInput.random.bytes(37, seed: 5) + text, above: SampledPositions.usual).map { $0 - 37 })
        // Groups begin elsewhere, and what has more than four loses others.
        #expect(here.symmetricDifference(there).count < here.count / 5)
    }
}
