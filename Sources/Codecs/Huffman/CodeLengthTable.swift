/// The 256 code lengths of a segment, run-length packed in nibbles: see "The table" in Huffman.md.
enum CodeLengthTable {
    /// A table never takes more than one nibble a symbol.
    static let maximumSize = 128

    private static let zeroRun: UInt8 = 13
    private static let repetition: UInt8 = 14
    private static let longZeroRun: UInt8 = 15
    /// A Kraft sum of 1, in units of the longest code.
    private static let full = 1 << 12

    /// Writes a table. Preconditions: `lengths` are 256 lengths of a full code; `target` has room for ``maximumSize`` bytes.
    static func encode(_ lengths: UnsafePointer<UInt8>, into target: UnsafeMutableRawPointer) -> Int {
        var writer = NibbleWriter(target: target)
        var kraft = 0
        var symbol = 0
        while kraft < full {
            let length = lengths[symbol]
            var run = 1
            while symbol + run < 256, lengths[symbol + run] == length { run += 1 }
            if length == 0 {
                writer.writeZeros(run)
            } else {
                kraft += run << (12 - Int(length))
                writer.write(length)
                var rest = run - 1
                while rest >= 3 {
                    let part = min(rest, 18)
                    writer.write(repetition)
                    writer.write(UInt8(part - 3))
                    rest -= part
                }
                for _ in 0..<rest { writer.write(length) }
            }
            symbol += run
        }
        return (writer.count + 1) / 2
    }

    private struct NibbleWriter {
        let target: UnsafeMutableRawPointer
        var count = 0
        /// The high nibble of a byte that is not complete.
        private var high: UInt8 = 0

        init(target: UnsafeMutableRawPointer) { self.target = target }

        mutating func write(_ nibble: UInt8) {
            // Stored either way; the low nibble, if there is one, completes the byte.
            (target + count >> 1).storeBytes(of: count & 1 == 0 ? nibble << 4 : high | nibble, as: UInt8.self)
            high = nibble << 4
            count += 1
        }

        mutating func writeZeros(_ run: Int) {
            switch run {
            case 1, 2:
                for _ in 0..<run { write(0) }
            case 3...18:
                write(zeroRun)
                write(UInt8(run - 3))
            default:
                write(longZeroRun)
                write(UInt8((run - 19) >> 4))
                write(UInt8((run - 19) & 15))
            }
        }
    }

    private static let tooShort = "a table ends too early"

    /// Reads a table into 256 `lengths`, which are then those of a full code.
    /// - Returns: its size in bytes.
    /// - Throws: `corrupt` unless the bytes are exactly what ``encode(_:into:)`` writes; offsets count from `base`.
    static func decode(
        _ source: UnsafeRawBufferPointer, into lengths: UnsafeMutablePointer<UInt8>, base: Int
    ) throws(CodecError) -> Int {
        lengths.update(repeating: 0, count: 256)
        guard let bytes = source.baseAddress else { throw CodecError.corrupt(codec: HuffmanCodec.name, offset: base, reason: tooShort) }
        var reader = Reader(bytes: bytes, count: source.count, base: base)
        while reader.kraft < full { try reader.readToken(into: lengths) }
        if reader.nibbles & 1 == 1, source[reader.nibbles / 2] & 15 != 0 { throw reader.error("a table's last nibble is not zero") }
        return (reader.nibbles + 1) / 2
    }

    /// Reads tokens and refuses those that the encoder would have written otherwise. Everything is inlined into one loop, with
    /// this value in registers: a table of 256 symbols is on the way of each segment of that kind.
    private struct Reader {
        let bytes: UnsafeRawPointer
        /// Nibbles that there are.
        let end: Int
        let base: Int
        var nibbles = 0
        var symbol = 0
        var kraft = 0
        /// The length of the last symbol, 0 at the start and after zeros.
        private var last: UInt8 = 0
        /// How many single nibbles in a row have continued the run that ends here; 3: nothing may continue it.
        private var singles = 0
        private var isInZeros = false

        init(bytes: UnsafeRawPointer, count: Int, base: Int) {
            self.bytes = bytes
            end = 2 * min(count, maximumSize)
            self.base = base
        }

        @inline(never)
        func error(_ reason: String) -> CodecError { .corrupt(codec: HuffmanCodec.name, offset: base + nibbles / 2, reason: reason) }

        @inline(__always)
        private mutating func next() throws(CodecError) -> UInt8 {
            guard nibbles < end else { throw error(tooShort) }
            let byte = bytes.load(fromByteOffset: nibbles &>> 1, as: UInt8.self)
            nibbles &+= 1
            return nibbles & 1 == 0 ? byte & 15 : byte &>> 4
        }

        @inline(__always)
        mutating func readToken(into lengths: UnsafeMutablePointer<UInt8>) throws(CodecError) {
            let token = try next()
            switch token {
            case 0:
                if !isInZeros { singles = 0 }
                guard singles < 2 else { throw error("a run of zeros in a table is not in its shortest form") }
                singles &+= 1
                try skip(1)
            case zeroRun:
                try skipRun(3 &+ Int(try next()))
            case longZeroRun:
                let high = Int(try next())
                try skipRun(19 &+ high &<< 4 &+ Int(try next()))
            case repetition:
                let count = 3 &+ Int(try next())
                guard last != 0, singles == 0 else { throw error("a repetition in a table has nothing to repeat") }
                singles = count < 18 ? 3 : 0
                try append(last, count, to: lengths)
            default:
                let continues = token == last
                guard !continues || singles < 2 else { throw error("a repetition in a table is not in its shortest form") }
                singles = continues ? singles &+ 1 : 0
                try append(token, 1, to: lengths)
            }
        }

        @inline(__always)
        private mutating func append(_ length: UInt8, _ count: Int, to lengths: UnsafeMutablePointer<UInt8>) throws(CodecError) {
            guard symbol &+ count <= 256 else { throw error("a table has more than 256 symbols") }
            kraft &+= count &<< (12 &- Int(length))
            guard kraft <= full else { throw error("a table's code lengths are too short") }
            let end = symbol &+ count
            while symbol < end {
                lengths[symbol] = length
                symbol &+= 1
            }
            last = length
            isInZeros = false
        }

        @inline(__always)
        private mutating func skipRun(_ count: Int) throws(CodecError) {
            guard !isInZeros else { throw error("a run of zeros in a table is not in its shortest form") }
            singles = 3
            try skip(count)
        }

        @inline(__always)
        private mutating func skip(_ count: Int) throws(CodecError) {
            guard symbol &+ count < 256 else { throw error("a table's code lengths are too long") }
            symbol &+= count
            last = 0
            isInZeros = true
        }
    }
}
