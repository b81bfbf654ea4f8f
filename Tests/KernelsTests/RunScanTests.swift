import KernelDispatch
import TestSupport
import Testing

/// The definition, byte by byte.
private func naiveFirstRunStart(_ bytes: [UInt8], _ start: Int, _ end: Int, _ minimum: Int) -> Int {
    var first = start
    for at in start..<end {
        if bytes[at] != bytes[first] { first = at }
        if at - first + 1 == minimum { return first }
    }
    return end
}

/// No two neighbours are equal, and 255 does not occur.
private func background(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(($0 * 37) % 251) } }

@Suite("run scan")
struct RunScanTests {
    @Test("finds a run at every offset of a buffer that ends at an unmapped page", arguments: KernelSet.available)
    func everyOffset(kernels: KernelSet) {
        let memory = GuardedBytes(capacity: 8192)
        for count in lengthsAroundLanes {
            let bytes = memory.place(background(count))
            #expect(kernels.firstRunStart(bytes, 0, count, 16) == count)
            guard count >= 16 else { continue }
            let step = count > 300 ? 61 : 1
            for start in stride(from: 0, through: count - 16, by: step) {
                let hidden = bytes.load(fromByteOffset: start + 15, as: UInt8.self)
                (bytes + start).initializeMemory(as: UInt8.self, repeating: 255, count: 15)
                #expect(kernels.firstRunStart(bytes, 0, count, 16) == count, "15 bytes at \(start) of \(count)")
                bytes.storeBytes(of: 255, toByteOffset: start + 15, as: UInt8.self)
                #expect(kernels.firstRunStart(bytes, 0, count, 16) == start, "16 bytes at \(start) of \(count)")
                bytes.storeBytes(of: hidden, toByteOffset: start + 15, as: UInt8.self)
                for at in start..<start + 15 { bytes.storeBytes(of: UInt8((at * 37) % 251), toByteOffset: at, as: UInt8.self) }
            }
        }
    }

    @Test("equal bytes before the start and after the end do not count", arguments: KernelSet.available)
    func poison(kernels: KernelSet) {
        let memory = GuardedBytes(capacity: 4096)
        for misalignment in 0...63 {
            for count in [0, 1, 15, 16, 31, 64, 127, 128, 200, 256, 300, 513] {
                let margin = 128 + misalignment
                memory.start.initializeMemory(as: UInt8.self, repeating: 255, count: margin + count + 128)
                let end = margin + count
                for at in margin..<end { memory.start.storeBytes(of: UInt8((at * 37) % 251), toByteOffset: at, as: UInt8.self) }
                let edge = min(15, count / 2)
                (memory.start + margin).initializeMemory(as: UInt8.self, repeating: 255, count: edge)
                (memory.start + end - edge).initializeMemory(as: UInt8.self, repeating: 255, count: edge)
                let expected = 2 * edge >= count && count >= 16 ? margin : end
                #expect(kernels.firstRunStart(memory.start, margin, end, 16) == expected, "\(count) bytes at \(misalignment)")
            }
        }
    }

    @Test("agrees with the definition on random runs", arguments: KernelSet.available)
    func random(kernels: KernelSet) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let memory = GuardedBytes(capacity: 4096)
        for round in 0..<400 {
            var content: [UInt8] = []
            let longest = [20, 80, 600][round % 3]
            let count = Int.random(in: 0...1200, using: &generator)
            while content.count < count {
                let length = min(count - content.count, Int.random(in: 1...longest, using: &generator))
                content += repeatElement(UInt8.random(in: 0...3, using: &generator), count: length)
            }
            let bytes = memory.place(content)
            let start = Int.random(in: 0...count, using: &generator)
            let end = Int.random(in: start...count, using: &generator)
            for minimum in [15, 16, 17, Int.random(in: 18...100, using: &generator), 333] {
                let expected = naiveFirstRunStart(content, start, end, minimum)
                #expect(kernels.firstRunStart(bytes, start, end, minimum) == expected, "seed \(seed), round \(round), minimum \(minimum)")
            }
        }
    }
}
