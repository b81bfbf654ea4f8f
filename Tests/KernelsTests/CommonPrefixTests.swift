import KernelDispatch
import Testing

@Suite("common prefix")
struct CommonPrefixTests {
    @Test("stops at every offset of buffers that end at an unmapped page", arguments: KernelSet.available)
    func everyOffset(kernels: KernelSet) {
        let (first, second) = (GuardedBytes(capacity: 8192), GuardedBytes(capacity: 8192))
        for count in lengthsAroundLanes {
            let content = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 0x9D) }
            let (a, b) = (first.place(content), second.place(content))
            #expect(kernels.commonPrefix(a, b, count) == count)
            for place in stride(from: 0, to: count, by: count > 300 ? 37 : 1) {
                // One bit, the byte's lowest or highest.
                b.storeBytes(of: content[place] ^ (place & 1 == 0 ? 1 : 0x80), toByteOffset: place, as: UInt8.self)
                #expect(kernels.commonPrefix(a, b, count) == place, "byte \(place) of \(count)")
                b.storeBytes(of: content[place], toByteOffset: place, as: UInt8.self)
            }
        }
    }

    @Test("counts no byte at or beyond the limit, however the two are aligned", arguments: KernelSet.available)
    func alignments(kernels: KernelSet) {
        let memory = GuardedBytes(capacity: 4096)
        memory.start.initializeMemory(as: UInt8.self, repeating: 7, count: 4096)
        for misalignment in 0...63 {
            for limit in [0, 1, 7, 8, 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 600] {
                #expect(kernels.commonPrefix(memory.start + misalignment, memory.start + 1024 + 5, limit) == limit)
                #expect(kernels.commonPrefix(memory.start + 1024, memory.start + misalignment, limit) == limit)
                // Overlapping by all but one byte, as for the length of a run.
                #expect(kernels.commonPrefix(memory.start + misalignment, memory.start + misalignment + 1, limit) == limit)
            }
        }
    }

    @Test("measures a run as a prefix that it has in common with itself", arguments: KernelSet.available)
    func runs(kernels: KernelSet) {
        let memory = GuardedBytes(capacity: 4096)
        for count in [1, 2, 8, 16, 31, 32, 33, 64, 65, 128, 129, 300, 513] {
            for run in Set([1, 2, count / 2, count - 1, count]) where 1...count ~= run {
                let bytes = memory.last(count)
                bytes.initializeMemory(as: UInt8.self, repeating: 9, count: run)
                (bytes + run).initializeMemory(as: UInt8.self, repeating: 8, count: count - run)
                #expect(kernels.commonPrefix(bytes, bytes + 1, count - 1) == run - 1, "run of \(run) in \(count)")
            }
        }
    }
}
