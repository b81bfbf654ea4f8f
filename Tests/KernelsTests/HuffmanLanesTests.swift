import CIntrinsics
import Kernels
import KernelsAVX2
import KernelsAVX512
import Testing

/// A pair of lane kernels under test.
struct HuffmanKernels: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let encode: HuffmanLanes.Encode
    let decode: HuffmanLanes.Decode

    /// Every pair that this processor can run.
    static let available: [HuffmanKernels] = {
        var kernels = [HuffmanKernels(testDescription: "portable", encode: HuffmanEncode.portable, decode: HuffmanDecode.portable)]
        #if arch(x86_64)
            if cpu_supports_avx2() {
                kernels.append(
                    HuffmanKernels(testDescription: "avx2", encode: HuffmanEncodeAVX2.encode, decode: HuffmanDecodeAVX2.decode))
            }
            if cpu_supports_avx512() {
                kernels.append(
                    HuffmanKernels(testDescription: "avx512", encode: HuffmanEncodeAVX512.encode, decode: HuffmanDecodeAVX512.decode))
            }
        #endif
        return kernels
    }()
}

/// The lane kernels against the layout written out with arrays of bits.
@Suite struct HuffmanLanesTests {
    /// Memory of a kernel call; words end, and symbols lie, before noise that must stay.
    private final class Call {
        let code = HuffmanCode(at: .allocate(byteCount: HuffmanCode.size, alignment: 64))
        let workspace = UnsafeMutableRawPointer.allocate(byteCount: HuffmanLanes.workspaceSize, alignment: 64)
        deinit {
            code.base.deallocate()
            workspace.deallocate()
        }

        init(lengths: [UInt8]) {
            code.lengths.update(from: lengths, count: 256)
            code.build()
        }

        convenience init(_ random: inout HuffmanRandom, symbols: Int) {
            self.init(lengths: HuffmanCodeTests.lengths(random.counts(symbols: symbols, octaves: 1 + random.next() % 20)).lengths)
        }

        /// Symbols as the code expects them: the ranks of random bits.
        func symbols(_ count: Int, _ random: inout HuffmanRandom) -> [UInt8] {
            (0..<count).map { _ in
                let bits = UInt32(random.next() & 0xFFFF)
                let length = (1...12).first { bits < code.limits[$0] } ?? 12
                return code.ranked[Int(UInt16(truncatingIfNeeded: bits >> UInt32(16 - length)) &+ code.offsets[length])]
            }
        }

        func encode(
            _ symbols: [UInt8], _ groups: Int, _ lanes: inout [UInt32], by kernel: HuffmanLanes.Encode
        ) -> [[UInt8]] {
            let steps = symbols.count / (32 * groups)
            let size = 48 * steps + 64
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: groups * size + 128, alignment: 1)
            defer { memory.deallocate() }
            memory.initializeMemory(as: UInt8.self, repeating: 0xA5)
            var words = (0..<groups).map { memory.baseAddress! + ($0 + 1) * size }
            kernel(symbols, steps, groups, code, &lanes, &words, workspace)
            #expect(memory[(groups * size)...].allSatisfy { $0 == 0xA5 }, "written behind the words")
            return (0..<groups).map { group in
                Array(UnsafeRawBufferPointer(start: words[group], count: memory.baseAddress! + (group + 1) * size - words[group]))
            }
        }

        /// Each group's words lie apart from the others', followed by noise.
        func decode(
            _ words: [[UInt8]], _ steps: Int, _ lanes: inout [UInt32], by kernel: HuffmanLanes.Decode
        ) -> (symbols: [UInt8], isExact: Bool) {
            let copies = words.map { group in
                let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: group.count + 128, alignment: 1)
                copy.copyBytes(from: group + Array(repeating: 0xA5, count: 128))
                return copy
            }
            defer { copies.forEach { $0.deallocate() } }
            let ranges = zip(copies, words).map { UnsafeRawBufferPointer(start: $0.baseAddress, count: $1.count) }
            let count = steps * 32 * words.count
            var symbols = Array(repeating: UInt8(0xA5), count: count + 64)
            let isExact = kernel(&symbols, steps, words.count, code, &lanes, ranges, workspace)
            #expect(symbols[count...].allSatisfy { $0 == 0xA5 }, "written behind the symbols")
            return (Array(symbols[..<count]), isExact)
        }
    }

    /// Lanes as strings of bits, and the words of each group, first to last.
    private static func naive(_ symbols: [UInt8], _ groups: Int, _ lanes: [UInt32], _ code: HuffmanCode) -> ([UInt32], [[UInt8]]) {
        var queues = lanes.map { lane in (0..<31 - lane.leadingZeroBitCount).reversed().map { lane >> UInt32($0) & 1 } }
        var words: [[UInt8]] = Array(repeating: [], count: groups)
        for index in symbols.indices.reversed() {
            let lane = index % (32 * groups)
            let entry = UInt32(code.entries[Int(symbols[index])])
            let bits = (0..<entry & 15).reversed().map { entry >> (4 + $0) & 1 }
            if queues[lane].count + bits.count >= 32 {
                let word = queues[lane].suffix(16).reduce(0) { $0 << 1 | $1 }
                queues[lane].removeLast(16)
                words[groups == 1 ? 0 : lane / 64 * 2 + lane % 2].insert(contentsOf: [UInt8(word & 0xFF), UInt8(word >> 8)], at: 0)
            }
            queues[lane] = bits + queues[lane]
        }
        return (queues.map { $0.reduce(1) { $0 << 1 | $1 } }, words)
    }

    @Test(arguments: HuffmanKernels.available, [1, 2, 4])
    func agreesWithBits(_ kernels: HuffmanKernels, _ groups: Int) {
        for seed in 0..<24 as Range<UInt64> {
            var random = HuffmanRandom(seed: seed)
            let call = Call(&random, symbols: [2, 3, 17, 100, 256][Int(seed % 5)])
            let steps = [1, 2, 3, 4, 5, 7, 8, 9, 31, 40][Int(seed % 10)]
            let used = (0..<256).filter { call.code.lengths[$0] > 0 }.map { UInt8($0) }
            let symbols = (0..<steps * 32 * groups).map { _ in used.randomElement(using: &random)! }
            let start = (0..<32 * groups).map { _ in 1 << 16 | UInt32(random.next() & 0xFFFF) }
            let (expectedLanes, expectedWords) = Self.naive(symbols, groups, start, call.code)
            var lanes = start
            let words = call.encode(symbols, groups, &lanes, by: kernels.encode)
            #expect(lanes == expectedLanes, "seed \(seed)")
            #expect(words == expectedWords, "seed \(seed)")
            let decoded = call.decode(words, steps, &lanes, by: kernels.decode)
            #expect(decoded.symbols == symbols && decoded.isExact && lanes == start, "seed \(seed)")
            lanes = expectedLanes
            let missing = words.map { Array($0.dropLast(2)) }
            if missing != words { #expect(!call.decode(missing, steps, &lanes, by: kernels.decode).isExact, "seed \(seed)") }
            lanes = expectedLanes
            #expect(!call.decode(words.map { $0 + [0, 0] }, steps, &lanes, by: kernels.decode).isExact, "seed \(seed)")
        }
    }

    /// Lanes and words that no encoder wrote: all kernels must say the same of them, and the same symbols when they are used up.
    @Test(arguments: [1, 2, 4])
    func agreeOnGarbage(_ groups: Int) {
        for seed in 0..<200 as Range<UInt64> {
            var random = HuffmanRandom(seed: seed)
            let call = Call(&random, symbols: 2 + Int(random.next() % 255))
            let steps = 1 + Int(random.next() % 20)
            let words = (0..<groups).map { _ in (0..<2 * (random.next() % 200)).map { _ in UInt8(truncatingIfNeeded: random.next()) } }
            let start = (0..<32 * groups).map { _ in
                let bits = UInt32(16 + random.next() % 16)
                return 1 << bits | UInt32(truncatingIfNeeded: random.next()) & (1 << bits - 1)
            }
            var expectedLanes = start
            let expected = call.decode(words, steps, &expectedLanes, by: HuffmanDecode.portable)
            for kernels in HuffmanKernels.available.dropFirst() {
                var lanes = start
                let decoded = call.decode(words, steps, &lanes, by: kernels.decode)
                #expect(decoded.isExact == expected.isExact, "seed \(seed)")
                if expected.isExact { #expect(decoded.symbols == expected.symbols && lanes == expectedLanes, "seed \(seed)") }
            }
        }
    }

    /// Long enough that every table, shift and count of taken words occurs; exact words for the decoder to use up.
    @Test(arguments: HuffmanKernels.available, [1, 2, 4])
    func agreesWithPortable(_ kernels: HuffmanKernels, _ groups: Int) {
        for seed in 0..<10 as Range<UInt64> {
            var random = HuffmanRandom(seed: seed)
            let call = Call(&random, symbols: [2, 30, 128, 129, 256][Int(seed % 5)])
            let symbols = call.symbols(200 * 32 * groups, &random)
            Self.expectAgreement(kernels, call, symbols, groups, &random, "seed \(seed)")
        }
    }

    /// Kernels choose tables by where the symbols in use lie, and how many they are.
    @Test(arguments: HuffmanKernels.available, [1, 2, 4])
    func agreesWhereverSymbolsLie(_ kernels: HuffmanKernels, _ groups: Int) {
        for (index, span) in [2, 63, 64, 65, 127, 128, 129, 255, 256].enumerated() {
            for first in Set([0, 1, 100, 255 - span, 256 - span]) where first >= 0 && first + span <= 256 {
                var random = HuffmanRandom(seed: UInt64(1000 * index + first))
                var counts = Array(repeating: UInt32(0), count: 256)
                // Every symbol in between, or two of three.
                for symbol in first..<first + span { counts[symbol] = UInt32(random.next() % 3) + (first == 100 ? 0 : 1) }
                counts[first] = 5
                counts[first + span - 1] = 1
                let call = Call(lengths: HuffmanCodeTests.lengths(counts).lengths)
                let symbols = call.symbols(20 * 32 * groups, &random)
                Self.expectAgreement(kernels, call, symbols, groups, &random, "\(span) symbols from \(first) on")
            }
        }
    }

    /// Codes with one symbol of each length, and flat ones: every longest and every shortest length.
    @Test(arguments: HuffmanKernels.available, [1, 2, 4])
    func agreesForEveryLongestLength(_ kernels: HuffmanKernels, _ groups: Int) {
        for longest in 1...12 {
            var random = HuffmanRandom(seed: UInt64(longest))
            let skewed = (1...longest).map { UInt8($0) } + [UInt8(longest)]
            let flat = Array(repeating: UInt8(longest), count: 1 << longest)
            for lengths in [skewed, flat] where lengths.count <= 256 {
                let call = Call(lengths: lengths + Array(repeating: 0, count: 256 - lengths.count))
                // Rare symbols too, and lanes that are all ones.
                let used = (0..<lengths.count).map { UInt8($0) } + Array(repeating: UInt8(lengths.count - 1), count: 6)
                let symbols = (0..<40 * 32 * groups).map { _ in used.randomElement(using: &random)! }
                Self.expectAgreement(kernels, call, symbols, groups, &random, "longest \(longest)")
            }
        }
    }

    /// The kernels write the same words and lanes as the portable ones, and read them back.
    private static func expectAgreement(
        _ kernels: HuffmanKernels, _ call: Call, _ symbols: [UInt8], _ groups: Int, _ random: inout HuffmanRandom, _ comment: Comment
    ) {
        let start = (0..<32 * groups).map { _ in 1 << 16 | UInt32(random.next() & 0xFFFF) }
        var expectedLanes = start
        let expectedWords = call.encode(symbols, groups, &expectedLanes, by: HuffmanEncode.portable)
        var lanes = start
        let words = call.encode(symbols, groups, &lanes, by: kernels.encode)
        #expect(words == expectedWords && lanes == expectedLanes, comment)
        let decoded = call.decode(words, symbols.count / (32 * groups), &lanes, by: kernels.decode)
        #expect(decoded.symbols == symbols && decoded.isExact && lanes == start, comment)
    }

    @Test func packedLanes() {
        var random = HuffmanRandom(seed: 5)
        for count in [32, 64, 128] {
            let lanes = (0..<count).map { _ in (1 << 16 | UInt32(random.next() & 0xFFFF)) << UInt32(random.next() % 16) | 1 }
            var bytes = Array(repeating: UInt8(0xA5), count: count / 32 * HuffmanLanes.maximumPackedSize + 16)
            let size = HuffmanLanes.pack(lanes, count: count, into: &bytes)
            let bits = lanes.reduce(0) { $0 + 35 - $1.leadingZeroBitCount }
            #expect(size == (bits + 7) / 8)
            var read = Array(repeating: UInt32(0), count: count)
            func unpack(_ size: Int) -> Int? {
                bytes.withUnsafeBytes { HuffmanLanes.unpack(UnsafeRawBufferPointer(rebasing: $0[..<size]), count: count, into: &read) }
            }
            #expect(unpack(size) == size && read == lanes)
            #expect(unpack(size - 1) == nil && unpack(0) == nil)
            if bits % 8 != 0 {
                bytes[size - 1] |= 1
                #expect(unpack(size) == nil)
            }
        }
    }
}
