internal import Planning

/// What is fitted to runs of the library in memory, beside the contenders' rows: speed by the number of workers, and size by how much is
/// compressed together.
struct LibraryModels {
    let clock: Clock
    let announce: (String) -> Void

    /// Bytes that workers share: eight blocks for each of two at the default level.
    private static let scalingSize = 64 << 20
    /// Runs of each number of workers after a warm-up; medians count.
    private static let runs = 3
    /// Bytes that are stored to find out what a block costs.
    private static let serialSize = 16 << 20

    /// - Parameters:
    ///   - threads: the numbers of workers that are tried.
    ///   - outputSpeed: bytes a second that one writer's output takes.
    ///   - seconds: after which no further run begins, but for one after the warm-up.
    /// - Returns: nil for an input of one block, which has one worker.
    func scaling(
        _ bytes: [UInt8], level: Int, threads: [Int], outputSpeed: Double?, seconds: Double
    ) async throws(ContenderFault) -> ThreadScaling? {
        let sample = Array(bytes.prefix(Self.scalingSize))
        let segmenter = LevelTable.row(level).segmenter
        guard segmenter.chunkCount(of: UInt64(sample.count)) > 1 else { return nil }
        var compression = threads.map { _ in Timings() }
        var decompression = compression
        var packedSize = 0
        let start = clock.now()
        for run in 0...Self.runs where run < 2 || Double(clock.now() - start) / 1e9 < seconds {
            for (index, count) in threads.enumerated() {
                announce("scaling, \(count) of \(threads.last ?? 1) workers")
                let codec = MemoryCodec.bale(level: level, pipeline: nil, threads: count)
                let (packed, there) = try await timed(codec.compress, sample)
                let (unpacked, back) = try await timed(codec.decompress, packed)
                guard unpacked.count == sample.count else { throw ContenderFault("gave other bytes back") }
                packedSize = packed.count
                guard run > 0 else { continue }
                compression[index].append(there)
                decompression[index].append(back)
            }
        }
        let points = threads.indices.compactMap { index -> ThreadScaling.Point? in
            guard let there = compression[index].median, let back = decompression[index].median else { return nil }
            let size = Double(sample.count)
            return ThreadScaling.Point(threads: threads[index], compressionSpeed: size / there, decompressionSpeed: size / back)
        }
        let remainder = Double(packedSize) / Double(sample.count)
        let serial = try await serialMicroseconds(sample).map {
            SerialWork(microsecondsPerBlock: $0, blockSize: segmenter.chunkSize, remainder: remainder, outputSpeed: outputSpeed)
        }
        return ThreadScaling.fitted(setting: "\(level)", points: points, serial: serial)
    }

    /// Bytes that foretell what the curve takes.
    private static let trialSize = 1 << 20

    /// - Parameters:
    ///   - threads: workers for the pieces.
    ///   - seconds: that it may take.
    /// - Returns: nil for a sample of fewer sizes than a fit takes, half a mebibyte.
    func curve(_ bytes: [UInt8], threads: Int, seconds: Double) async throws(ContenderFault) -> ScalingCurve? {
        guard ScalingCurvePlan(sampleSize: bytes.count).sizes.count >= ScalingCurve.Fit.fewestPoints else { return nil }
        let levels = ScalingCurve.defaultLevels
        // One worker, as for the largest pieces.
        let trial = Array(bytes.prefix(Self.trialSize))
        var spent = 0.0
        for level in levels {
            announce("curve, level \(level), on a trial")
            spent += try await timed(MemoryCodec.bale(level: level, pipeline: nil, threads: 1).compress, trial).seconds
        }
        let plan = ScalingCurvePlan.affordable(
            sampleSize: bytes.count, secondsPerByte: spent / Double(trial.count), threads: threads, seconds: seconds)
        return try await ScalingCurve.measure(bytes, plan: plan, levels: levels) { part, size, level async throws(ContenderFault) in
            announce("curve, level \(level), pieces of \(size >> 10) KiB")
            return try await MemoryCodec.bale(level: level, pipeline: nil, threads: threads, blockSize: size).compress(part).count
        }
    }

    private func serialMicroseconds(_ sample: [UInt8]) async throws(ContenderFault) -> Double? {
        announce("serial work")
        let bytes = Array(sample.prefix(Self.serialSize))
        return try await SerialWork.microsecondsPerBlock(byteCount: bytes.count, runs: Self.runs, clock: clock) {
            blockSize async throws(ContenderFault) in
            _ = try await MemoryCodec.bale(level: nil, pipeline: "stored", threads: 1, blockSize: blockSize).compress(bytes)
        }
    }

    private func timed(_ step: MemoryCodec.Step, _ input: [UInt8]) async throws(ContenderFault) -> ([UInt8], seconds: Double) {
        let start = clock.now()
        let output = try await step(input)
        return (output, Double(clock.now() - start) / 1e9)
    }
}
