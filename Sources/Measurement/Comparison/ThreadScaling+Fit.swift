extension ThreadScaling {
    /// Numbers of workers whose speeds are predicted.
    package static let predictedThreads = [64, 128]
    /// Different numbers of workers below which the serial part is not fitted: two points fit any noise exactly.
    package static let fewestForSerialFit = 3

    /// The model that is nearest to the points, by relative differences of time.
    ///
    /// With three numbers of workers and more both parts are fitted, and the serial one is not taken below what was measured
    /// directly. With fewer the serial part is what was measured directly, and only the parallel one is fitted; what the points would say
    /// if all their loss were serial stands in the assumptions.
    ///
    /// - Parameters:
    ///   - setting: the level or pipeline.
    ///   - points: those with speeds above 0 count.
    ///   - serial: what was measured directly; nil when it was not.
    /// - Returns: nil without points.
    package static func fitted(setting: String, points: [Point], serial: SerialWork?) -> ThreadScaling? {
        let points = points.filter { $0.threads > 0 && $0.compressionSpeed > 0 && $0.decompressionSpeed > 0 }
            .sorted { $0.threads < $1.threads }
        guard !points.isEmpty else { return nil }
        let compression = Direction(points.map { ($0.threads, $0.compressionSpeed) }, serialSeconds: serial?.compressionSeconds)
        let decompression = Direction(points.map { ($0.threads, $0.decompressionSpeed) }, serialSeconds: serial?.decompressionSeconds)
        let assumptions = Assumptions(points: points, serial: serial, compression: compression, decompression: decompression)
        return ThreadScaling(
            setting: setting, points: points, compression: compression.model, decompression: decompression.model,
            serialMicrosecondsPerBlock: serial?.microsecondsPerBlock, assumptions: assumptions.sentences)
    }

    /// Compression's or decompression's speed at a number of workers over as many times its speed with one, both as measured. Where one worker was
    /// not measured the fewest that were stand for it.
    package func efficiency(_ point: Point, _ speed: KeyPath<Point, Double>) -> Double? {
        guard let first = points.min(by: { $0.threads < $1.threads }), first[keyPath: speed] > 0 else { return nil }
        return point[keyPath: speed] / Double(point.threads) / (first[keyPath: speed] / Double(first.threads))
    }

    /// The same for a speed that the model predicts.
    package func predictedEfficiency(_ threads: Int, _ model: KeyPath<ThreadScaling, Model>, _ speed: KeyPath<Point, Double>) -> Double? {
        guard let first = points.min(by: { $0.threads < $1.threads }), first[keyPath: speed] > 0 else { return nil }
        return self[keyPath: model].speed(threads) / Double(threads) / (first[keyPath: speed] / Double(first.threads))
    }
}

extension ThreadScaling {
    /// One direction's fit.
    struct Direction {
        var model: Model
        /// With two numbers of workers, too few for a fitted serial part: the model with it, which takes all that is lost from the first point to the last for
        /// serial work.
        var pessimistic: Model?

        init(_ speeds: [(threads: Int, speed: Double)], serialSeconds: Double?) {
            let times = speeds.map { (share: 1 / Double($0.threads), seconds: 1_048_576 / $0.speed) }
            let counts = Set(speeds.map(\.threads)).count
            let line = NonNegativeLine(
                times.map { .init(x: $0.share, y: $0.seconds, weight: 1 / ($0.seconds * $0.seconds)) })
            if counts >= ThreadScaling.fewestForSerialFit, line.intercept >= serialSeconds ?? 0 {
                model = Self.model(line.intercept, line.slope, times, parameters: 2)
            } else {
                let serial = Self.bounded(serialSeconds ?? 0, times)
                model = Self.model(serial, Self.parallel(beside: serial, times), times, parameters: 1)
                if counts > 1, counts < ThreadScaling.fewestForSerialFit, line.intercept > serial {
                    pessimistic = Model(serialSeconds: line.intercept, parallelSeconds: line.slope, error: nil)
                }
            }
        }

        private typealias Time = (share: Double, seconds: Double)

        /// Serial work takes no longer than all the work does.
        private static func bounded(_ serial: Double, _ times: [Time]) -> Double { min(serial, times.map(\.seconds).min() ?? serial) }

        /// The parallel part by least squares of relative differences, where the serial one is given.
        private static func parallel(beside serial: Double, _ times: [Time]) -> Double {
            var (products, squares) = (0.0, 0.0)
            for time in times {
                let weight = 1 / (time.seconds * time.seconds)
                products += weight * time.share * (time.seconds - serial)
                squares += weight * time.share * time.share
            }
            return squares > 0 ? max(products / squares, 0) : 0
        }

        private static func model(_ serial: Double, _ parallel: Double, _ times: [Time], parameters: Int) -> Model {
            var error: Double?
            if times.count > parameters {
                let squares = times.reduce(0) { sum, time in
                    let relative = (serial + parallel * time.share) / time.seconds - 1
                    return sum + relative * relative
                }
                error = (squares / Double(times.count)).squareRoot()
            }
            return Model(serialSeconds: serial, parallelSeconds: parallel, error: error)
        }
    }

    /// What stands beside the predictions, a sentence each.
    struct Assumptions {
        let points: [Point]
        let serial: SerialWork?
        let compression: Direction
        let decompression: Direction

        var sentences: [String] {
            [serialPart, pessimistic].compactMap { $0 } + [writing, Self.cores, Self.memory] + [blocks].compactMap { $0 }
        }

        /// Where the serial part comes from.
        private var serialPart: String {
            let counts = Set(points.map(\.threads)).sorted().map(String.init).joined(separator: ", ")
            let workers = "\(counts) \(counts == "1" ? "worker" : "workers")"
            if Set(points.map(\.threads)).count >= ThreadScaling.fewestForSerialFit {
                return "The serial part is fitted to the speeds of \(workers)"
                    + (serial == nil ? "." : ", and is not below what was measured directly.")
            }
            let source = serial == nil ? "taken to be nothing, for it was not measured" : "what was measured directly"
            return "The speeds of \(workers) are too few to fit the serial part; it is \(source). The predictions are upper bounds."
        }

        private var pessimistic: String? {
            let most = ThreadScaling.predictedThreads[0]
            let speeds = [("compress", compression), ("decompress", decompression)].compactMap { name, direction in
                direction.pessimistic.map { "\(name) at \(AdviceNumber.speed($0.speed(most)))" }
            }
            guard !speeds.isEmpty, let first = points.first, let last = points.last else { return nil }
            return "If all that is lost from \(first.threads) to \(last.threads) workers were serial work, \(most) workers would "
                + speeds.joined(separator: " and ") + "; part of it is this machine's shared memory, clock and load."
        }

        private var writing: String {
            guard let speed = serial?.outputSpeed else { return "Nothing is said of how fast the output takes what one writer gives it." }
            return "Blocks are written in order by one writer at a time, at \(AdviceNumber.speed(speed)); a faster device, or output that "
                + "nobody writes, as of a check, moves this limit."
        }

        private static let cores =
            "Each worker has a core to itself at the clock of the measured runs: two workers on the two hyperthreads of a core, or a "
            + "clock that falls when all cores are busy, give less."

        private static let memory =
            "Memory bandwidth and the last cache grow with the workers, and the input is in memory or on a device that keeps up; a pipe is read by one "
            + "reader."

        private var blocks: String? {
            guard let serial, serial.blockSize > 0, let most = ThreadScaling.predictedThreads.last else { return nil }
            let mebibytes = Double(serial.blockSize) * Double(most) / 1_048_576
            return "The input has a block for each worker: \(AdviceNumber.text(mebibytes)) MiB for \(most)."
        }
    }
}
