import Codecs
import KernelDispatch
import Measurement
import Testing

@testable import BaleCommand

@Suite struct KernelReportTests {
    /// Kernels of the portable set measured on two chunks of zeros. `wrong` writes something else than is expected, `none` suits no chunk.
    private func report() throws -> KernelReport {
        let wrong = KernelBenchmark("wrong") { (chunk, _, memory) throws(CodecError) in
            let target = try memory.allocate(chunk.count)
            return PreparedKernel(byteCount: chunk.count, expected: chunk.bytes, output: { [UnsafeRawBufferPointer(target)] }) {
                target.copyMemory(from: chunk.bytes)
                target[17] = 1
                return true
            }
        }
        let none = KernelBenchmark("none") { (_, _, _) throws(CodecError) in nil }
        var time: UInt64 = 0
        let clock = Clock(shortestSpan: 1) {
            time += 4096
            return time
        }
        var measurement = try KernelMeasurement(
            [.memoryCopy, wrong, none], sets: [KernelSet.available[0]], chunkSize: 4096, runs: 1, clock: clock)
        measurement.chunkBuffer.initializeMemory(as: UInt8.self, repeating: 0)
        for offset in [0, 4096] { try measurement.measureChunk(at: offset) }
        return KernelReport(
            fileSize: 10_000, sample: ChunkSample(fileSize: 10_000, chunkSize: 4096), runs: 1, sets: measurement.setNames,
            figures: try #require(measurement.figures))
    }

    @Test func tableHasNoRowForAWrongKernel() throws {
        let text = try report().text(Path("a"), listsChunks: true)
        #expect(
            text == """
                a: 9.8 KiB, all 2 chunks of 4.0 KiB, 1 run
                order-0 entropy 0.000 bits a byte, R 0.000; chunks from 0.000 to 0.000
                chunks at bytes 0 4096
                kernel  set   best GB/s  median  spread  x portable  x memcpy  R
                memcpy  libc       1.00    1.00    1.00           -     1.000  -
                not measured, no chunk suits them: none


                """)
    }

    @Test func jsonTellsTheFault() throws {
        var writer = JSONWriter()
        let report = try report()
        writer.object { report.write(&$0) }
        let text = String(decoding: writer.bytes, as: UTF8.self)
        #expect(
            text == """
                {
                  "raw_bytes": 10000,
                  "chunk_bytes": 4096,
                  "chunks": 2,
                  "measured_offsets": [
                    0,
                    4096
                  ],
                  "runs": 1,
                  "sets": [
                    "portable"
                  ],
                  "entropy": {
                    "mean": 0.000000,
                    "lowest": 0.000000,
                    "highest": 0.000000
                  },
                  "kernels": [
                    {
                      "kernel": "memcpy",
                      "set": "libc",
                      "measured_chunks": 2,
                      "best_gbps": 1.000000,
                      "median_gbps": 1.000000,
                      "mean_gbps": 1.000000,
                      "spread": 1.000000,
                      "over_portable": null,
                      "over_memcpy": 1.000000,
                      "ratio": null
                    }
                  ],
                  "unsuited": [
                    "none"
                  ],
                  "faults": [
                    {
                      "kernel": "wrong",
                      "set": "portable",
                      "chunk_offset": 0,
                      "message": "kernel wrong on portable is wrong: in the chunk at byte 0 its output differs at byte 17 from what was expected"
                    }
                  ]
                }
                """)
    }

    @Test func saysWhichChunks() throws {
        let report = try report()
        func head(_ fileSize: Int, _ sampleSize: Int) -> String {
            let sample = ChunkSample(fileSize: fileSize, chunkSize: 4096, sampleSize: sampleSize)
            return KernelReport(fileSize: fileSize, sample: sample, runs: 5, sets: report.sets, figures: report.figures)
                .text(Path("a"), listsChunks: false).split(separator: "\n").first.map(String.init) ?? ""
        }
        #expect(head(100, 4096) == "a: 100 B, one chunk of 100 B, 5 runs")
        #expect(head(409_600, 40_960) == "a: 400.0 KiB, 10 of 100 chunks of 4.0 KiB, at even distances, 5 runs")
        #expect(head(409_600, 1) == "a: 400.0 KiB, 1 of 100 chunks of 4.0 KiB, the first, 5 runs")
    }
}
