import Measurement
import Testing

@testable import BaleCommand

private func json(_ write: (inout JSONWriter) -> Void) -> String {
    var writer = JSONWriter()
    writer.object { write(&$0) }
    return String(decoding: writer.bytes, as: UTF8.self)
}

@Suite struct AdviceReportTests {
    /// Two rows of a megabyte: seconds to compress and to decompress.
    private func report(_ goal: Advice.Goal) -> AdviceReport {
        func row(_ name: String, _ size: Int, _ compress: Double, _ decompress: Double) -> Comparison.Row {
            func step(_ seconds: Double) -> Comparison.Step {
                Comparison.Step(seconds: Timings([seconds]), processorSeconds: Timings([seconds]))
            }
            return Comparison.Row(
                name: name, kind: .peer, tool: name, setting: "1", threads: 1, rawSize: 1_000_000, packedSize: size,
                compression: step(compress), decompression: step(decompress))
        }
        let rows = [row("fast", 500_000, 0.002, 0.001), row("slow", 400_000, 0.1, 0.002)]
        let yardsticks = Comparison.Yardsticks(orderZeroEntropy: 8, orderOneEntropy: 8, memoryCopySpeed: 1e10)
        return AdviceReport(advice: AdviceModel.advise(goal, rows: rows, yardsticks: yardsticks))
    }

    @Test func transferShowsItsParts() {
        #expect(
            report(.transfer(bytesPerSecond: 100e6)).text == """
                advice for sending at 100 MB/s: fast; next is uncompressed, which costs 98.0 % more
                contender     s per GB  compress    send  decompress
                fast            5.0503    2.0000  5.0000      1.0000
                uncompressed     10.00    0.0000   10.00      0.0000
                slow             100.1     100.0  4.0000      2.0000
                Compressing, sending at 100 MB/s and decompressing run beside each other, so the slowest of them counts, and the first \
                16 MiB pass through one after the other. Times add up for programs that cannot write to a pipe. The receiver is as fast as \
                this machine.

                """)
    }

    @Test func realtimeShowsItsBound() {
        #expect(
            report(.realtime(bytesPerSecond: 300e6)).text == """
                advice for keeping up with 300 MB/s: fast; next is uncompressed, which costs 100.0 % more
                contender     GB per GB  compress s, at most 3.33
                fast             0.5000                    2.1000
                uncompressed     1.0000                    0.0000
                slow             0.4000                     105.0  ruled out: its slow runs compress 9.52 MB/s
                The smallest that compresses 300 MB/s in four of five runs as they were measured: a margin of 5 % over its \
                median time at least, 50 % at most.

                """)
    }

    @Test func saysWhenNotToCompress() {
        let text = report(.realtime(bytesPerSecond: 5e9)).text
        #expect(text.hasPrefix("advice for keeping up with 5.00 GB/s: do not compress\n"))
        let nothing = Advice(goal: .store, unit: "GB", explanation: "", costs: [])
        #expect(AdviceReport(advice: nothing).text == "advice for storing on this device: nothing was measured\n")
    }

    @Test func longTablesAreCut() {
        let costs = (0..<20).map { Advice.Cost(row: "row \($0)", total: Double($0 + 1), parts: []) }
        let text = AdviceReport(advice: Advice(goal: .archive, unit: "GB", explanation: "why", costs: costs)).text
        #expect(text.hasPrefix("advice for an archive: row 0; next is row 1, which costs 100.0 % more\n"))
        #expect(text.hasSuffix("row 7         8.0000\nand 12 more, which cost more or are too slow\nwhy\n"))
    }

    @Test func jsonHasGoalChoiceAndCosts() {
        let text = json(report(.store).write)
        #expect(
            text.hasPrefix("{\n  \"goal\": \"store\",\n  \"choice\": \"fast\",\n  \"unit\": \"GB\",\n  \"explanation\": \"The smallest"))
        #expect(
            text.hasSuffix(
                """
                    {
                      "row": "slow",
                      "total": 0.400000,
                      "parts": [
                        {
                          "name": "keep",
                          "value": 0.400000
                        }
                      ],
                      "limits": [
                        {
                          "name": "write",
                          "seconds": 100.000000,
                          "bound": 2.100000
                        },
                        {
                          "name": "read",
                          "seconds": 2.000000,
                          "bound": 2.100000
                        }
                      ],
                      "objection": "writing at 10.0 MB/s of input, the device alone writes 500 MB/s"
                    }
                  ]
                }
                """))
        #expect(
            json(report(.transfer(bytesPerSecond: 1e6)).write).contains("\"goal\": \"transfer\",\n  \"bytes_per_second\": 1000000.000000,"))
        #expect(json(report(.realtime(bytesPerSecond: .infinity)).write).contains("\"bytes_per_second\": null"))
    }
}

@Suite struct ThreadScalingReportTests {
    private func report(_ speeds: [(Int, Double)], outputSpeed: Double?) throws -> ThreadScalingReport {
        let points = speeds.map { ThreadScaling.Point(threads: $0, compressionSpeed: $1, decompressionSpeed: 4 * $1) }
        let serial = SerialWork(microsecondsPerBlock: 8, blockSize: 4 << 20, remainder: 0.25, outputSpeed: outputSpeed)
        return ThreadScalingReport(scaling: try #require(ThreadScaling.fitted(setting: "bale -3", points: points, serial: serial)))
    }

    @Test func showsWhatIsMeasuredAndPredicted() throws {
        #expect(
            try report([(1, 100e6), (2, 180e6)], outputSpeed: 2e9).text.hasPrefix(
                """
                thread scaling of bale -3
                threads   compress  efficiency  decompress  efficiency
                      1   100 MB/s     100.0 %    400 MB/s     100.0 %
                      2   180 MB/s      90.0 %    720 MB/s      90.0 %
                     64  3.47 GB/s      54.2 %   1.88 GB/s       7.3 %  predicted
                    128  4.82 GB/s      37.7 %   1.94 GB/s       3.8 %  predicted
                compress: 133.1 us serial and 10814.5 us parallel for a MiB, error 4.7 %; decompress: 526.3 us serial and 1990.0 us \
                parallel for a MiB, error 4.2 %
                the engine's own work for a block, measured: 8.0 us
                - The speeds of 1, 2 workers are too few to fit the serial part; it is what was measured directly. The predictions are upper \
                bounds.
                - If all that is lost from 1 to 2 workers were serial work, 64 workers would compress at 800 MB/s; part of it is \
                this machine's shared memory, clock and load.

                """))
    }

    @Test func predictsOnlyBeyondTheMeasured() throws {
        let text = try report([(1, 100e6), (64, 4e9), (96, 5e9)], outputSpeed: nil).text
        #expect(text.contains("\n     96  5.00 GB/s"))
        #expect(text.contains("\n    128"))
        #expect(text.occurrences(of: "predicted\n") == 1)
    }

    @Test func jsonHasModelsAndPredictions() throws {
        let text = json(try report([(1, 100e6), (2, 180e6)], outputSpeed: 2e9).write)
        #expect(text.hasPrefix("{\n  \"setting\": \"bale -3\",\n  \"points\": [\n    {\n      \"threads\": 1,\n"))
        #expect(text.contains("\"compress_model\": {\n    \"serial_us_per_mib\": 133.072000,\n    \"parallel_us_per_mib\": 10814.527823,"))
        #expect(text.contains("\"predictions\": [\n    {\n      \"threads\": 64,\n      \"compress_bytes_per_second\": 34715427"))
        #expect(text.contains("\"serial_us_per_block\": 8.000000,\n  \"assumptions\": [\n    \"The speeds of 1, 2 workers"))
        #expect(!text.contains("inf") && !text.contains("nan"))
    }
}

@Suite struct ScalingCurveReportTests {
    private let curve: ScalingCurve = {
        let points = (0..<4).map { ScalingCurve.Point(size: 65_536 << $0, remainder: 0.25 + 0.25 / Double(1 << $0)) }
        let level = (0..<2).map { ScalingCurve.Point(size: 65_536 << $0, remainder: 0.5) }
        return ScalingCurve(series: [
            ScalingCurve.Series(name: "order-0", points: level, fit: nil),
            ScalingCurve.Series(name: "level 3", points: points, fit: ScalingCurve.Fit.fitted(points)),
        ])
    }()

    @Test func showsPointsAndFits() {
        #expect(
            ScalingCurveReport(curve: curve).text == """
                R by the size of pieces that are compressed together
                        N  order-0  level 3
                 64.0 KiB   0.5000   0.5000
                128.0 KiB   0.5000   0.3750
                256.0 KiB        -   0.3125
                512.0 KiB        -   0.2813
                fitted: R(N) = a + b (N / 64 KiB)^-c
                model         a       b      c    error
                order-0       -       -      -        -  no fit: too few sizes, or R does not fall
                level 3  0.2500  0.2500  1.000  0.00000

                """)
        let empty = ScalingCurve(series: [ScalingCurve.Series(name: "order-0", points: [], fit: nil)])
        #expect(ScalingCurveReport(curve: empty).text == "scaling curve: the sample is shorter than 64 KiB\n")
    }

    @Test func jsonHasPointsAndFits() {
        let text = json(ScalingCurveReport(curve: curve).write)
        #expect(
            text.hasPrefix(
                "{\n  \"series\": [\n    {\n      \"name\": \"order-0\",\n      \"points\": [\n        {\n          \"bytes\": 65536,"))
        #expect(
            text.hasSuffix(
                """
                      "fit": {
                        "limit": 0.250000,
                        "scale": 0.250000,
                        "exponent": 1.000000,
                        "error": 0.000000
                      }
                    }
                  ]
                }
                """))
    }
}

extension String {
    /// How often a text occurs in it.
    fileprivate func occurrences(of text: String) -> Int {
        indices.count { self[$0...].hasPrefix(text) }
    }
}
