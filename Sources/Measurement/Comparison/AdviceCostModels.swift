/// Written once, read seldom: what keeping it costs, and what the processors cost that make it and restore it, all told in gigabytes
/// that could be kept for the same money.
struct ArchiveCostModel: AdviceCostModel {
    /// How long it is kept, and how often it is read in that time.
    static let years: Double = 5
    static let reads: Double = 1
    /// Prices of the order that large providers ask in 2025: object storage read now and then, a core of a rented server.
    static let dollarsPerGigabyteMonth = 0.01
    static let dollarsPerCoreHour = 0.04

    /// Gigabytes that are kept all the time for the price of one core second: 1,000 core seconds are worth 0.019 GB.
    static let gigabytesPerCoreSecond = dollarsPerCoreHour / 3600 / (dollarsPerGigabyteMonth * 12 * years)

    let unit = "GB"

    var explanation: String {
        "Size and processor time at their prices, told in gigabytes: kept \(AdviceNumber.text(Self.years)) years at "
            + "$\(Self.dollarsPerGigabyteMonth) a GB-month, compressed once and restored once at $\(Self.dollarsPerCoreHour) a core-hour, so that "
            + "1000 core seconds are worth \(AdviceNumber.text(Self.gigabytesPerCoreSecond * 1000)) GB."
    }

    func cost(_ candidate: AdviceCandidate) -> Advice.Cost {
        let parts = [
            Advice.Cost.Part(name: "keep", value: candidate.remainder),
            Advice.Cost.Part(name: "compress", value: candidate.compression.processorSeconds * Self.gigabytesPerCoreSecond),
            Advice.Cost.Part(
                name: "restore", value: candidate.decompression.processorSeconds * Self.gigabytesPerCoreSecond * Self.reads),
        ]
        return Advice.Cost(row: candidate.name, total: parts.reduce(0) { $0 + $1.value }, parts: parts)
    }
}

/// Sent once: compress, send and decompress run beside each other, on machines like this one.
struct TransferCostModel: AdviceCostModel {
    /// What has passed one step before the next one begins: some blocks for each worker.
    static let fill: Double = 16 * 1_048_576

    /// At least 1, so that a line that carries nothing gives no infinite costs.
    let bytesPerSecond: Double

    init(bytesPerSecond: Double) { self.bytesPerSecond = bytesPerSecond >= 1 ? bytesPerSecond : 1 }

    let unit = "s"

    var explanation: String {
        "Compressing, sending at \(AdviceNumber.speed(bytesPerSecond)) and decompressing run beside each other, so the slowest of them counts, and "
            + "the first 16 MiB pass through one after the other. Times add up for programs that cannot write to a pipe. The receiver is "
            + "as fast as this machine."
    }

    func cost(_ candidate: AdviceCandidate) -> Advice.Cost {
        var parts = [
            Advice.Cost.Part(name: "compress", value: candidate.compression.seconds),
            Advice.Cost.Part(name: "send", value: candidate.remainder * AdviceCandidate.gigabyte / bytesPerSecond),
            Advice.Cost.Part(name: "decompress", value: candidate.decompression.seconds),
        ]
        let slowest = parts.indices.max { parts[$0].value < parts[$1].value }
        let alone = candidate.streams ? Self.fill / AdviceCandidate.gigabyte : 1
        for index in parts.indices where index != slowest { parts[index].counted *= alone }
        return Advice.Cost(row: candidate.name, total: parts.reduce(0) { $0 + $1.counted }, parts: parts)
    }
}

/// Kept on this machine's device: as small as can be, where neither writing nor reading back takes longer than it would uncompressed.
struct StoreCostModel: AdviceCostModel {
    /// Bytes a second each way where the device could not be measured: a solid-state drive at a SATA port.
    static let assumedSpeed: Double = 500e6
    /// What a row may take over the device's own time: less cannot be told from noise.
    static let tolerance = 1.05

    let writeSpeed: Double
    let readSpeed: Double
    private let isMeasured: Bool

    init(_ yardsticks: Comparison.Yardsticks) {
        let known = { (speed: Double?) in speed.flatMap { $0 > 0 ? $0 : nil } }
        writeSpeed = known(yardsticks.deviceWriteSpeed) ?? Self.assumedSpeed
        readSpeed = known(yardsticks.deviceReadSpeed) ?? Self.assumedSpeed
        isMeasured = known(yardsticks.deviceWriteSpeed) != nil && known(yardsticks.deviceReadSpeed) != nil
    }

    let unit = "GB"

    var explanation: String {
        "The smallest that keeps up with the device, which writes \(AdviceNumber.speed(writeSpeed)) and reads \(AdviceNumber.speed(readSpeed))"
            + (isMeasured ? "" : " (assumed where it could not be measured)")
            + ": compressing beside writing, and reading beside decompressing, take no longer than the uncompressed bytes would, within 5 %."
    }

    func cost(_ candidate: AdviceCandidate) -> Advice.Cost {
        let limits = [
            limit("write", candidate.compression.seconds, candidate.remainder, writeSpeed),
            limit("read", candidate.decompression.seconds, candidate.remainder, readSpeed),
        ]
        return Advice.Cost(
            row: candidate.name, total: candidate.remainder, parts: [Advice.Cost.Part(name: "keep", value: candidate.remainder)],
            limits: limits, objection: objection(candidate, limits))
    }

    private func limit(_ name: String, _ seconds: Double, _ remainder: Double, _ speed: Double) -> Advice.Cost.Limit {
        let alone = AdviceCandidate.gigabyte / speed
        return Advice.Cost.Limit(name: name, seconds: max(seconds, remainder * alone), bound: alone * Self.tolerance)
    }

    private func objection(_ candidate: AdviceCandidate, _ limits: [Advice.Cost.Limit]) -> String? {
        if limits[0].seconds > limits[0].bound {
            return "writing at \(AdviceNumber.speed(secondsPerGigabyte: limits[0].seconds)) of input, the device alone writes "
                + AdviceNumber.speed(writeSpeed)
        }
        guard limits[1].seconds > limits[1].bound else { return nil }
        return "reading back at \(AdviceNumber.speed(secondsPerGigabyte: limits[1].seconds)), the device alone reads "
            + AdviceNumber.speed(readSpeed)
    }
}

/// What arrives at a fixed speed: the smallest that keeps up even in its slow runs.
struct RealtimeCostModel: AdviceCostModel {
    /// At least 1, as for ``TransferCostModel``.
    let bytesPerSecond: Double

    init(bytesPerSecond: Double) { self.bytesPerSecond = bytesPerSecond >= 1 ? bytesPerSecond : 1 }

    let unit = "GB"

    var explanation: String {
        let slowness = AdviceCandidate.Span.slowness
        return
            "The smallest that compresses \(AdviceNumber.speed(bytesPerSecond)) in four of five runs as they were measured: a margin of "
            + "\(AdviceNumber.text((slowness.lowerBound - 1) * 100)) % over its median time at least, \(AdviceNumber.text((slowness.upperBound - 1) * 100)) % at most."
    }

    func cost(_ candidate: AdviceCandidate) -> Advice.Cost {
        let limit = Advice.Cost.Limit(
            name: "compress", seconds: candidate.compression.slowSeconds, bound: AdviceCandidate.gigabyte / bytesPerSecond)
        let objection =
            limit.seconds > limit.bound ? "its slow runs compress \(AdviceNumber.speed(secondsPerGigabyte: limit.seconds))" : nil
        return Advice.Cost(
            row: candidate.name, total: candidate.remainder, parts: [Advice.Cost.Part(name: "keep", value: candidate.remainder)],
            limits: [limit], objection: objection)
    }
}
