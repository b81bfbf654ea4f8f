/// Which sizes of pieces are compressed, and which parts of the sample are cut into them.
///
/// All sizes see the same bytes: parts that are as long as the largest size, cut into pieces of each size. With parts of its own for each
/// size the curve would show how the parts differ.
package struct ScalingCurvePlan: Sendable, Hashable {
    /// Bytes that a size sees, unless the caller says otherwise: a level of 30 MB/s is done with all nine
    /// sizes in 5 s.
    package static let defaultCoverage = 16 << 20
    /// The largest size, unless the caller says otherwise: the largest block up to level 18.
    package static let defaultLargestSize = 16 << 20
    /// The smallest size. Half of it says little about what the compressor can learn.
    package static let smallestSize = 64 << 10

    /// Ascending, each twice the one before; empty for a sample below the smallest.
    package let sizes: [Int]
    /// Parts of the sample, each as long as the largest size.
    package let parts: [Range<Int>]

    /// - Parameters:
    ///   - sampleSize: bytes there are.
    ///   - coverage: bytes that each size may see; one piece of the largest size in any case.
    ///   - largestSize: bytes of a piece at most, and at most 64 MiB where Bale's blocks are the pieces.
    package init(sampleSize: Int, coverage: Int = defaultCoverage, largestSize: Int = defaultLargestSize) {
        var sizes: [Int] = []
        var size = Self.smallestSize
        while size <= min(sampleSize, largestSize) {
            sizes.append(size)
            guard case (let next, false) = size.addingReportingOverflow(size) else { break }
            size = next
        }
        self.sizes = sizes
        guard let length = sizes.last else {
            parts = []
            return
        }
        let count = max(min(coverage / length, sampleSize / length), 1)
        let rest = sampleSize - length * count
        // The bytes that are left out lie between the parts and at both ends, evenly.
        parts = (0..<count).map { index in
            let start = index * length + rest / (count + 1) * (index + 1)
            return start..<start + length
        }
    }
}

extension ScalingCurvePlan {
    /// The plan of the largest sizes that are done in time, of four sizes in any case.
    /// - Parameters:
    ///   - sampleSize: bytes there are.
    ///   - secondsPerByte: of all levels together, with one worker.
    ///   - threads: workers, which share all pieces but the largest.
    ///   - seconds: what the measurement may take.
    package static func affordable(sampleSize: Int, secondsPerByte: Double, threads: Int, seconds: Double) -> ScalingCurvePlan {
        var largest = defaultLargestSize
        var plan = ScalingCurvePlan(sampleSize: sampleSize)
        while largest > smallestSize << (ScalingCurve.Fit.fewestPoints - 1), plan.seconds(secondsPerByte, threads) > seconds {
            largest /= 2
            plan = ScalingCurvePlan(sampleSize: sampleSize, coverage: largest, largestSize: largest)
        }
        return plan
    }

    /// Each size sees all bytes of the parts; a part has as many pieces as can be shared.
    private func seconds(_ secondsPerByte: Double, _ threads: Int) -> Double {
        let length = sizes.last ?? 0
        let shares = sizes.reduce(0) { $0 + 1 / Double(max(min(threads, length / $1), 1)) }
        return Double(length * parts.count) * secondsPerByte * shares
    }
}

extension ScalingCurve {
    /// Levels whose curves are drawn unless the caller says otherwise: a fast match finder, the default, a thorough one.
    package static let defaultLevels = [1, 3, 9]

    /// Measures R for each size of piece: of the bytes' order-0 entropy, and of each level.
    ///
    /// - Parameters:
    ///   - sample: what the plan was made for.
    ///   - compress: the compressed size of some of the sample when it is cut into pieces of `size` bytes and each is compressed
    ///     without the others, by a level. All pieces of a part come in one call, so that they can be compressed in parallel.
    nonisolated(nonsending) package static func measure<Failure: Error>(
        _ sample: [UInt8], plan: ScalingCurvePlan, levels: [Int] = defaultLevels,
        compress: nonisolated(nonsending) (_ part: [UInt8], _ size: Int, _ level: Int) async throws(Failure) -> Int
    ) async throws(Failure) -> ScalingCurve {
        let parts = plan.parts.map { Array(sample[$0]) }
        let covered = Double(plan.parts.reduce(0) { $0 + $1.count })
        var series = [named("order-0", plan.sizes.map { Point(size: $0, remainder: orderZeroRemainder(parts, $0)) })]
        for level in levels {
            var points: [Point] = []
            for size in plan.sizes {
                var stored = 0
                for part in parts { stored += try await compress(part, size, level) }
                points.append(Point(size: size, remainder: Double(stored) / covered))
            }
            series.append(named("level \(level)", points))
        }
        return ScalingCurve(series: series)
    }

    private static func named(_ name: String, _ points: [Point]) -> Series {
        Series(name: name, points: points, fit: Fit.fitted(points))
    }

    /// The pieces' mean entropy over 8 bits. Code tables are not counted, so it may rise with the size where the bytes change along the way.
    private static func orderZeroRemainder(_ parts: [[UInt8]], _ size: Int) -> Double {
        var (sum, count) = (0.0, 0)
        for part in parts {
            part.withUnsafeBytes { part in
                for start in stride(from: 0, to: part.count, by: size) {
                    sum += Entropy.orderZero(UnsafeRawBufferPointer(rebasing: part[start..<min(start + size, part.count)]))
                    count += 1
                }
            }
        }
        return count > 0 ? sum / Double(count) / 8 : 0
    }
}
