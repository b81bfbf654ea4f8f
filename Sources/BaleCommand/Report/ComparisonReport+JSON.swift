internal import Measurement

extension ComparisonReport {
    /// The members of the file's object; Benchmarks/README.md describes them.
    @Sendable
    func write(_ writer: inout JSONWriter) {
        writer.member("raw_bytes", comparison.fileSize)
        writer.member("sample_bytes", comparison.sampleSize)
        writer.member("sample_piece_bytes", sample.pieceSize)
        writer.member("sample_offsets", values: sample.offsets)
        writer.member("runs", comparison.runs)
        writer.member("folder", folder.split(separator: "/").dropLast().map { "/\($0)" }.joined())
        writer.member("machine") { writer in
            writer.member("processor", comparison.machine.processor)
            writer.member("processors", comparison.machine.processorCount)
            writer.member("set", comparison.machine.instructionSet)
            writer.member("others_use", ratio: comparison.machine.othersUse)
            writer.member("stolen", ratio: comparison.machine.stolen)
            if let name = comparison.machine.schedulingClass { writer.member("scheduling_class", name) }
        }
        writer.member("yardsticks") { write(comparison.yardsticks, to: &$0) }
        if let baseline = comparison.baseline { writer.member("baseline", baseline) }
        writer.member("rows", array: comparison.rows) { writer, row in writer.object { write(row, to: &$0) } }
        writer.member("absences", array: comparison.absences) { writer, absence in
            writer.object { writer in
                writer.member("name", absence.name)
                writer.member("reason", absence.reason)
                writer.member("failed", absence.isFailure)
            }
        }
        if let scaling = comparison.scaling { writer.member("scaling", object: ThreadScalingReport(scaling: scaling).write) }
        if let curve = comparison.curve { writer.member("curve", object: ScalingCurveReport(curve: curve).write) }
        if let look = comparison.closerLook {
            writer.member("closer_look") { writer in
                writer.member("sample_bytes", look.sampleSize)
                writer.member("rows", array: look.rows) { writer, row in writer.object { write(row, to: &$0) } }
            }
        }
        guard !comparison.advice.isEmpty else { return }
        writer.member("advice", array: comparison.advice) { writer, advice in
            writer.object { AdviceReport(advice: advice).write(&$0) }
        }
    }

    private func write(_ yardsticks: Comparison.Yardsticks, to writer: inout JSONWriter) {
        writer.member("order_0_bits", ratio: yardsticks.orderZeroEntropy)
        writer.member("order_1_bits", ratio: yardsticks.orderOneEntropy)
        writer.member("memcpy_mbps", ratio: yardsticks.memoryCopySpeed / 1e6)
        writer.member("device_write_mbps", ratio: yardsticks.deviceWriteSpeed.map { $0 / 1e6 })
        writer.member("device_read_mbps", ratio: yardsticks.deviceReadSpeed.map { $0 / 1e6 })
        writer.member("measurement_seconds", ratio: yardsticks.measurementSeconds)
    }

    private func write(_ row: Comparison.Row, to writer: inout JSONWriter) {
        writer.member("name", row.name)
        writer.member("kind", row.kind.rawValue)
        writer.member("tool", row.tool)
        writer.member("setting", row.setting)
        writer.member("threads", row.threads)
        if let command = row.command { writer.member("command", command) }
        writer.member("raw_bytes", row.rawSize)
        writer.member("packed_bytes", row.packedSize)
        writer.member("ratio", ratio: row.remainder)
        writer.member("redundancy", ratio: row.saving)
        writer.member("compression") { write(row.compression, row, isOnFront: row.isOnCompressionFront, to: &$0) }
        writer.member("decompression") { write(row.decompression, row, isOnFront: row.isOnDecompressionFront, to: &$0) }
    }

    private func write(_ step: Comparison.Step, _ row: Comparison.Row, isOnFront: Bool, to writer: inout JSONWriter) {
        writer.member("mbps", ratio: step.speed(row.rawSize).map { $0 / 1e6 })
        writer.member("seconds", ratio: step.seconds.median)
        writer.member("slow_seconds", ratio: step.seconds.slow)
        writer.member("worst_seconds", ratio: step.seconds.worst)
        writer.member("spread", ratio: step.seconds.spread)
        writer.member("runs", step.seconds.count)
        writer.member("cpu_seconds", ratio: step.processorSeconds.median)
        writer.member("start_seconds", ratio: step.startSeconds)
        writer.member("start_cpu_seconds", ratio: step.startProcessorSeconds)
        writer.member("peak_memory_bytes", integer: step.peakMemory)
        writer.member("over_baseline", ratio: step.speedOverBaseline)
        writer.member("cpu_over_baseline", ratio: step.thriftOverBaseline)
        writer.member("on_front", isOnFront)
    }
}

extension JSONWriter {
    /// An integer, or null.
    mutating func member(_ name: String, integer: Int?) {
        guard let integer else { return member(name, ratio: nil) }
        member(name, integer)
    }
}
