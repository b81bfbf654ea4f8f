/// Measures with more of the file what the sample does not settle: whether rows keep the bound of a goal. All that a smaller size is worth hangs on
/// that, and near the bound it is a question of how evenly a sample's blocks keep the threads busy.
struct CloserLook {
    let benchmark: FileBenchmark
    let sample: FileSample
    /// The file's descriptor.
    let file: Int32?
    let folder: WorkFolder
    let budget: TimeBudget
    let announce: (String) -> Void

    /// Bytes at most: more blocks than these have are kept evenly busy.
    static let mostSize = 2 * FileSample.defaultSize
    /// How many times as much as the sample is worth another look.
    private static let leastGain = 1.125

    private var goals: [Advice.Goal] { benchmark.goals.filter(\.hasBound) }

    /// Whether there is anything to look for, and more of the file to look at. The user's number of runs stays what it is.
    var isPossible: Bool { !goals.isEmpty && !sample.isWhole && file != nil && benchmark.runs == nil }

    /// - Returns: nil where all was settled, or nothing could be done in the time and the room that there is.
    func taken(_ rows: [Comparison.Row], _ yardsticks: Comparison.Yardsticks) async -> Comparison.CloserLook? {
        guard isPossible, let file else { return nil }
        let names = goals.reduce(into: Set<String>()) { $0.formUnion(AdviceContest.unsettled($1, rows: rows, yardsticks: yardsticks)) }
        let open = rows.filter { names.contains($0.name) }
        guard let larger = largerSample(open) else { return nil }
        guard let room = try? WorkFolder(sampleSize: larger.size, parent: folder.parent) else { return nil }
        do throws(ComparisonError) {
            try FileBenchmark.fill(room, with: try larger.read(from: file))
        } catch {
            // The sample's figures stand.
            return nil
        }
        var runner = ComparisonRunner(
            benchmark.plan.contenders.filter { names.contains($0.name) }, folder: room, sampleSize: larger.size, runs: nil, budget: budget,
            timeLimit: benchmark.timeLimit, launcher: benchmark.launcher
        ) { [announce] in announce("\($0), with more of the file") }
        runner.advise(goals, yardsticks)
        let measured = await runner.run(baseline: nil).rows.map(Self.alone)
        return measured.isEmpty ? nil : Comparison.CloserLook(sampleSize: larger.size, rows: measured)
    }

    /// As much of the file as these rows can be measured with in time: a warm-up and the fewest runs that a median takes.
    private func largerSample(_ rows: [Comparison.Row]) -> FileSample? {
        let medians = rows.flatMap { [$0.compression.seconds.median, $0.decompression.seconds.median] }.compactMap { $0 }
        let turn = medians.reduce(0, +)
        guard turn > 0 else { return nil }
        let gain = min(budget.left, TimeBudget.closerLook) / (turn * Double(RunPlan.fewest + 1))
        guard gain > 0 else { return nil }
        let affordable = Int(min(Double(sample.size) * gain, Double(Self.mostSize)))
        let larger = FileSample(fileSize: sample.fileSize, wanted: affordable)
        return Double(larger.size) >= Double(sample.size) * Self.leastGain ? larger : nil
    }

    /// Without comparisons with others, which it was not measured beside.
    private static func alone(_ row: Comparison.Row) -> Comparison.Row {
        var row = row
        (row.isOnCompressionFront, row.isOnDecompressionFront) = (false, false)
        for step in [\Comparison.Row.compression, \.decompression] {
            row[keyPath: step].speedOverBaseline = nil
            row[keyPath: step].thriftOverBaseline = nil
        }
        return row
    }
}
