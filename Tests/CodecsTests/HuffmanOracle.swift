/// A decoder of the huffman codec written from Huffman.md's text alone: one bit at a time, with arrays, for nothing but clarity.
struct HuffmanOracle {
    struct Refused: Error {}

    private let payload: [UInt8]
    private var at = 0

    static func decode(_ payload: [UInt8], count: Int) throws -> [UInt8] {
        var oracle = HuffmanOracle(payload: payload)
        var output: [UInt8] = []
        var table: [UInt8]?
        while output.count < count {
            output += try oracle.segment(count - output.count, &table)
        }
        guard oracle.at == payload.count else { throw Refused() }
        return output
    }

    private init(payload: [UInt8]) { self.payload = payload }

    private mutating func byte() throws -> UInt8 {
        guard at < payload.count else { throw Refused() }
        at += 1
        return payload[at - 1]
    }

    private mutating func segment(_ left: Int, _ table: inout [UInt8]?) throws -> [UInt8] {
        let first = try byte()
        let size = try Int(byte())
        guard 2048 * size < left else { throw Refused() }
        let count = min(2048 * (size + 1), left)
        let mode = first & 3
        let groups = 1 << Int(first >> 2 & 3)
        let hasLanes = groups <= 4
        guard mode >= 2 || first == mode, hasLanes || first >> 4 == 0 else { throw Refused() }
        if mode == 0 { return try (0..<count).map { _ in try byte() } }
        if mode == 1 { return Array(repeating: try byte(), count: count) }
        if mode == 2 { table = try readTable() }
        guard let lengths = table else { throw Refused() }
        if !hasLanes { return try serialPart(count, Codebook(lengths)) }
        return try codedPart(count, groups, rows: Int(first >> 4), Codebook(lengths))
    }

    private mutating func serialPart(_ count: Int, _ code: Codebook) throws -> [UInt8] {
        var bits = Bits()
        payload[at...].prefix(12 * count / 8 + 1).forEach { bits.append($0) }
        let all = bits.count
        let symbols = try (0..<count).map { _ in try code.next(&bits) }
        try finish(&bits, all)
        return symbols
    }

    /// Goes on behind the last byte begun of a bit string that had `all` bits; the others in that byte are zero.
    private mutating func finish(_ bits: inout Bits, _ all: Int) throws {
        while (all - bits.count) % 8 != 0 {
            guard try bits.take(1) == 0 else { throw Refused() }
        }
        at += (all - bits.count) / 8
    }

    private mutating func codedPart(_ count: Int, _ groups: Int, rows: Int, _ code: Codebook) throws -> [UInt8] {
        let lanes = 32 * groups
        let rest = count % lanes
        let tail = rows > 0 ? rows * lanes + rest : rest > 0 ? lanes + rest : 2 * lanes
        guard count - tail >= lanes else { throw Refused() }
        let sizes = try (0..<groups).map { _ in try varint() }
        var queues = try readQueues(lanes)
        var words: [[UInt8]] = []
        for size in sizes {
            guard size <= payload.count else { throw Refused() }
            words.append(try (0..<2 * size).map { _ in try byte() })
        }
        var places = Array(repeating: 0, count: groups)
        var output: [UInt8] = []
        for index in 0..<count - tail {
            let lane = index % lanes
            let group = groups == 1 ? 0 : lane / 64 * 2 + lane % 2
            output.append(try code.next(&queues[lane]))
            if queues[lane].count < 16 {
                guard places[group] < words[group].count else { throw Refused() }
                queues[lane].append(words[group][places[group] + 1])
                queues[lane].append(words[group][places[group]])
                places[group] += 2
            }
        }
        guard (0..<groups).allSatisfy({ places[$0] == words[$0].count }) else { throw Refused() }
        return output + (try readTail(tail, isCoded: rows > 0, queues, code))
    }

    private func readTail(_ count: Int, isCoded: Bool, _ queues: [Bits], _ code: Codebook) throws -> [UInt8] {
        guard queues.allSatisfy({ $0.count == 16 }) else { throw Refused() }
        var area: [UInt8] = []
        for queue in queues {
            var queue = queue
            let high = try queue.take(8)
            area += [UInt8(try queue.take(8)), UInt8(high)]
        }
        guard isCoded else {
            guard area[count...].allSatisfy({ $0 == 0 }) else { throw Refused() }
            return Array(area[..<count])
        }
        var bits = Bits()
        area.forEach { bits.append($0) }
        let symbols = try (0..<count).map { _ in try code.next(&bits) }
        while bits.count > 0 {
            guard try bits.take(1) == 0 else { throw Refused() }
        }
        return symbols
    }

    private mutating func varint() throws -> Int {
        var value = 0
        for shift in stride(from: 0, to: 28, by: 7) {
            let next = try byte()
            value |= Int(next & 0x7F) << shift
            if next < 0x80 {
                guard next != 0 || shift == 0 else { throw Refused() }
                return value
            }
        }
        throw Refused()
    }

    private mutating func readQueues(_ lanes: Int) throws -> [Bits] {
        var bits = Bits()
        payload[at...].prefix(35 * lanes / 8 + 1).forEach { bits.append($0) }
        let all = bits.count
        var queues: [Bits] = []
        for _ in 0..<lanes {
            let size = 16 + (try bits.take(4))
            queues.append(Bits(try (0..<size).map { _ in try bits.take(1) == 1 }))
        }
        try finish(&bits, all)
        return queues
    }

    private mutating func readTable() throws -> [UInt8] {
        let start = at
        var nibbles = Nibbles(bytes: Array(payload[at...]))
        var lengths: [UInt8] = []
        var kraft = 0
        while kraft < 4096 {
            let token = try nibbles.next()
            switch token {
            case 0: lengths.append(0)
            case 13: lengths += Array(repeating: 0, count: Int(try nibbles.next()) + 3)
            case 15: lengths += Array(repeating: 0, count: 16 * Int(try nibbles.next()) + Int(try nibbles.next()) + 19)
            case 14:
                guard let last = lengths.last, last > 0 else { throw Refused() }
                lengths += Array(repeating: last, count: Int(try nibbles.next()) + 3)
            default: lengths.append(token)
            }
            guard lengths.count <= 256 else { throw Refused() }
            kraft = lengths.reduce(0) { $0 + ($1 > 0 ? 4096 >> Int($1) : 0) }
        }
        guard kraft == 4096 else { throw Refused() }
        lengths += Array(repeating: 0, count: 256 - lengths.count)
        at += (nibbles.count + 1) / 2
        guard Array(payload[start..<at]) == Self.table(lengths) else { throw Refused() }
        return lengths
    }

    /// The one way to write a table.
    static func table(_ lengths: [UInt8]) -> [UInt8] {
        var nibbles: [UInt8] = []
        var rest = lengths[...(lengths.lastIndex { $0 > 0 } ?? 0)]
        while let length = rest.first {
            var run = rest.prefix { $0 == length }.count
            rest.removeFirst(run)
            if length > 0 {
                nibbles.append(length)
                run -= 1
                while run >= 3 {
                    nibbles += [14, UInt8(min(run, 18) - 3)]
                    run -= min(run, 18)
                }
                nibbles += Array(repeating: length, count: run)
            } else if run < 3 {
                nibbles += Array(repeating: 0, count: run)
            } else {
                nibbles += run <= 18 ? [13, UInt8(run - 3)] : [15, UInt8((run - 19) / 16), UInt8((run - 19) % 16)]
            }
        }
        if nibbles.count % 2 == 1 { nibbles.append(0) }
        return stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }
}

extension HuffmanOracle {
    /// Bits in order of time.
    struct Bits {
        private var bits: [Bool] = []
        private var at = 0

        init(_ bits: [Bool] = []) { self.bits = bits }

        var count: Int { bits.count - at }

        /// Appends a byte's bits, the high one first.
        mutating func append(_ byte: UInt8) {
            for bit in (0..<8).reversed() { bits.append(byte >> bit & 1 == 1) }
        }

        mutating func take(_ size: Int) throws -> Int {
            guard size <= count else { throw Refused() }
            defer { at += size }
            return bits[at..<at + size].reduce(0) { $0 << 1 | ($1 ? 1 : 0) }
        }
    }

    /// From length and code to symbol.
    struct Codebook {
        private var symbols: [[Int: UInt8]] = Array(repeating: [:], count: 13)

        init(_ lengths: [UInt8]) {
            var code = 0
            for length in 1...12 {
                code *= 2
                for symbol in 0..<256 where lengths[symbol] == length {
                    symbols[length][code] = UInt8(symbol)
                    code += 1
                }
            }
        }

        func next(_ bits: inout Bits) throws -> UInt8 {
            var code = 0
            for length in 1...12 {
                code = 2 * code + (try bits.take(1))
                if let symbol = symbols[length][code] { return symbol }
            }
            throw Refused()
        }
    }

    private struct Nibbles {
        let bytes: [UInt8]
        var count = 0

        mutating func next() throws -> UInt8 {
            guard count / 2 < bytes.count else { throw Refused() }
            let byte = bytes[count / 2]
            count += 1
            return count % 2 == 1 ? byte >> 4 : byte & 15
        }
    }
}
