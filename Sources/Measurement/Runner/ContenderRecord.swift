/// What one contender has shown so far. It takes part in the turns from the first on, one after another.
struct ContenderRecord {
    let contender: Contender
    /// By turn; turn 0 is the warm-up.
    private(set) var compression: [RunFigures] = []
    private(set) var decompression: [RunFigures] = []
    private(set) var packedSize = 0
    /// By run, for one byte; empty in memory.
    var starts: [TurnFigures] = []
    var fault: ContenderFault?
    /// The first turn that counts.
    var firstTurn = 1

    init(_ contender: Contender) { self.contender = contender }

    mutating func append(_ turn: TurnFigures) {
        compression.append(turn.compression)
        decompression.append(turn.decompression)
        packedSize = turn.packedSize
    }

    /// Seconds of the warm-up both ways, or nil without one.
    var warmUpSeconds: Double? {
        guard fault == nil, let first = compression.first, let second = decompression.first else { return nil }
        return first.seconds + second.seconds
    }

    /// The row, or nil when the contender failed.
    /// - Parameter baseline: the record that speeds are ratios to.
    func row(rawSize: Int, over baseline: ContenderRecord?) -> Comparison.Row? {
        guard fault == nil, packedSize > 0, compression.count > firstTurn else { return nil }
        return Comparison.Row(
            name: contender.name, kind: contender.kind, tool: contender.tool, setting: contender.setting, threads: contender.threads,
            command: contender.command, rawSize: rawSize, packedSize: packedSize,
            compression: step(compression, over: baseline?.compression, starts.map(\.compression)),
            decompression: step(decompression, over: baseline?.decompression, starts.map(\.decompression)))
    }

    private func step(_ turns: [RunFigures], over baseline: [RunFigures]?, _ starts: [RunFigures]) -> Comparison.Step {
        let counted = turns[firstTurn...]
        var step = Comparison.Step(
            seconds: Timings(counted.map(\.seconds)), processorSeconds: Timings(counted.map(\.processorSeconds)),
            peakMemory: counted.compactMap(\.peakMemory).max(),
            speedOverBaseline: baseline.flatMap {
                PairRatio.median($0.map(\.seconds), over: turns.map(\.seconds), from: firstTurn)
            })
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

/// Ratios of what was measured in the same turn: what else the machine did then has hit both.
package enum PairRatio {
    /// The median of `first[turn] / second[turn]` over the turns that both have; nil when there is none.
    package static func median(_ first: [Double], over second: [Double], from turn: Int) -> Double? {
        let end = min(first.count, second.count)
        guard turn < end else { return nil }
        return Timings((turn..<end).filter { second[$0] > 0 }.map { first[$0] / second[$0] }).median
    }
}
