import Codecs
import KernelDispatch
import Synchronization
import TestSupport
import Testing

@testable import Measurement

/// A clock that goes on by itself, so that no test depends on the machine's speed.
private func steadyClock() -> Clock {
    nonisolated(unsafe) var time: UInt64 = 0
    return Clock(shortestSpan: 1) {
        time += 100
        return time
    }
}

/// Measures the benchmarks on chunks of a sample.
private func figures(
    _ benchmarks: [KernelBenchmark], sets: [KernelSet] = KernelSet.available, input: SampleInput = .text, chunkSize: Int = 70_000,
    chunks: Int = 1
) throws -> KernelFigures {
    var measurement = try KernelMeasurement(benchmarks, sets: sets, chunkSize: chunkSize, runs: 2, clock: steadyClock())
    for index in 0..<chunks {
        measurement.chunkBuffer.copyBytes(from: input.bytes(chunkSize, seed: UInt64(index)))
        try measurement.measureChunk(at: index * chunkSize)
    }
    return try #require(measurement.figures)
}

/// Copies the chunk; what a set writes is changed by `lie` first, which gets the number of the call.
private func copying(
    _ name: String = "copying", expects: Bool = false, lie: @escaping @Sendable (KernelSet, Int, UnsafeMutableRawBufferPointer) -> Bool
) -> KernelBenchmark {
    KernelBenchmark(name) { (chunk, kernels, memory) throws(CodecError) in
        let target = try memory.allocate(chunk.count)
        var calls = 0
        return PreparedKernel(
            byteCount: chunk.count, expected: expects ? chunk.bytes : nil, output: { [UnsafeRawBufferPointer(target)] }
        ) {
            target.copyMemory(from: chunk.bytes)
            calls += 1
            return lie(kernels, calls, target)
        }
    }
}

@Suite struct KernelMeasurementTests {
    @Test(arguments: SampleInput.allCases, [1, 100, 5000, 70_000])
    func everyKernelIsRightOnEverySet(_ input: SampleInput, _ chunkSize: Int) throws {
        let figures = try figures(KernelBenchmark.all, input: input, chunkSize: chunkSize)
        #expect(figures.faults == [])
        let kernels = Set(figures.rows.map(\.kernel))
        #expect(kernels.union(figures.unsuited) == Set(KernelBenchmark.all.map(\.name)))
        #expect(kernels.isDisjoint(with: figures.unsuited))
    }

    @Test func namesAreUnique() {
        let names = KernelBenchmark.all.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test func everySetHasARow() throws {
        let figures = try figures(KernelBenchmark.named(["huffman"]), chunks: 3)
        #expect(figures.unsuited == [])
        for kernel in ["huffman-encode", "huffman-decode", "huffman-codec-encode", "huffman-codec-decode"] {
            let rows = figures.rows.filter { $0.kernel == kernel }
            #expect(rows.map(\.set) == KernelSet.available.map(\.name.rawValue))
            #expect(rows.allSatisfy { $0.chunkCount == 3 })
            #expect(rows[0].overPortable == 1)
            #expect(rows.allSatisfy { ($0.ratio != nil) == (kernel == "huffman-codec-encode") })
        }
    }

    @Test func findsAKernelThatDoesNotGiveWhatIsExpected() throws {
        let liar = copying(expects: true) { _, _, target in
            target[4711] ^= 1
            return true
        }
        let figures = try figures([liar, .memoryCopy], sets: [KernelSet.available[0]])
        #expect(figures.rows.map(\.kernel) == ["memcpy"])
        let fault = try #require(figures.faults.first)
        #expect(fault.kernel == "copying")
        #expect(fault.set == "portable")
        #expect(fault.description.contains("byte 4711"))
        #expect(figures.unsuited == [])
    }

    @Test(.enabled(if: KernelSet.available.count > 1)) func findsASetThatDiffersFromThePortableOne() throws {
        let liar = copying { kernels, _, target in
            if kernels.name == .avx2 { target[9] ^= 0x80 }
            return true
        }
        let figures = try figures([liar], chunks: 2)
        #expect(figures.rows.map(\.set) == KernelSet.available.map(\.name.rawValue).filter { $0 != "avx2" })
        #expect(figures.faults.map(\.set) == ["avx2"], "once, on the first chunk")
        #expect(figures.faults.first?.chunkOffset == 0)
    }

    @Test(.enabled(if: KernelSet.available.count > 1)) func findsBytesThatNobodyWrote() throws {
        let lazy = KernelBenchmark("lazy") { (chunk, _, memory) throws(CodecError) in
            let target = try memory.allocate(chunk.count)
            return PreparedKernel(byteCount: chunk.count, output: { [UnsafeRawBufferPointer(target)] }) { true }
        }
        let figures = try figures([lazy])
        #expect(figures.faults.map(\.set) == KernelSet.available.dropFirst().map(\.name.rawValue))
    }

    @Test func findsAKernelThatGoesWrongLater() throws {
        let late = copying(expects: true) { _, call, target in
            if call > 2 { target[0] ^= 1 }
            return true
        }
        #expect(try figures([late], sets: [KernelSet.available[0]]).faults.count == 1)
        let failing = copying(expects: true) { _, call, _ in call < 3 }
        let figures = try figures([failing], sets: [KernelSet.available[0]])
        #expect(figures.rows.isEmpty)
        #expect(figures.faults.map(\.reason) == ["it fails"])
    }

    @Test func measuresARightKernelOfSomebodyElse() throws {
        let honest = copying(expects: true) { _, _, _ in true }
        let figures = try figures([honest], sets: [KernelSet.available[0]], chunks: 4)
        let row = try #require(figures.rows.first)
        #expect(row.chunkCount == 4)
        // The clock goes on by 100 ns for each turn of 70,000 bytes.
        #expect(row.bestSpeed == 700)
        #expect(row.medianSpeed == 700)
        #expect(row.meanSpeed == 700)
        #expect(row.overCopy == 1)
        #expect(row.spread == 1)
    }

    @Test func findsKernelsByName() throws {
        #expect(try KernelBenchmark.named([]).count == KernelBenchmark.all.count)
        #expect(
            try KernelBenchmark.named(["memcpy", "huffman-codec"]).map(\.name) == [
                "memcpy", "huffman-codec-encode", "huffman-codec-decode",
            ])
        #expect(throws: MeasurementError.unknownKernel("huff")) { try KernelBenchmark.named(["memcpy", "huff"]) }
    }
}
