/// What one contender has shown so far. It takes part in the turns from the first on, one after another.
struct ContenderRecord {
    let contender: Contender
    /// By turn; turn 0 is the warm-up.
    private(set) var compression: [TimedRun] = []
    private(set) var decompression: [TimedRun] = []
    /// Runs beside others' that a baseline makes besides its own turns.
    private var compressionReferences: [TimedRun] = []
    private var decompressionReferences: [TimedRun] = []
    private(set) var packedSize = 0
    /// By run, for one byte; empty in memory.
    var starts: [TurnFigures] = []
    var fault: ContenderFault?
    /// The first turn that counts.
    var firstTurn = 1

    init(_ contender: Contender) { self.contender = contender }

    /// - Parameters:
    ///   - moment: the number of the run among all.
    ///   - isReference: whether it is made only for the ratios of others.
    mutating func append(_ turn: TurnFigures, moment: Int, isReference: Bool = false) {
        let there = TimedRun(moment: moment, figures: turn.compression)
        let back = TimedRun(moment: moment, figures: turn.decompression)
        if isReference {
            compressionReferences.append(there)
            decompressionReferences.append(back)
        } else {
            compression.append(there)
            decompression.append(back)
            packedSize = turn.packedSize
        }
    }

    /// The warm-up, or nil without one.
    var warmUp: TurnFigures? {
        guard fault == nil, let first = compression.first, let second = decompression.first else { return nil }
        return TurnFigures(compression: first.figures, decompression: second.figures, packedSize: packedSize)
    }

    /// Runs that count.
    var runCount: Int { compression.count - firstTurn }

    /// Seconds of the warm-up both ways.
    var warmUpSeconds: Double? { warmUp.map { $0.compression.seconds + $0.decompression.seconds } }

    /// Seconds that the last of its runs took both ways.
    var lastSeconds: Double? {
        compression.last.flatMap { first in decompression.last.map { first.figures.seconds + $0.figures.seconds } }
    }

    /// The row, or nil when the contender failed.
    /// - Parameter baseline: the record that speeds are ratios to.
    func row(rawSize: Int, over baseline: ContenderRecord?) -> Comparison.Row? {
        guard fault == nil, packedSize > 0, compression.count > firstTurn else { return nil }
        return Comparison.Row(
            name: contender.name, kind: contender.kind, tool: contender.tool, setting: contender.setting, threads: contender.threads,
            command: contender.command, rawSize: rawSize, packedSize: packedSize,
            compression: step(\.compression, \.compressionReferences, over: baseline, starts.map(\.compression)),
            decompression: step(\.decompression, \.decompressionReferences, over: baseline, starts.map(\.decompression)))
    }

    private typealias Runs = KeyPath<ContenderRecord, [TimedRun]>

    /// The runs that ratios are made of, in their order. Not the warm-up, where that does not count.
    private func compared(_ turns: Runs, _ references: Runs) -> [TimedRun] {
        (self[keyPath: turns].dropFirst(firstTurn) + self[keyPath: references]).sorted { $0.moment < $1.moment }
    }

    private func step(
        _ turns: Runs, _ references: Runs, over baseline: ContenderRecord?, _ starts: [RunFigures]
    ) -> Comparison.Step {
        let counted = self[keyPath: turns].dropFirst(firstTurn).map(\.figures)
        let (own, others) = (compared(turns, references), baseline?.compared(turns, references))
        let ratio = { (figure) in others.flatMap { PairRatio.median(own, baseline: $0, figure) } }
        var step = Comparison.Step(
            seconds: Timings(counted.map(\.seconds)), processorSeconds: Timings(counted.map(\.processorSeconds)),
            peakMemory: counted.compactMap(\.peakMemory).max(), speedOverBaseline: ratio(\.seconds))
        step.thriftOverBaseline = ratio(\.processorSeconds)
        step.startSeconds = Timings(starts.map(\.seconds)).median
        step.startProcessorSeconds = Timings(starts.map(\.processorSeconds)).median
        return step
    }
}

/// One turn of one contender.
struct TurnFigures {
    var compression: RunFigures
    var decompression: RunFigures
    var packedSize: Int
}
