import Codecs
@testable import Engine
import Format
import TestSupport
import Testing

/// A bit flipped in every byte, and truncations, of small archives, through all three readers. A reader either throws or gives exactly the
/// input; and as every byte of an archive is covered by a hash, giving the input counts as unnoticed too. A long run flips every bit and
/// cuts at every length.
@Suite struct HostileInputTests {
    /// Twenty archives that cover every codec and shape: empty, one byte, one block, several blocks, members end to end.
    struct Sample: Sendable, CustomTestStringConvertible {
        let name: String
        let parts: [(kind: SampleInput, size: Int)]
        let pipeline: String?

        var testDescription: String { name }

        init(_ name: String, _ parts: [(SampleInput, Int)], _ pipeline: String?) {
            self.name = name
            self.parts = parts.map { (kind: $0.0, size: $0.1) }
            self.pipeline = pipeline
        }

        var raw: [UInt8] { parts.flatMap { $0.kind.bytes($0.size) } }

        func archive() async throws -> [UInt8] {
            var archive: [UInt8] = []
            for part in parts { archive += try await makeArchive(part.kind.bytes(part.size), pipeline: pipeline) }
            return archive
        }
    }

    static let samples = [
        Sample("empty", [(.text, 0)], nil),
        Sample("one byte", [(.text, 1)], nil),
        Sample("stored", [(.random, 200)], "stored"),
        Sample("stored, chosen", [(.random, 300)], nil),
        Sample("constant", [(.zeros, 4000)], "constant"),
        Sample("constant blocks", [(.zeros, 3 * 4096)], "constant"),
        Sample("run-length", [(.runs, 1500)], "runlength"),
        Sample("run-length, deflated", [(.runs, 1500)], "runlength(deflate,deflate)"),
        Sample("run-length, stored streams", [(.runs, 900)], "runlength(stored,stored)"),
        Sample("run-length blocks", [(.sparse, 2 * 4096 + 7)], "runlength"),
        Sample("huffman", [(.skewed, 1200)], "huffman"),
        Sample("huffman, text", [(.text, 900)], "huffman"),
        Sample("huffman blocks", [(.skewed, 4096 + 99)], "huffman"),
        Sample("deflate", [(.text, 1500)], "deflate"),
        Sample("deflate blocks", [(.text, 4096 + 500)], "deflate"),
        Sample("lz4", [(.text, 900)], "lz4"),
        Sample("lz4hc", [(.table, 900)], "lz4hc"),
        Sample("chosen", [(.table, 2000)], nil),
        Sample("two members", [(.text, 300), (.skewed, 600)], nil),
        Sample("empty member first", [(.text, 0), (.zeros, 5000)], nil),
    ]

    /// Samples of which every bit outside the stored bytes is flipped: one of each shape, and the descriptor with children. Of the others
    /// one bit of every byte is: their frames differ in values only, and FormatTests flips every bit of each structure.
    static let shapes: Set = ["empty", "constant blocks", "run-length, deflated", "two members", "empty member first"]

    /// The numbers of the bits to flip: at least one of each byte, another from byte to byte.
    static func bits(of archive: [UInt8], _ sample: Sample) throws -> [Int] {
        let payloads = try payloads(of: archive)
        let wholeFrames = shapes.contains(sample.name)
        var bits: [Int] = []
        for byte in archive.indices {
            let isFrame = !payloads.contains { $0.contains(byte) }
            let first = 8 * byte
            if isLongRun || (wholeFrames && isFrame) {
                bits += first..<first + 8
            } else {
                bits.append(first + byte * 5 % 8)
            }
        }
        return bits
    }

    /// Where the stored bytes of each block stand.
    static func payloads(of archive: [UInt8]) throws -> [Range<Int>] {
        let input = MemoryInput(archive)
        return try ArchiveLocator.archives(in: input).flatMap { archive in
            try archive.index.entries.indices.map { ordinal in
                let entry = archive.index.entries[ordinal]
                let header = try archive.header(ofBlock: ordinal, in: input)
                let end = Int(archive.offset + entry.storedOffset) + entry.span
                return end - header.storedSize..<end
            }
        }
    }

    @Test(arguments: samples)
    func bitFlipsAreNoticed(sample: Sample) async throws {
        let raw = sample.raw
        let archive = try await sample.archive()
        #expect(archive.count <= 4096)
        for reader in Reader.allCases { try #require(try await reader.read(archive) == raw) }
        let bits = try Self.bits(of: archive, sample)
        #expect(Set(bits.map { $0 / 8 }).count == archive.count)
        var unnoticed: [String] = []
        for bit in bits {
            var damaged = archive
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            for reader in Reader.allCases {
                if let bytes = try? await reader.read(damaged) {
                    unnoticed.append("\(reader) bit \(bit): \(bytes == raw ? "right" : "WRONG") bytes")
                }
            }
        }
        print("bit flips in '\(sample.name)': tested \(bits.count * Reader.allCases.count), failed \(unnoticed.count)")
        #expect(unnoticed.isEmpty, "\(unnoticed.prefix(20))")
    }

    /// Every length, but within stored bytes, farther than 16 from either end, only each ninth.
    @Test(arguments: samples)
    func truncationsAreNoticed(sample: Sample) async throws {
        let archive = try await sample.archive()
        let inner = isLongRun ? [] : try Self.payloads(of: archive).filter { $0.count > 32 }.map { $0.dropFirst(16).dropLast(16) }
        // What is left of two members may be all of the first, and then is a whole archive.
        let first = sample.parts[0]
        let whole = sample.parts.count > 1 ? try await makeArchive(first.kind.bytes(first.size), pipeline: sample.pipeline).count : -1
        var lengths: [Int] = []
        for length in archive.indices where length != whole {
            let isInner = inner.contains { $0.contains(length) }
            if !isInner || length % 9 == 0 { lengths.append(length) }
        }
        var unnoticed: [String] = []
        for length in lengths {
            for reader in Reader.allCases where (try? await reader.read(Array(archive[..<length]))) != nil {
                unnoticed.append("\(reader) length \(length)")
            }
        }
        print("truncations of '\(sample.name)': tested \(lengths.count * Reader.allCases.count), failed \(unnoticed.count)")
        #expect(unnoticed.isEmpty, "\(unnoticed.prefix(20))")
    }

    /// What a damaged archive gives up of its output before the damage is met must be the right bytes.
    @Test(arguments: samples.filter { $0.name.contains("blocks") || $0.name.contains("member") })
    func nothingWrongIsHandedOn(sample: Sample) async throws {
        let raw = sample.raw
        let archive = try await sample.archive()
        for bit in stride(from: 0, to: archive.count * 8, by: isLongRun ? 7 : 23) {
            var damaged = archive
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            let sink = MemorySink()
            _ = try? await DecompressionEngine(workers: 2).run(from: MemoryInput(damaged), to: sink)
            #expect(raw.starts(with: sink.bytes), "bit \(bit)")
            let salvaged = MemorySink()
            let report = try? await SalvageEngine(workers: 2).run(from: MemoryInput(damaged), to: salvaged)
            guard let report else { continue }
            for range in report.archives.flatMap(\.recovered) where report.archives.count == sample.parts.count {
                let part = Int(range.lowerBound)..<Int(range.upperBound)
                #expect(salvaged.bytes[part] == raw[part], "salvage, bit \(bit)")
            }
        }
    }

    @Test func randomBytesAreNotAnArchive() async throws {
        var random = SplitMix64(seed: SplitMix64.runSeed)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            for reader in Reader.allCases {
                #expect((try? await reader.read(bytes)) == nil, "seed \(random.seed)")
            }
        }
    }
}
