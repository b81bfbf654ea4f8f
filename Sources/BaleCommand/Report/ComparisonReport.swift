internal import Measurement

/// What contenders did with one file, as text and as JSON.
struct ComparisonReport: Sendable {
    var comparison: Comparison
    let sample: FileSample
    /// Where the files of the measurement were.
    let folder: String

    /// A program that is left out makes the result incomplete; Bale being left out is its own fault.
    var status: ExitStatus {
        let failures = comparison.absences.filter(\.isFailure)
        if failures.contains(where: { $0.name.hasPrefix("bale ") || $0.name.hasPrefix("memory ") }) { return .internalError }
        return failures.isEmpty ? .success : .incomplete
    }

    /// A head that says what was measured, the table, and what the file and the machine allow.
    func text(_ path: Path) -> String {
        var text = "\(path.shown): \(Figures.size(UInt64(sample.fileSize))), \(extent), \(runs)\n\(place)\n"
        if !comparison.rows.isEmpty { text += table.text }
        if let baseline = comparison.baseline, !comparison.rows.isEmpty {
            text +=
                "x: times as fast as \(baseline), and times less CPU, by pairs of runs; front: C, D where no row is both smaller and quicker\n"
        }
        text += others + yardsticks
        if !missing.isEmpty { text += "not on PATH: \(missing.joined(separator: ", "))\n" }
        if let scaling = comparison.scaling { text += "\n" + ThreadScalingReport(scaling: scaling).text }
        if let curve = comparison.curve { text += "\n" + ScalingCurveReport(curve: curve).text }
        for advice in comparison.advice { text += "\n" + AdviceReport(advice: advice).text }
        text += closerLook
        return text + "\n"
    }

    private var extent: String {
        if sample.isWhole { return "all of it" }
        let pieces = sample.offsets.count == 1 ? "the beginning" : "\(sample.offsets.count) pieces at even distances"
        return "\(Figures.size(UInt64(sample.size))) of it, \(pieces)"
    }

    private var runs: String { comparison.runs == 1 ? "1 run" : "\(comparison.runs) runs in turn" }

    private var place: String {
        let machine = comparison.machine
        let processors = machine.processorCount == 1 ? "1 processor" : "\(machine.processorCount) processors"
        let model = machine.processor.isEmpty ? "" : " of \(machine.processor)"
        let parent = folder.split(separator: "/").dropLast().joined(separator: "/")
        let scheduling = machine.isRealTime ? ", real-time class" : ""
        return "\(processors)\(model), \(machine.instructionSet)\(scheduling); files in /\(parent)"
    }

    private var closerLook: String {
        guard let look = comparison.closerLook else { return "" }
        let extent = look.sampleSize == comparison.fileSize ? "all" : Figures.size(UInt64(look.sampleSize))
        return "\nwhether \(look.rows.map(\.name).joined(separator: ", ")) kept a bound was measured with \(extent) of the file\n"
    }

    private var missing: [String] { comparison.absences.filter { !$0.isFailure }.map(\.name) }

    /// A word on noise that runs in turn do not take away.
    private var others: String { programs + host }

    private var host: String {
        guard let stolen = comparison.machine.stolen, stolen >= Self.noticedTheft else { return "" }
        let found = "the host took \(Figures.fixed(stolen, decimals: 2)) processors away meanwhile"
        return found + ": compare speeds by CPU, or measure again later\n"
    }

    private var programs: String {
        guard let use = comparison.machine.othersUse, use >= Self.noticedUse else { return "" }
        let found = "other programs used \(Figures.fixed(use, decimals: 1)) processors meanwhile"
        if comparison.machine.isRealTime { return found + ", those that were free\n" }
        let remedy = RealTimeScheduling.isSupported ? "; --sched-rr measures before them" : ""
        return found + ": compare speeds of equal threads, and others by CPU\(remedy)\n"
    }

    /// Processors: what the system does by itself is less.
    private static let noticedUse = 0.3
    /// Of two processors: runs that lost 0.1 of them had ratios that were 10 % off, and quiet ones lost 0.01.
    private static let noticedTheft = 0.05

    private var yardsticks: String {
        let yardsticks = comparison.yardsticks
        let entropy = { (bits: Double) in "\(Figures.fixed(bits, decimals: 3)) bits a byte, R \(Figures.fixed(bits / 8, decimals: 3))" }
        let device = [(yardsticks.deviceWriteSpeed, "writes"), (yardsticks.deviceReadSpeed, "reads")].compactMap { speed, what in
            speed.map { "the device \(what) \(Self.speed($0))" }
        }
        let speeds = ["memcpy \(Self.speed(yardsticks.memoryCopySpeed))"] + device
        return "entropy: order 0 \(entropy(yardsticks.orderZeroEntropy)); order 1 \(entropy(yardsticks.orderOneEntropy))\n"
            + "\(speeds.joined(separator: "; "))\n" + overhead
    }

    /// What measuring adds to the quickest row in memory.
    private var overhead: String {
        let times = comparison.rows.filter { $0.kind == .memory }.compactMap { row in
            row.compression.seconds.median.flatMap { first in row.decompression.seconds.median.map { first + $0 } }
        }
        guard let shortest = times.min(), let cost = comparison.yardsticks.measurementSeconds, shortest > 0 else { return "" }
        let share = cost / shortest * 100
        let shown = share < 0.0001 ? "less than 0.0001" : Figures.fixed(share, decimals: 4)
        return "measuring takes \(shown) % of the quickest row in memory\n"
    }

    private static func speed(_ bytesPerSecond: Double) -> String {
        Figures.speed(bytesPerSecond: max(bytesPerSecond, 0))
    }
}

extension ComparisonReport {
    private var table: TextTable {
        var table = TextTable([
            ("", .left), ("packed", .right), ("R", .right), ("D", .right), ("ratio", .right), ("C MB/s", .right), ("x", .right),
            ("D MB/s", .right), ("x", .right), ("C CPU s", .right), ("x", .right), ("D CPU s", .right), ("x", .right), ("C mem", .right),
            ("D mem", .right), ("spread", .right), ("runs", .right), ("front", .left),
        ])
        for row in comparison.rows { table.append(cells(row)) }
        return table
    }

    private func cells(_ row: Comparison.Row) -> [String] {
        let fixed = { (value: Double?, decimals: Int) in value.map { Figures.fixed($0, decimals: decimals) } ?? "-" }
        let speed = { (step: Comparison.Step) in
            step.speed(row.rawSize).map { Figures.fixed($0 / 1e6, decimals: $0 < 99.95e6 ? 1 : 0) } ?? "-"
        }
        let memory = { (step: Comparison.Step) in step.peakMemory.map { Figures.size(UInt64($0)) } ?? "-" }
        let (compression, decompression) = (row.compression, row.decompression)
        let spread = [compression, decompression].compactMap(\.seconds.spread).max()
        let front = (row.isOnCompressionFront ? "C" : "") + (row.isOnDecompressionFront ? "D" : "")
        return [
            row.name, Figures.size(UInt64(row.packedSize)), fixed(row.remainder, 3), fixed(row.saving, 3), fixed(row.ratio, 2),
            speed(compression), fixed(compression.speedOverBaseline, 2), speed(decompression), fixed(decompression.speedOverBaseline, 2),
            fixed(compression.processorSeconds.median, 2), fixed(compression.thriftOverBaseline, 2),
            fixed(decompression.processorSeconds.median, 2), fixed(decompression.thriftOverBaseline, 2), memory(compression),
            memory(decompression), fixed(spread, 2), "\(compression.seconds.count)", front,
        ]
    }
}
