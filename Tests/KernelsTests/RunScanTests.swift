import KernelDispatch
import Kernels
import TestSupport
import Testing

/// The definition, byte by byte: starts and ends of all runs.
func naiveRuns(_ bytes: some RandomAccessCollection<UInt8>) -> [[Int]] {
    var runs: [[Int]] = []
    var first = bytes.startIndex
    var at = first
    while at < bytes.endIndex {
        bytes.formIndex(after: &at)
        if at == bytes.endIndex || bytes[at] != bytes[first] {
            let (start, end) = (bytes.distance(from: bytes.startIndex, to: first), bytes.distance(from: bytes.startIndex, to: at))
            if end - start >= 16 { runs.append([start, end]) }
            first = at
        }
    }
    return runs
}

/// Bytes of runs up to `longest`, of few values.
func randomRuns(_ count: Int, longest: Int, using generator: inout SplitMix64) -> [UInt8] {
    var content: [UInt8] = []
    while content.count < count {
        let length = min(count - content.count, Int.random(in: 1...longest, using: &generator))
        content += repeatElement(UInt8.random(in: 0...3, using: &generator), count: length)
    }
    return content
}

/// No two neighbours are equal, and 255 does not occur.
private func background(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(($0 * 37) % 251) } }

extension KernelSet {
    /// All runs, relative to `start`, found `capacity` at a time.
    fileprivate func runs(_ bytes: UnsafeRawPointer, _ start: Int, _ end: Int, capacity: Int = 64) -> [[Int]] {
        let size = RunScan.listCount(capacity: capacity)
        let list = UnsafeMutablePointer<UInt32>.allocate(capacity: size + 16)
        list.initialize(repeating: 0xA5A5_A5A5, count: size + 16)
        defer { list.deallocate() }
        var runs: [[Int]] = []
        var at = start
        while true {
            let found = findRuns(bytes, at, end, list, capacity)
            for run in 0..<found { runs.append([Int(list[2 * run]) - start, Int(list[2 * run + 1]) - start]) }
            #expect((size..<size + 16).allSatisfy { list[$0] == 0xA5A5_A5A5 }, "written behind the list")
            if found < capacity { return runs }
            at = Int(list[2 * found - 1])
        }
    }
}

@Suite("run scan")
struct RunScanTests {
    @Test("finds a run at every offset of a buffer that ends at an unmapped page", arguments: KernelSet.available)
    func everyOffset(kernels: KernelSet) {
        let memory = GuardedBytes(capacity: 8192)
        for count in Array(0...80) + [127, 128, 129, 511, 512, 513, 514, 520, 521, 528, 529, 600, 1024, 1025, 1026, 1600] {
            let content = background(count)
            let bytes = memory.place(content)
            #expect(kernels.runs(bytes, 0, count) == [])
            guard count >= 16 else { continue }
            for start in stride(from: 0, through: count - 16, by: count < 100 ? 1 : 5) {
                (bytes + start).initializeMemory(as: UInt8.self, repeating: 255, count: 15)
                #expect(kernels.runs(bytes, 0, count) == [], "15 bytes at \(start) of \(count)")
                bytes.storeBytes(of: 255, toByteOffset: start + 15, as: UInt8.self)
                #expect(kernels.runs(bytes, 0, count) == [[start, start + 16]], "16 bytes at \(start) of \(count)")
                for at in start..<start + 16 { bytes.storeBytes(of: content[at], toByteOffset: at, as: UInt8.self) }
            }
        }
    }

    @Test("finds a run of every length across blocks", arguments: KernelSet.available)
    func everyLength(kernels: KernelSet) {
        let memory = GuardedBytes(capacity: 4096)
        for length in Array(16...90) + [500, 511, 512, 513, 514, 519, 520, 521, 1023, 1024, 1025, 1500] {
            for start in [0, 1, 7, 8, 9, 400, 495, 496, 497, 500, 503, 504, 505, 511, 512, 513, 520] {
                for rest in [0, 9, 513] {
                    let content = background(start) + Array(repeating: 255, count: length) + background(rest)
                    let bytes = memory.place(content)
                    #expect(kernels.runs(bytes, 0, content.count) == [[start, start + length]], "\(length) at \(start), then \(rest)")
                }
            }
        }
    }

    @Test("equal bytes before the start and after the end do not count", arguments: KernelSet.available)
    func poison(kernels: KernelSet) {
        let memory = GuardedBytes(capacity: 4096)
        for misalignment in 0...63 {
            for count in [0, 1, 15, 16, 31, 64, 127, 128, 200, 256, 300, 513, 514, 528, 530] {
                let margin = 128 + misalignment
                memory.start.initializeMemory(as: UInt8.self, repeating: 255, count: margin + count + 128)
                let end = margin + count
                for at in margin..<end { memory.start.storeBytes(of: UInt8((at * 37) % 251), toByteOffset: at, as: UInt8.self) }
                let edge = min(15, count / 2)
                (memory.start + margin).initializeMemory(as: UInt8.self, repeating: 255, count: edge)
                (memory.start + end - edge).initializeMemory(as: UInt8.self, repeating: 255, count: edge)
                let expected = 2 * edge >= count && count >= 16 ? [[0, count]] : []
                #expect(kernels.runs(memory.start, margin, end) == expected, "\(count) bytes at \(misalignment)")
            }
        }
    }

    @Test("agrees with the definition on random runs, some at a time", arguments: KernelSet.available)
    func random(kernels: KernelSet) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let memory = GuardedBytes(capacity: 40_000)
        for round in 0..<200 {
            let longest = [8, 20, 40, 80, 600, 5000][round % 6]
            let count = round % 20 == 0 ? 36_000 : Int.random(in: 0...3000, using: &generator)
            let content = randomRuns(count, longest: longest, using: &generator)
            let bytes = memory.place(content)
            let start = Int.random(in: 0...min(count, 100), using: &generator)
            let end = Int.random(in: max(start, count - 100)...count, using: &generator)
            let capacity = Int.random(in: 1...20, using: &generator)
            #expect(kernels.runs(bytes, start, end, capacity: capacity) == naiveRuns(content[start..<end]), "seed \(seed), round \(round)")
        }
    }
}
