import Bytes
import TestSupport
import Testing

@testable import Format

/// One of the structures with its decoder, so that one test damages all of them.
struct Structure: Sendable, CustomTestStringConvertible {
    var name: String
    var bytes: [UInt8]
    var decode: @Sendable (UnsafeRawBufferPointer) -> FormatError?

    var testDescription: String { name }

    static func error(_ body: () throws(FormatError) -> Void) -> FormatError? {
        do throws(FormatError) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    static let all: [Structure] = [
        Structure(name: "file header", bytes: Samples.fileHeader.encoded().bytes) { bytes in
            error { () throws(FormatError) in _ = try FileHeader(decoding: bytes, at: place) }
        },
        Structure(name: "block header", bytes: Samples.blockHeader.encoded().bytes) { bytes in
            error { () throws(FormatError) in _ = try BlockHeader(decoding: bytes, at: place) }
        },
        Structure(name: "index", bytes: Samples.index.encoded()) { bytes in
            error { () throws(FormatError) in _ = try BlockIndex(decoding: bytes, at: place) }
        },
        Structure(name: "footer", bytes: Samples.footer.encoded()) { bytes in
            error { () throws(FormatError) in _ = try Footer(decoding: bytes, at: place) }
        },
    ]
}

@Suite struct DamageTests {
    /// With nothing after the structure, and with the bytes that a reader of a whole file would find there.
    @Test(arguments: Structure.all, [0, 512])
    func everyBitFlipIsRefused(structure: Structure, following: Int) {
        let bytes = structure.bytes + (0..<following).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        #expect(bytes.withUnsafeBytes(structure.decode) == nil)
        for bit in 0..<structure.bytes.count * 8 {
            var flipped = bytes
            flipped[bit / 8] ^= 1 << (bit % 8)
            let error = flipped.withUnsafeBytes(structure.decode)
            #expect(error != nil, "bit \(bit)")
            #expect(error.map { $0.offset >= place && $0.offset <= place + UInt64(bytes.count) } ?? true, "bit \(bit)")
        }
    }

    @Test(arguments: Structure.all)
    func everyTruncationIsTruncated(structure: Structure) {
        for count in 0..<structure.bytes.count {
            let error = Array(structure.bytes.prefix(count)).withUnsafeBytes(structure.decode)
            guard case .truncated(_, let offset, let needed) = error else {
                Issue.record("\(count) bytes: \(error.map(\.description) ?? "accepted")")
                continue
            }
            #expect(offset == place + UInt64(count))
            #expect(needed > offset && needed <= place + UInt64(structure.bytes.count))
        }
    }

    /// Several bytes at once, in one place or in many, with bytes inserted, removed and swapped: 32,000 in all.
    @Test(arguments: Structure.all)
    func everyMutationIsRefused(structure: Structure) {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        for turn in 0..<8000 {
            let mutated = mutate(structure.bytes, &random)
            guard mutated.prefix(structure.bytes.count) != structure.bytes[...] else { continue }
            #expect(mutated.withUnsafeBytes(structure.decode) != nil, "seed \(seed), turn \(turn)")
        }
    }

    /// As above, but each hash is made right again, so that the decoder sees the hostile values: whatever it takes must be
    /// what encodes to the same bytes.
    @Test func rehashedMutationsAreRefusedOrCanonical() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(seed: seed)
        for turn in 0..<16000 {
            let structure = Structure.all[turn % Structure.all.count]
            var bytes = structure.bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if structure.name == "index" { bytes.rehash(at: 48) }
            if structure.name == "footer" { bytes.replaceSubrange(88..., with: Footer.magicBytes) }
            bytes.rehash(at: bytes.count - (structure.name == "footer" ? 16 : 8))
            let again = bytes.withUnsafeBytes { Self.reencoded($0, structure.name) }
            #expect(again == nil || again == bytes, "seed \(seed), turn \(turn), \(structure.name)")
        }
    }

    private static func reencoded(_ bytes: UnsafeRawBufferPointer, _ name: String) -> [UInt8]? {
        switch name {
        case "file header": (try? FileHeader(decoding: bytes, at: place))?.encoded().bytes
        case "block header": (try? BlockHeader(decoding: bytes, at: place))?.encoded().bytes
        case "index": (try? BlockIndex(decoding: bytes, at: place))?.encoded()
        default: (try? Footer(decoding: bytes, at: place))?.encoded()
        }
    }

    private func mutate(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        let first = Int.random(in: 0..<bytes.count, using: &random)
        let second = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0:
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
        case 1:
            for place in first..<min(first + 16, bytes.count) { bytes[place] = UInt8.random(in: 0...255, using: &random) }
        case 2: for place in min(first, second)..<max(first, second) { bytes[place] = 0 }
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: first)
        case 4: bytes.remove(at: first)
        default: bytes.swapAt(first, second)
        }
        return bytes
    }
}
