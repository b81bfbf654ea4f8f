#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif
@testable import Codecs

/// Runs the codec on arrays, between noise and a page that stops whoever reads or writes more than the slack behind a buffer.
enum HuffmanFixture {
    /// Encodes with room for everything, so that segments that do not shrink are seen, too.
    static func encode(_ input: [UInt8], _ codec: HuffmanCodec, room: Int? = nil, arena: ScratchArena = ScratchArena()) throws -> [UInt8]? {
        let source = FencedBytes(input)
        let target = FencedBytes(Array(repeating: 0x5A, count: room ?? input.count + input.count / 1000 + 100))
        guard let size = try codec.encode(UnsafeRawBufferPointer(source.bytes), into: target.bytes, scratch: arena) else { return nil }
        return Array(target.bytes[..<size])
    }

    static func decode(_ payload: [UInt8], count: Int, _ codec: HuffmanCodec, arena: ScratchArena = ScratchArena()) throws -> [UInt8] {
        let source = FencedBytes(payload)
        let target = FencedBytes(Array(repeating: 0x5A, count: count))
        try codec.decode(UnsafeRawBufferPointer(source.bytes), into: target.bytes, scratch: arena)
        return Array(target.bytes)
    }
}

/// A buffer with 128 bytes of noise behind it and then a page without access; one page of noise in front, which must stay.
final class FencedBytes {
    let bytes: UnsafeMutableRawBufferPointer
    private let mapping: UnsafeMutableRawBufferPointer

    init(_ content: [UInt8]) {
        let page = 4096
        let size = (content.count + ScratchArena.slack + page - 1) / page * page
        guard let start = mmap(nil, size + 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0), start != MAP_FAILED else {
            fatalError("no memory")
        }
        mapping = UnsafeMutableRawBufferPointer(start: start, count: size + 2 * page)
        memset(start, 0xA5, size + page)
        mprotect(start + size + page, page, PROT_NONE)
        let first = start + (page + size - ScratchArena.slack - content.count)
        bytes = UnsafeMutableRawBufferPointer(start: first, count: content.count)
        bytes.copyBytes(from: content)
    }

    deinit {
        // The first byte is noise and all others equal it; a loop would be slow in debug builds.
        let start = mapping.baseAddress!
        precondition(mapping[0] == 0xA5 && memcmp(start, start + 1, 4095) == 0, "written in front of a buffer")
        munmap(start, mapping.count)
    }
}

/// A small seeded generator (SplitMix64; Steele, Lea, Flood 2014).
struct HuffmanRandom: RandomNumberGenerator {
    let seed: UInt64
    private var state: UInt64

    init(seed: UInt64) {
        self.seed = seed
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Contents by their distribution of symbols.
enum HuffmanContent: String, CaseIterable, CustomStringConvertible {
    case oneSymbol, twoSymbols, oneInMany, flat256, flat200, geometric, fibonacci, letters, changing

    var description: String { rawValue }

    func bytes(_ count: Int, seed: UInt64 = 1) -> [UInt8] {
        var random = HuffmanRandom(seed: seed)
        return (0..<count).map { index in
            let number = random.next()
            switch self {
            case .oneSymbol: return 77
            case .twoSymbols: return number & 3 == 0 ? 200 : 3
            case .oneInMany: return number % 1_000_000 == 0 || index == count / 2 ? 9 : 8
            case .flat256: return UInt8(truncatingIfNeeded: number)
            case .flat200: return UInt8(truncatingIfNeeded: number % 200)
            case .geometric: return UInt8(truncatingIfNeeded: number.leadingZeroBitCount &* 3)
            // The i-th symbol comes with a chance of about 1.618^-i.
            case .fibonacci:
                var symbol: UInt8 = 0
                while symbol < 30, random.next() % 1000 >= 382 { symbol += 1 }
                return symbol
            case .letters: return Array("eeeeeeetttttaaaaooooiiinnnsshhrrddlluucmwfgypbvkjxqz      \n".utf8)[Int(number % 59)]
            case .changing: return UInt8(truncatingIfNeeded: number % 16) &+ UInt8(truncatingIfNeeded: index >> 14 & 1) &* 40
            }
        }
    }
}
