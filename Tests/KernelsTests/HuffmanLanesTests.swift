import Kernels
import Testing

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

        init(_ random: inout HuffmanRandom, symbols: Int) {
            let lengths = HuffmanCodeTests.lengths(random.counts(symbols: symbols, octaves: 1 + random.next() % 20)).lengths
            code.lengths.update(from: lengths, count: 256)
            code.build()
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

    @Test(arguments: [1, 2, 4])
    func agreesWithBits(_ groups: Int) {
        for seed in 0..<24 as Range<UInt64> {
            var random = HuffmanRandom(seed: seed)
            let call = Call(&random, symbols: [2, 3, 17, 100, 256][Int(seed % 5)])
            let steps = [1, 2, 3, 4, 5, 7, 8, 9, 31, 40][Int(seed % 10)]
            let used = (0..<256).filter { call.code.lengths[$0] > 0 }.map { UInt8($0) }
            let symbols = (0..<steps * 32 * groups).map { _ in used.randomElement(using: &random)! }
            let start = (0..<32 * groups).map { _ in 1 << 16 | UInt32(random.next() & 0xFFFF) }
            let (expectedLanes, expectedWords) = Self.naive(symbols, groups, start, call.code)
            var lanes = start
            let words = call.encode(symbols, groups, &lanes, by: HuffmanEncode.portable)
            #expect(lanes == expectedLanes, "seed \(seed)")
            #expect(words == expectedWords, "seed \(seed)")
            let decoded = call.decode(words, steps, &lanes, by: HuffmanDecode.portable)
            #expect(decoded.symbols == symbols && decoded.isExact && lanes == start, "seed \(seed)")
            lanes = expectedLanes
            let missing = words.map { Array($0.dropLast(2)) }
            if missing != words { #expect(!call.decode(missing, steps, &lanes, by: HuffmanDecode.portable).isExact, "seed \(seed)") }
            lanes = expectedLanes
            #expect(!call.decode(words.map { $0 + [0, 0] }, steps, &lanes, by: HuffmanDecode.portable).isExact, "seed \(seed)")
        }
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
