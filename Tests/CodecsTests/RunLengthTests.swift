import Codecs
import TestSupport
import Testing

extension ScratchArena {
    /// A copy of `content` followed by slack full of `poison`, as a codec may find it.
    fileprivate func buffer(_ content: [UInt8], poison: UInt8 = 0) throws -> UnsafeRawBufferPointer {
        let target = try allocate(content.count)
        target.copyBytes(from: content)
        target.baseAddress?.advanced(by: content.count).initializeMemory(as: UInt8.self, repeating: poison, count: Self.slack)
        return UnsafeRawBufferPointer(target)
    }
}

private func split(_ content: [UInt8], poison: UInt8 = 0) throws -> [[UInt8]]? {
    let arena = ScratchArena()
    return try RunLengthCodec().split(arena.buffer(content, poison: poison), scratch: arena)?.map { Array($0) }
}

private func join(_ streams: [[UInt8]], count: Int) throws -> [UInt8] {
    let arena = ScratchArena()
    let output = try arena.allocate(count)
    // What comes after the output's slack belongs to somebody else.
    let neighbour = try arena.allocate(64)
    neighbour.initializeMemory(as: UInt8.self, repeating: 0xC3)
    defer { #expect(neighbour.allSatisfy { $0 == 0xC3 }) }
    var buffers: [UnsafeRawBufferPointer] = []
    for stream in streams { buffers.append(try arena.buffer(stream, poison: 0xEE)) }
    try RunLengthCodec().join(buffers, into: output, scratch: arena)
    return Array(output)
}

private func isCorrupt(_ literals: [UInt8], _ runs: [UInt8], count: Int) -> Bool {
    do {
        _ = try join([literals, runs], count: count)
        return false
    } catch {
        guard case .corrupt? = error as? CodecError else { return false }
        return true
    }
}

@Suite("run-length codec")
struct RunLengthTests {
    @Test("the worked example of the specification, both ways")
    func workedExample() throws {
        let content: [UInt8] = [0x61, 0x62] + Array(repeating: 0, count: 20) + [0x63, 0x64, 0x65, 0x66, 0x67, 0x68]
        let streams: [[UInt8]] = [[0x61, 0x62, 0, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68], [2, 4]]
        #expect(try split(content) == streams)
        #expect(try join(streams, count: content.count) == content)
    }

    @Test("restores random inputs of runs, whatever follows the input, and keeps to its stream bounds")
    func roundTrip() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        var splits = 0
        for round in 0..<300 {
            let count = Int.random(in: 1...3000, using: &generator)
            let longest = Int.random(in: 1...400, using: &generator)
            var content: [UInt8] = []
            while content.count < count {
                let length = min(count - content.count, Int.random(in: 1...longest, using: &generator))
                content += repeatElement(UInt8.random(in: 0...2, using: &generator), count: length)
            }
            guard let streams = try split(content, poison: content[count - 1]) else { continue }
            splits += 1
            #expect(try join(streams, count: count) == content, "seed \(seed), round \(round)")
            for (stream, bound) in zip(streams, RunLengthCodec().maximumStreamCounts(decodedCount: count)) {
                #expect(stream.count <= bound, "seed \(seed), round \(round)")
            }
            #expect(streams[0].count + streams[1].count < count - count / 32, "seed \(seed), round \(round)")
        }
        #expect(splits > 100, "seed \(seed)")
    }

    @Test("takes one run that is the whole input", arguments: [16, 17, 64, 143, 144, 145, 4096, 100_000])
    func wholeInput(count: Int) throws {
        let content = [UInt8](repeating: 0xFF, count: count)
        let streams = try #require(try split(content))
        #expect(streams[0] == [0xFF])
        #expect(try join(streams, count: count) == content)
    }

    @Test("runs of the shortest length side by side reach the bound of the runs stream")
    func densestRuns() throws {
        let content = (0..<640).map { UInt8($0 / 16) }
        let streams = try #require(try split(content))
        #expect(streams[1].count == RunLengthCodec().maximumStreamCounts(decodedCount: 640)[1])
        #expect(try join(streams, count: 640) == content)
    }

    @Test("leaves alone what has no runs, too few, or is shorter than one")
    func declines() throws {
        #expect(try split([1]) == nil)
        #expect(try split(Array(repeating: 1, count: 15), poison: 1) == nil)
        let varied = (0..<4000).map { UInt8($0 % 251) }
        #expect(try split(varied) == nil)
        #expect(try split(varied + Array(repeating: 0, count: 100)) == nil)
        #expect(try split(varied + Array(repeating: 0, count: 200)) != nil)
    }

    @Test("refuses every broken pair of streams")
    func hostile() throws {
        #expect(try join([[5], [0, 0]], count: 16) == Array(repeating: 5, count: 16))
        #expect(isCorrupt([5], [], count: 1), "no run")
        #expect(isCorrupt([], [], count: 0), "nothing at all")
        #expect(isCorrupt([], [0, 0], count: 16), "no literal")
        #expect(isCorrupt([5], [0], count: 16), "half a pair")
        #expect(isCorrupt([5], [0, 0], count: 15), "output too short by one")
        #expect(isCorrupt([5], [0, 0], count: 0), "no output")
        #expect(isCorrupt([5], [0, 0], count: 17), "output not full")
        #expect(isCorrupt([5, 6], [0, 0], count: 16), "a literal too many")
        #expect(isCorrupt([5], [1, 0], count: 17), "a literal too few")
        #expect(isCorrupt([5], [0, 0, 0, 0], count: 32), "second run without its literal")
        #expect(isCorrupt([5], [0, 1], count: 16), "run one too long")
        #expect(isCorrupt([5], [0, 0x80, 0], count: 16), "overlong varint")
        #expect(isCorrupt([5], [0x80, 0, 0], count: 16), "overlong varint")
        #expect(isCorrupt([5], [0, 0x80], count: 16), "varint cut off")
        let most = [UInt8](repeating: 0xFF, count: 9) + [1]
        #expect(isCorrupt([5], most + [0], count: 16), "gap 2^64 - 1")
        #expect(isCorrupt([5], [0] + most, count: 16), "extra 2^64 - 1")
        #expect(isCorrupt([5], [0] + [UInt8](repeating: 0xFF, count: 10) + [0], count: 16), "varint of 70 bits")
        let half = [UInt8](repeating: 0xFF, count: 8) + [0x7F]
        #expect(isCorrupt([5], half + half, count: 16), "gap and extra 2^63 - 1")
    }

    @Test("every cut and every changed byte is refused or gives other bytes, never writes past the slack")
    func mutations() throws {
        let content = [UInt8](repeating: 1, count: 40) + [2, 3, 4] + [UInt8](repeating: 5, count: 300) + [6]
        let streams = try #require(try split(content))
        for cut in 0..<streams[0].count { #expect(isCorrupt(Array(streams[0][..<cut]), streams[1], count: content.count)) }
        for cut in 0..<streams[1].count { #expect(isCorrupt(streams[0], Array(streams[1][..<cut]), count: content.count)) }
        for place in streams[1].indices {
            for change in 1...255 {
                var runs = streams[1]
                runs[place] ^= UInt8(change)
                guard !isCorrupt(streams[0], runs, count: content.count) else { continue }
                #expect(try join([streams[0], runs], count: content.count) != content)
            }
        }
    }

    @Test("takes no parameters")
    func parameters() {
        #expect(throws: CodecError.badDescriptor(codec: "runlength", reason: "takes no parameters")) { try RunLengthCodec(parameters: [0]) }
        #expect(throws: Never.self) { try RunLengthCodec(parameters: []) }
    }
}
