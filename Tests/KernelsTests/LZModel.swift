import Kernels
import TestSupport

/// The seven streams as arrays.
struct LZArrays: Equatable {
    var literals: [UInt8] = []
    var tokens: [UInt8] = []
    var offsets: [UInt8] = []
    var offsetLow: [UInt8] = []
    var offsetBits: [UInt8] = []
    var literalLengths: [UInt8] = []
    var matchLengths: [UInt8] = []
    var minimumMatch = 4
    var lowBits = 0
    var hasDeltaLiterals = false

    /// The block as LZ.md says it, one value after the other; nil for what a decoder refuses.
    func decoded(count: Int) -> [UInt8]? {
        var reader = LZModelReader(streams: self)
        var output: [UInt8] = []
        var history = [1, 4, 8]
        var last = 0
        for token in tokens.map(Int.init) {
            guard let literalCount = reader.count(token >> 4 & 3, 3, \.literalLengths),
                let matchCount = reader.count(token & 15, 15, \.matchLengths),
                reader.left(\.literals) >= literalCount, count - output.count - literalCount >= matchCount + minimumMatch
            else { return nil }
            for _ in 0..<literalCount { output.append(literal(reader.byte(\.literals)!, output, last)) }
            guard let distance = token >> 6 > 0 ? history[(token >> 6) - 1] : reader.distance() else { return nil }
            history.remove(at: token >> 6 > 0 ? (token >> 6) - 1 : 2)
            history.insert(distance, at: 0)
            guard distance <= output.count else { return nil }
            last = distance
            for _ in 0..<matchCount + minimumMatch { output.append(output[output.count - distance]) }
        }
        while let rest = reader.byte(\.literals) { output.append(literal(rest, output, last)) }
        return output.count == count && reader.isUsedUp ? output : nil
    }

    /// The byte for a literal behind `output`; `last` is the distance of the match before, 0 without one.
    private func literal(_ value: UInt8, _ output: [UInt8], _ last: Int) -> UInt8 {
        hasDeltaLiterals && last > 0 ? value &+ output[output.count - last] : value
    }
}

struct LZModelReader {
    let streams: LZArrays
    var places: [PartialKeyPath<LZArrays>: Int] = [:]
    var bitPlace = 0

    func left(_ stream: KeyPath<LZArrays, [UInt8]>) -> Int { streams[keyPath: stream].count - places[stream, default: 0] }

    mutating func byte(_ stream: KeyPath<LZArrays, [UInt8]>) -> UInt8? {
        guard left(stream) > 0 else { return nil }
        places[stream, default: 0] += 1
        return streams[keyPath: stream][places[stream]! - 1]
    }

    mutating func count(_ countClass: Int, _ long: Int, _ stream: KeyPath<LZArrays, [UInt8]>) -> Int? {
        guard countClass == long else { return countClass }
        guard let first = byte(stream) else { return nil }
        guard first == 255 else { return long + Int(first) }
        var value = 0
        for shift in 0..<4 {
            guard let next = byte(stream) else { return nil }
            value += Int(next) << (8 * shift)
        }
        return long + value
    }

    mutating func distance() -> Int? {
        guard let offsetClass = byte(\.offsets).map(Int.init), (1...215).contains(offsetClass) else { return nil }
        if offsetClass < 16 && streams.lowBits == 0 { return offsetClass }
        let extra = max(0, offsetClass / 8 - 1)
        var distance = offsetClass - 8 * extra
        let split = extra >= streams.lowBits ? streams.lowBits : 0
        var middle = 0
        for bit in 0..<extra - split {
            guard bitPlace < 8 * streams.offsetBits.count else { return nil }
            middle |= Int(streams.offsetBits[bitPlace / 8] >> (bitPlace % 8) & 1) << bit
            bitPlace += 1
        }
        distance = distance << (extra - split) | middle
        guard split > 0 else { return distance }
        guard let low = byte(\.offsetLow).map(Int.init), low < 1 << split else { return nil }
        return distance << split | low
    }

    var isUsedUp: Bool {
        let bytes = left(\.offsets) + left(\.offsetLow) + left(\.literalLengths) + left(\.matchLengths)
        let bits = 8 * streams.offsetBits.count - bitPlace
        let filling = bits > 0 ? streams.offsetBits.last! >> (8 - bits % 8) : 0
        return bytes == 0 && bits < 8 && (bits == 0 || filling == 0)
    }
}

/// A block with a parse of it, made together.
struct LZBlock {
    var bytes: [UInt8] = []
    var sequences: [LZSequence] = []

    init(sequences count: Int, minimumMatch: Int, _ random: inout SplitMix64) {
        var recent = [1, 4, 8]
        for index in 0..<count {
            let literals = max(index == 0 ? 1 : 0, Self.length(&random, rarely: index % 97 == 50))
            for _ in 0..<literals { bytes.append(UInt8.random(in: 0...255, using: &random)) }
            let matches = minimumMatch + Self.length(&random, rarely: index % 89 == 60)
            let distance = min(bytes.count, Self.distance(&random, recent, bytes.count))
            recent = [distance] + recent.filter { $0 != distance }.prefix(2)
            for _ in 0..<matches { bytes.append(bytes[bytes.count - distance]) }
            sequences.append(
                LZSequence(literalCount: UInt32(literals), matchCount: UInt32(matches), distance: UInt32(distance)))
        }
        for _ in 0..<Int.random(in: 0...70, using: &random) { bytes.append(UInt8.random(in: 0...255, using: &random)) }
    }

    /// Adds a sequence. The bytes behind the last match stay as literals in front of it.
    mutating func append(literals count: Int, match: Int, distance: Int, _ random: inout SplitMix64) {
        let covered = sequences.reduce(0) { $0 + Int($1.literalCount) + Int($1.matchCount) }
        for _ in 0..<max(count, distance - bytes.count) { bytes.append(UInt8.random(in: 0...255, using: &random)) }
        let literals = bytes.count - covered
        for _ in 0..<match { bytes.append(bytes[bytes.count - distance]) }
        sequences.append(LZSequence(literalCount: UInt32(literals), matchCount: UInt32(match), distance: UInt32(distance)))
    }

    private static func length(_ random: inout SplitMix64, rarely: Bool) -> Int {
        if rarely { return Int.random(in: 200...3000, using: &random) }
        let longest = [2, 3, 16, 17, 34, 70].randomElement(using: &random)!
        return Int.random(in: 0...longest, using: &random)
    }

    private static func distance(_ random: inout SplitMix64, _ recent: [Int], _ position: Int) -> Int {
        switch random.next() % 6 {
        case 0, 1: recent.randomElement(using: &random)!
        case 2: Int.random(in: 1...70, using: &random)
        case 3: Int.random(in: 1...2000, using: &random)
        default: Int.random(in: 1...position, using: &random)
        }
    }

    /// As the writer writes it, from and to memory that is guarded behind the slack.
    func written(minimumMatch: Int, lowBits: Int, hasDeltaLiterals: Bool = false) -> LZArrays {
        let room = LZStreamCounts(sequences: sequences.count, covering: bytes.count, minimumMatch: minimumMatch)
        let input = GuardedBuffer(bytes)
        let sizes = [
            room.literals, room.tokens, room.offsets, room.offsetLow, room.offsetBits, room.literalLengths, room.matchLengths,
        ]
        let memory = sizes.map { GuardedBuffer(count: $0) }
        let start = memory.map { $0.bytes.baseAddress! }
        let counts = LZWriter.write(
            input.readOnly.baseAddress!, bytes.count, sequences, sequences.count, minimumMatch: minimumMatch, lowBits: lowBits,
            into: LZStreams(
                literals: start[0], tokens: start[1], offsets: start[2], offsetLow: start[3], offsetBits: start[4],
                literalLengths: start[5], matchLengths: start[6]))
        if hasDeltaLiterals {
            LZDeltaLiterals.write(input.readOnly.baseAddress!, bytes.count, sequences, sequences.count, into: start[0])
        }
        guard input.isIntact, memory.allSatisfy(\.isIntact) else { fatalError("the writer wrote in front of a stream") }
        func array(_ stream: Int, _ count: Int) -> [UInt8] { Array(memory[stream].readOnly[..<count]) }
        return LZArrays(
            literals: array(0, counts.literals), tokens: array(1, counts.tokens), offsets: array(2, counts.offsets),
            offsetLow: array(3, counts.offsetLow), offsetBits: array(4, counts.offsetBits),
            literalLengths: array(5, counts.literalLengths), matchLengths: array(6, counts.matchLengths),
            minimumMatch: minimumMatch, lowBits: lowBits, hasDeltaLiterals: hasDeltaLiterals)
    }
}
