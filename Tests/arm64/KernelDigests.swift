// Runs the portable kernels on seeded input and prints one digest for each of them. `Tests/run-on-arm64` compiles it for two
// processors and compares what they print. Plain enough for Embedded Swift, which is what a toolchain brings for other processors.

import Kernels

@main
struct KernelDigests {
    static func main() {
        for shape in Shape.all {
            for count in [1, 31, 64, 1000, 4097, 65_536, 131_072] {
                let input = Input(shape, count: count)
                report("histogram", input) { digest in countSymbols(input, &digest) }
                report("prefixes", input) { digest in comparePrefixes(input, &digest) }
                report("calls", input) { digest in convertCalls(input, &digest) }
                report("runs", input) { digest in splitRuns(input, &digest) }
                for width in [1, 2, 4, 8] { report("transforms, width:", input, width) { digest in transform(input, width, &digest) } }
                report("lz", input) { digest in replaceRepeats(input, &digest) }
                for kind in 0..<4 { report("parse, parser:", input, kind) { digest in parse(input, kind, &digest) } }
                for groups in [1, 2, 4] { report("huffman, groups:", input, groups) { digest in codeSymbols(input, groups, &digest) } }
                report("huffman without lanes", input) { digest in codeSerially(input, &digest) }
            }
        }
    }

    private static func report(_ name: StaticString, _ input: Input, _ number: Int = 0, _ run: (inout Digest) -> Void) {
        var digest = Digest()
        run(&digest)
        print(name, terminator: " ")
        for part in [number, input.shape.rawValue, input.count] { print(part, terminator: " ") }
        print(digest.value)
    }
}

/// What the symbols look like.
enum Shape: Int {
    case flat, skewed, twoSymbols, runs

    static var all: [Shape] { [.flat, .skewed, .twoSymbols, .runs] }

    func symbol(_ random: UInt64, after last: UInt8) -> UInt8 {
        switch self {
        case .flat: UInt8(truncatingIfNeeded: random)
        case .skewed: UInt8(truncatingIfNeeded: (random | 1 &<< 40).trailingZeroBitCount &* 3)
        case .twoSymbols: random & 15 == 0 ? 255 : 0
        case .runs: random & 31 == 0 ? UInt8(truncatingIfNeeded: random &>> 8) : last
        }
    }
}

/// FNV-1a, 64 bits.
struct Digest {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

    mutating func add(_ number: Int) {
        for shift in 0..<8 { add(UInt8(truncatingIfNeeded: number &>> (8 &* shift))) }
    }

    mutating func add(_ bytes: UnsafeRawPointer, _ count: Int) {
        for at in 0..<count { add(bytes.load(fromByteOffset: at, as: UInt8.self)) }
    }
}

/// Seeded symbols, followed by slack.
final class Input {
    let shape: Shape
    let count: Int
    let bytes: UnsafeMutablePointer<UInt8>

    init(_ shape: Shape, count: Int) {
        self.shape = shape
        self.count = count
        bytes = .allocate(capacity: count + 128)
        bytes.initialize(repeating: 0, count: count + 128)
        var state = UInt64(count) &* 4 &+ UInt64(shape.rawValue)
        for at in 0..<count { bytes[at] = shape.symbol(Self.next(&state), after: at == 0 ? 0 : bytes[at - 1]) }
    }

    deinit { bytes.deallocate() }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed &>> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed &>> 31)
    }
}

/// Memory that is zero at first.
final class Memory {
    let start: UnsafeMutableRawPointer

    init(_ size: Int) {
        start = .allocate(byteCount: size, alignment: 64)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: size)
    }

    deinit { start.deallocate() }
}

func countSymbols(_ input: Input, _ digest: inout Digest) {
    let counts = Memory(Histogram.workspaceSize)
    Histogram.count(input.bytes, count: input.count, into: counts.start.assumingMemoryBound(to: UInt32.self))
    digest.add(counts.start, 1024)
    digest.add(SampledHistogram.countFirst(input.bytes, count: input.count, into: counts.start.assumingMemoryBound(to: UInt32.self)))
    digest.add(SampledHistogram.addRest(input.bytes, count: input.count, to: counts.start.assumingMemoryBound(to: UInt32.self)))
    digest.add(counts.start, 1024)
    let used = Memory(256)
    UsedBytes.mark(input.bytes, input.count, used.start.assumingMemoryBound(to: UInt8.self))
    for value in 0..<256 { digest.add(used.start.load(fromByteOffset: value, as: UInt8.self) == 0 ? 0 : 1) }
}

func comparePrefixes(_ input: Input, _ digest: inout Digest) {
    let bytes = UnsafeRawPointer(input.bytes)
    for distance in 1..<max(2, min(64, input.count)) {
        digest.add(CommonPrefix.length(bytes, bytes + distance, input.count - min(distance, input.count)))
    }
}

/// Finds runs, takes them out, puts them back, and insists on what went in.
func splitRuns(_ input: Input, _ digest: inout Digest) {
    let capacity = input.count / RunScan.minimum + 1
    let list = Memory(4 * RunScan.listCount(capacity: capacity))
    let places = list.start.assumingMemoryBound(to: UInt32.self)
    let count = RunScan.find(input.bytes, 0, input.count, places, capacity)
    digest.add(list.start, 8 * count)
    guard count > 0 else { return }
    let runs = Memory(input.count / 8 + 128)
    let (size, removed) = RunLengthSplit.writeRuns(places, count, after: 0, into: runs.start)
    digest.add(runs.start, size)
    let literals = Memory(input.count - removed + 128)
    RunLengthSplit.copyLiterals(input.bytes, input.count, runs.start, size, literals.start)
    digest.add(literals.start, input.count - removed)
    let output = Memory(input.count + 128)
    var join = RunLengthJoin(
        literals: literals.start, input.count - removed, runs: runs.start, size, output: output.start, input.count)
    guard RunLengthJoin.join(&join) == nil else { fatalError("runs cannot be joined") }
    insist(output, input.bytes, input.count)
}

/// Every transform and its inverse, which must give what went in.
func transform(_ input: Input, _ width: Int, _ digest: inout Digest) {
    let count = input.count / width
    let size = count * width
    let (middle, back) = (Memory(size + 128), Memory(size + 128))
    let filters: [(ElementFilter.Apply, ElementFilter.Apply)] = [
        (ElementFilter.difference, ElementFilter.sum), (ElementFilter.xorPrevious, ElementFilter.undoXorPrevious),
        (ElementFilter.zigzag, ElementFilter.undoZigzag), (ElementFilter.differenceZigzag, ElementFilter.undoDifferenceZigzag),
    ]
    for (forward, backward) in filters {
        forward(input.bytes, count, width, middle.start)
        digest.add(middle.start, size)
        backward(middle.start, count, width, back.start)
        insist(back, input.bytes, size)
    }
    let bitmap = Memory(count / 8 + 129)
    let ones = ZeroBitmap.pack(input.bytes, count, width, bitmap.start, middle.start)
    digest.add(bitmap.start, (count + 7) / 8)
    digest.add(middle.start, ones * width)
    guard ZeroBitmap.ones(bitmap.start, count) == ones else { fatalError("ones are miscounted") }
    ZeroBitmap.unpack(bitmap.start, middle.start, count, width, back.start)
    insist(back, input.bytes, size)
    guard width > 1 else { return }
    for rotation in 0...1 {
        let targets = (0..<width).map { middle.start + $0 * count }
        BytePlanes.split(input.bytes, count, width, rotation, targets)
        digest.add(middle.start, size)
        BytePlanes.join(targets.map { UnsafeRawPointer($0) }, count, width, rotation, back.start)
        insist(back, input.bytes, size)
    }
}

/// To places and back, as code of both architectures.
func convertCalls(_ input: Input, _ digest: inout Digest) {
    let middle = Memory(input.count)
    let back = Memory(input.count)
    for (places, distances) in [
        (CallTargets.placesX86, CallTargets.distancesX86), (CallTargets.placesArm64, CallTargets.distancesArm64),
    ] {
        places(input.bytes, input.count, middle.start)
        digest.add(middle.start, input.count)
        distances(middle.start, input.count, back.start)
        insist(back, input.bytes, input.count)
    }
}

func insist(_ memory: Memory, _ bytes: UnsafePointer<UInt8>, _ count: Int) {
    for at in 0..<count where memory.start.load(fromByteOffset: at, as: UInt8.self) != bytes[at] { fatalError("a byte changed") }
}

/// Builds a code, encodes, decodes, and insists on what went in.
func codeSymbols(_ input: Input, _ groups: Int, _ digest: inout Digest) {
    let lanesCount = HuffmanLanes.perGroup * groups
    let steps = input.count / lanesCount
    guard steps > 0, let code = makeCode(input, &digest) else { return }
    let workspace = Memory(HuffmanLanes.workspaceSize)
    let lanesMemory = Memory(4 * lanesCount)
    let lanes = lanesMemory.start.assumingMemoryBound(to: UInt32.self)
    for lane in 0..<lanesCount { lanes[lane] = 1 << 16 | UInt32(lane) &* 257 }
    let size = 48 * steps + 64
    let wordsMemory = Memory(groups * size + 128)
    var starts = (0..<groups).map { wordsMemory.start + ($0 + 1) * size }
    HuffmanEncode.portable(input.bytes, steps, groups, code.code, lanes, &starts, workspace.start)
    let words = (0..<groups).map {
        UnsafeRawBufferPointer(start: starts[$0], count: wordsMemory.start + ($0 + 1) * size - starts[$0])
    }
    digest.add(lanesMemory.start, 4 * lanesCount)
    for range in words { digest.add(range.baseAddress!, range.count) }

    let output = Memory(input.count + 128)
    let symbols = output.start.assumingMemoryBound(to: UInt8.self)
    let isExact = HuffmanDecode.portable(symbols, steps, groups, code.code, lanes, words, workspace.start)
    guard isExact else { fatalError("words are left over") }
    insist(output, input.bytes, steps * lanesCount)
    for lane in 0..<lanesCount where lanes[lane] != 1 << 16 | UInt32(lane) &* 257 { fatalError("a lane's last bits changed") }
}

/// The same without lanes, for as many symbols as are coded like that.
func codeSerially(_ input: Input, _ digest: inout Digest) {
    guard let code = makeCode(input, &digest) else { return }
    let count = min(input.count, HuffmanSerial.mostSymbols)
    let bits = (0..<count).reduce(0) { $0 + Int(code.code.lengths[Int(input.bytes[$1])]) }
    let size = (bits + 7) / 8
    let codes = Memory(size + 16)
    HuffmanTail.encode(input.bytes, count: count, code: code.code, into: codes.start, size: size)
    digest.add(codes.start, size)
    let (output, workspace) = (Memory(count), Memory(HuffmanLanes.workspaceSize))
    let symbols = output.start.assumingMemoryBound(to: UInt8.self)
    let source = UnsafeRawBufferPointer(start: codes.start, count: size)
    guard HuffmanSerial.decode(source, code: code.code, into: symbols, count: count, workspace: workspace.start) == size else {
        fatalError("the codes end elsewhere")
    }
    insist(output, input.bytes, count)
}

/// A code with its memory, or nil for fewer than two symbols.
func makeCode(_ input: Input, _ digest: inout Digest) -> (code: HuffmanCode, memory: Memory)? {
    let counts = Memory(Histogram.workspaceSize)
    let counters = counts.start.assumingMemoryBound(to: UInt32.self)
    Histogram.count(input.bytes, count: input.count, into: counters)
    if (0..<256).contains(where: { counters[$0] == UInt32(input.count) }) { return nil }
    let memory = Memory(HuffmanCode.size)
    let code = HuffmanCode(at: memory.start)
    let workspace = Memory(CodeLengths.workspaceSize)
    digest.add(CodeLengths.assign(counters, lengths: code.lengths, workspace: workspace.start))
    code.build()
    digest.add(memory.start, HuffmanCode.size)
    return (code, memory)
}

/// Takes repeats at a few distances, writes the streams, reads them back, and insists on what went in.
func replaceRepeats(_ input: Input, _ digest: inout Digest) {
    let sequences = Memory((input.count / 4 + 1) * MemoryLayout<LZSequence>.stride)
    let parse = sequences.start.assumingMemoryBound(to: LZSequence.self)
    let found = findRepeats(input, parse)
    let room = LZStreamCounts(sequences: found, covering: input.count, minimumMatch: 4)
    let memory = [
        room.literals, room.tokens, room.offsets, room.offsetLow, room.offsetBits, room.literalLengths, room.matchLengths,
    ].map { Memory($0 + 128) }
    let counts = LZWriter.write(
        input.bytes, input.count, parse, found, minimumMatch: 4, lowBits: 3,
        into: LZStreams(
            literals: memory[0].start, tokens: memory[1].start, offsets: memory[2].start, offsetLow: memory[3].start,
            offsetBits: memory[4].start, literalLengths: memory[5].start, matchLengths: memory[6].start))
    let sizes = [
        counts.literals, counts.tokens, counts.offsets, counts.offsetLow, counts.offsetBits, counts.literalLengths, counts.matchLengths,
    ]
    for stream in 0..<7 { digest.add(memory[stream].start, sizes[stream]) }
    readRepeats(input, memory, sizes, hasDeltaLiterals: false)
    LZDeltaLiterals.write(input.bytes, input.count, parse, found, into: memory[0].start)
    digest.add(memory[0].start, sizes[0])
    readRepeats(input, memory, sizes, hasDeltaLiterals: true)
    withExtendedLifetime((sequences, memory)) {}
}

func readRepeats(_ input: Input, _ memory: [Memory], _ sizes: [Int], hasDeltaLiterals: Bool) {
    let parts = (0..<7).map { LZInput.Stream(memory[$0].start, count: sizes[$0]) }
    var streams = LZInput(
        literals: parts[0], tokens: parts[1], offsets: parts[2], offsetLow: parts[3], offsetBits: parts[4], literalLengths: parts[5],
        matchLengths: parts[6], minimumMatch: 4, lowBits: 3, hasDeltaLiterals: hasDeltaLiterals)
    let output = Memory(input.count + 128)
    let workspace = Memory(LZBatch.workspaceSize)
    do {
        try LZReader.read(&streams, into: output.start, count: input.count, workspace: workspace.start, kernels: .portable)
    } catch { fatalError("streams are refused") }
    let bytes = output.start.assumingMemoryBound(to: UInt8.self)
    for at in 0..<input.count where bytes[at] != input.bytes[at] { fatalError("a byte changed") }
    withExtendedLifetime((output, workspace)) {}
}

/// The sequences of each parser, with small tables so that candidates are lost too.
func parse(_ input: Input, _ kind: Int, _ digest: inout Digest) {
    var settings = LZSettings()
    settings.hashLogarithm = 14
    settings.hashedBytes = 5
    settings.searchDepth = 8
    settings.lazySteps = 2
    settings.longHashLogarithm = 14
    let sizes = [
        FastParser.workspaceSize(settings), DoubleHashParser.workspaceSize(settings), LazyParser.workspaceSize(settings),
        OptimalParser.workspaceSize(settings, count: input.count),
    ]
    let workspace = Memory(sizes[kind])
    let room = Memory((input.count / settings.minimumMatch + 1) * MemoryLayout<LZSequence>.stride)
    let sequences = room.start.assumingMemoryBound(to: LZSequence.self)
    let parsers = [FastParser.parse, DoubleHashParser.parse, LazyParser.parse]
    let found =
        kind < 3
        ? parsers[kind](input.bytes, input.count, settings, workspace.start, sequences, LongMatches())
        : OptimalParser.parse(input.bytes, input.count, settings: settings, workspace: workspace.start, sequences: sequences)
    digest.add(room.start, found * MemoryLayout<LZSequence>.stride)
    withExtendedLifetime((workspace, room)) {}
}

func findRepeats(_ input: Input, _ sequences: UnsafeMutablePointer<LZSequence>) -> Int {
    let bytes = UnsafeRawPointer(input.bytes)
    var found = 0
    var at = 0
    var anchor = 0
    while at < input.count {
        var best = (length: 3, distance: 0)
        for distance in [1, 2, 7, 100, 3000, 70_000] where distance <= at {
            let length = CommonPrefix.length(bytes + at - distance, bytes + at, input.count - at)
            if length > best.length { best = (length, distance) }
        }
        guard best.distance > 0 else {
            at += 1
            continue
        }
        sequences[found] = LZSequence(
            literalCount: UInt32(at - anchor), matchCount: UInt32(best.length), distance: UInt32(best.distance))
        found += 1
        at += best.length
        anchor = at
    }
    return found
}
