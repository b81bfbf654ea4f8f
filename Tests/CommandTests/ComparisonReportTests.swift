import Measurement
import Testing

@testable import BaleCommand

@Suite struct ComparisonReportTests {
    private static let mebibyte = 1 << 20

    private func step(_ seconds: Double, memory: Int?, ratio: Double?) -> Comparison.Step {
        var step = Comparison.Step(
            seconds: Timings([seconds, seconds * 2, seconds]), processorSeconds: Timings([seconds * 2]), peakMemory: memory,
            speedOverBaseline: ratio)
        step.thriftOverBaseline = ratio.map { $0 - 0.25 }
        return step
    }

    private func row(_ name: String, _ kind: Comparison.Kind, _ packedSize: Int, seconds: Double, memory: Int?) -> Comparison.Row {
        var row = Comparison.Row(
            name: name, kind: kind, tool: "bale", setting: "3", threads: 2, command: memory == nil ? nil : "bale -3 FILE",
            rawSize: Self.mebibyte, packedSize: packedSize, compression: step(seconds, memory: memory, ratio: 1.5),
            decompression: step(seconds / 2, memory: memory, ratio: nil))
        row.isOnCompressionFront = true
        row.isOnDecompressionFront = kind == .command
        return row
    }

    private func report(_ absences: [Comparison.Absence] = []) -> ComparisonReport {
        var comparison = Comparison(
            fileSize: 64 * Self.mebibyte, sampleSize: 8 * Self.mebibyte, runs: 3,
            machine: Comparison.Machine(processor: "Some CPU", processorCount: 2, instructionSet: "avx2"),
            yardsticks: Comparison.Yardsticks(
                orderZeroEntropy: 4, orderOneEntropy: 2, memoryCopySpeed: 5e9, deviceWriteSpeed: 1e8, measurementSeconds: 1e-6))
        comparison.baseline = "bale -3"
        comparison.rows = [
            row("bale -3", .command, 524_288, seconds: 0.01, memory: 3 << 20),
            row("memory -3", .memory, 262_144, seconds: 0.001, memory: nil),
        ]
        comparison.absences = absences
        return ComparisonReport(
            comparison: comparison, sample: FileSample(fileSize: 64 * Self.mebibyte, wanted: 8 * Self.mebibyte),
            folder: "/dev/shm/bale-bench-x")
    }

    @Test func textSaysWhatWasMeasured() {
        let absence = Comparison.Absence(name: "xz", reason: "is not on PATH", isFailure: false)
        #expect(
            report([absence]).text(Path("a")) == """
                a: 64.0 MiB, 8.0 MiB of it, 2 pieces at even distances, 3 runs in turn
                2 processors of Some CPU, avx2; files in /dev/shm
                              packed      R      D  ratio  C MB/s     x  D MB/s  x  C CPU s     x  D CPU s  x    C mem    D mem  spread  runs  front
                bale -3    512.0 KiB  0.500  0.500   2.00     105  1.50     210  -     0.02  1.25     0.01  -  3.0 MiB  3.0 MiB    2.00     3  CD
                memory -3  256.0 KiB  0.250  0.750   4.00    1049  1.50    2097  -     0.00  1.25     0.00  -        -        -    2.00     3  C
                x: times as fast as bale -3, and times less CPU, by pairs of runs; front: C, D where no row is both smaller and quicker
                entropy: order 0 4.000 bits a byte, R 0.500; order 1 2.000 bits a byte, R 0.250
                memcpy 5.00 GB/s; the device writes 100 MB/s
                measuring takes 0.0667 % of the quickest row in memory
                not on PATH: xz


                """)
    }

    @Test func saysThatOthersWereBusy() {
        var busy = report()
        #expect(!busy.text(Path("a")).contains("other programs"))
        busy.comparison.machine.othersUse = 0.1
        #expect(!busy.text(Path("a")).contains("other programs"))
        busy.comparison.machine.othersUse = 1.04
        let text = busy.text(Path("a"))
        #expect(text.contains("\nother programs used 1.0 processors meanwhile: "))
        #expect(text.contains("--sched-rr") == RealTimeScheduling.isSupported && !text.contains("real-time"))
        busy.comparison.machine.schedulingClass = "rr"
        let ahead = busy.text(Path("a"))
        #expect(ahead.contains("other programs used 1.0 processors meanwhile, those that were free\n") && !ahead.contains("--sched-rr"))
        #expect(ahead.contains("avx2, real-time class; files in /dev/shm\n"))
    }

    @Test func saysThatTheHostTookProcessors() {
        var shared = report()
        shared.comparison.machine.stolen = 0.01
        #expect(!shared.text(Path("a")).contains("host"))
        shared.comparison.machine.stolen = 0.11
        #expect(shared.text(Path("a")).contains("\nthe host took 0.11 processors away meanwhile: compare speeds by CPU"))
    }

    @Test func saysWhatTookACloserLook() {
        var settled = report()
        settled.comparison.closerLook = Comparison.CloserLook(
            sampleSize: 16 * Self.mebibyte, rows: [row("bale -3", .command, 524_288, seconds: 0.01, memory: 3 << 20)])
        #expect(settled.text(Path("a")).contains("\nwhether bale -3 kept a bound was measured with 16.0 MiB of the file\n"))
        settled.comparison.closerLook?.sampleSize = 64 * Self.mebibyte
        #expect(settled.text(Path("a")).contains(" was measured with all of the file\n"))
        settled.comparison.machine.schedulingClass = "rr"
        var writer = JSONWriter()
        writer.object(settled.write)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        for member in ["\"scheduling_class\": \"rr\"", "\"closer_look\": {", "\"sample_bytes\": 67108864"] {
            #expect(text.contains(member), "\(member)")
        }
    }

    @Test func statusTellsWhoFailed() {
        #expect(report().status == .success)
        #expect(report([Comparison.Absence(name: "xz", reason: "", isFailure: false)]).status == .success)
        #expect(report([Comparison.Absence(name: "xz -6", reason: "", isFailure: true)]).status == .incomplete)
        #expect(report([Comparison.Absence(name: "memory -3", reason: "", isFailure: true)]).status == .internalError)
    }

    @Test func documentHasEveryFigure() {
        var writer = JSONWriter()
        writer.object(report([Comparison.Absence(name: "xz -6", reason: "why", isFailure: true)]).write)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        for member in [
            "\"sample_bytes\": 8388608", "\"sample_offsets\": [", "\"folder\": \"/dev/shm\"", "\"processor\": \"Some CPU\"",
            "\"order_1_bits\": 2.000000", "\"device_read_mbps\": null", "\"baseline\": \"bale -3\"", "\"kind\": \"memory\"",
            "\"packed_bytes\": 524288", "\"over_baseline\": 1.500000", "\"cpu_over_baseline\": 1.250000", "\"slow_seconds\": 0.020000",
            "\"peak_memory_bytes\": 3145728", "\"peak_memory_bytes\": null",
            "\"on_front\": true", "\"reason\": \"why\"", "\"failed\": true", "\"seconds\": 0.010000",
        ] { #expect(text.contains(member), "\(member)") }
    }
}
