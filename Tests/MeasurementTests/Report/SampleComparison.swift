import Measurement

/// Comparisons as a run would make them, for the report: one with everything, one with next to nothing and one without any row.
/// Names try to break out of the markup.
enum SampleComparison {
    static let files = [
        (name: "flights & <delays> \"2013\".csv", comparison: full),
        (name: "</script><img src=x onerror=alert(1)>\u{1B}[31m\u{202E}gpj.exe", comparison: bare),
        (name: "nothing 'here'\n", comparison: empty),
    ]

    /// Rows of every kind, yardsticks, absences, scaling, curve and advice.
    static var full: Comparison {
        var comparison = Comparison(
            fileSize: 186_000_000, sampleSize: 67_108_864, runs: 5,
            machine: .init(processor: "Example <Xeon> 8488C", processorCount: 8, instructionSet: "avx512"),
            yardsticks: .init(
                orderZeroEntropy: 4.421, orderOneEntropy: 2.905, memoryCopySpeed: 11.4e9, deviceWriteSpeed: 1.35e9, deviceReadSpeed: 2.9e9))
        comparison.baseline = "zstd -3"
        comparison.rows = rows
        markFronts(&comparison.rows)
        comparison.absences = [
            .init(name: "7zz", reason: "7zz is not on the PATH: apt-get install 7zip", isFailure: false),
            .init(name: "bgzip <-T2>", reason: "ended with status 1: \"no space\" & nothing else", isFailure: true),
        ]
        comparison.scaling = scaling
        comparison.curve = curve
        comparison.advice = [advice(comparison.rows)]
        return comparison
    }

    /// One row, no baseline, nothing else.
    static var bare: Comparison {
        var comparison = Comparison(
            fileSize: 4096, sampleSize: 4096, runs: 1, machine: .init(processor: "", processorCount: 1, instructionSet: "portable"),
            yardsticks: .init(orderZeroEntropy: 0, orderOneEntropy: 0, memoryCopySpeed: 9e9))
        comparison.rows = [row("bale -1", .command, "bale", "1", 4096, 900, 0.002, 0.001)]
        markFronts(&comparison.rows)
        return comparison
    }

    /// No contender gave figures.
    static var empty: Comparison {
        var comparison = bare
        comparison.rows = []
        comparison.absences = [.init(name: "bale -1", reason: "gave other bytes back", isFailure: true)]
        return comparison
    }
}

extension SampleComparison {
    private static let size = 67_108_864

    /// R, and MB/s both ways, as such programs have on a table of numbers with two threads.
    private static var rows: [Comparison.Row] {
        let memory: [(String, Double, Double, Double)] = [
            ("lz4", 0.372, 1450, 4800), ("huffman", 0.561, 3900, 5200), ("1", 0.262, 980, 2600), ("3", 0.231, 610, 2350),
            ("6", 0.204, 145, 2250), ("9", 0.187, 24, 2100),
        ]
        let peers: [(String, String, Double, Double, Double)] = [
            ("zstd", "1", 0.248, 720, 1150), ("zstd", "3", 0.226, 480, 1080), ("zstd", "9", 0.199, 96, 1120),
            ("zstd", "19", 0.176, 5.2, 890),
            ("lz4", "1", 0.391, 910, 1420), ("lz4", "9", 0.305, 88, 1390), ("pigz", "1", 0.286, 210, 330), ("pigz", "6", 0.238, 71, 340),
            ("pigz", "9", 0.235, 33, 338), ("xz", "1", 0.203, 36, 310), ("xz", "6", 0.168, 6.1, 360), ("bzip3", "5", 0.158, 27, 25),
            ("bgzip <&>", "6", 0.243, 64, 520), ("a program with a long name", "x", 0.33, 300, 700),
        ]
        let own = memory.flatMap { setting, remainder, compression, decompression in
            let level = Int(setting) == nil ? setting : "-\(setting)"
            return [
                sample("memory \(level)", .memory, "bale", setting, remainder, compression, decompression),
                sample("bale \(level)", .command, "bale", setting, remainder + 0.0004, compression * 0.72, decompression * 0.44),
            ]
        }
        return own
            + peers.map { tool, setting, remainder, compression, decompression in
                sample("\(tool) -\(setting)", .peer, tool, setting, remainder, compression, decompression)
            }
    }

    /// A row of the sample from R and MB/s.
    private static func sample(
        _ name: String, _ kind: Comparison.Kind, _ tool: String, _ setting: String, _ remainder: Double, _ compression: Double,
        _ decompression: Double
    ) -> Comparison.Row {
        row(
            name, kind, tool, setting, size, Int(Double(size) * remainder), Double(size) / compression / 1e6,
            Double(size) / decompression / 1e6)
    }

    private static func row(
        _ name: String, _ kind: Comparison.Kind, _ tool: String, _ setting: String, _ rawSize: Int, _ packedSize: Int,
        _ compression: Double, _ decompression: Double
    ) -> Comparison.Row {
        let step = { (seconds: Double) in
            let runs = [1.04, 1, 0.99, 1.01, 1.09].map { $0 * seconds }
            return Comparison.Step(
                seconds: Timings(runs), processorSeconds: Timings(runs.map { $0 * 1.9 }),
                peakMemory: kind == .memory ? nil : 24_000_000 + Int(seconds * 9e6),
                speedOverBaseline: rawSize == size ? Double(size) / 480e6 / seconds : nil)
        }
        return Comparison.Row(
            name: name, kind: kind, tool: tool, setting: setting, threads: 2,
            command: kind == .memory ? nil : "\(tool) -\(setting) -T2 -c 'flights & <delays> \"2013\".csv'", rawSize: rawSize,
            packedSize: packedSize, compression: step(compression), decompression: step(decompression))
    }

    private static func markFronts(_ rows: inout [Comparison.Row]) {
        for index in rows.indices {
            let row = rows[index]
            let rivals = rows.filter { ($0.kind == .memory) == (row.kind == .memory) && $0.packedSize < row.packedSize }
            rows[index].isOnCompressionFront = rivals.allSatisfy { $0.compression.seconds.median! > row.compression.seconds.median! }
            rows[index].isOnDecompressionFront = rivals.allSatisfy { $0.decompression.seconds.median! > row.decompression.seconds.median! }
        }
    }
}

extension SampleComparison {
    private static var scaling: ThreadScaling {
        let compression = ThreadScaling.Model(serialSeconds: 19e-6, parallelSeconds: 3.3e-3, error: 0.021)
        let decompression = ThreadScaling.Model(serialSeconds: 45e-6, parallelSeconds: 0.81e-3, error: nil)
        let noise = [1: 1.01, 2: 0.985, 4: 1.02, 8: 0.99]
        return ThreadScaling(
            setting: "3",
            points: noise.sorted { $0.key < $1.key }.map { threads, factor in
                .init(
                    threads: threads, compressionSpeed: compression.speed(threads) * factor,
                    decompressionSpeed: decompression.speed(threads) / factor)
            },
            compression: compression, decompression: decompression, serialMicrosecondsPerBlock: 11.7,
            assumptions: [
                "Every further worker has a core of its own, as fast as the measured ones & with its own cache.",
                "Memory and the device give <as much> to each worker as they do now.",
            ])
    }

    private static var curve: ScalingCurve {
        let sizes = (0..<11).map { 65_536 << $0 }
        let laws: [(String, ScalingCurve.Fit)] = [
            ("level 1", .init(limit: 0.236, scale: 0.062, exponent: 0.41, error: 0.0011)),
            ("level 6", .init(limit: 0.181, scale: 0.071, exponent: 0.36, error: 0.0009)),
            ("level 9", .init(limit: 0.159, scale: 0.083, exponent: 0.31, error: 0.0007)),
        ]
        let fitted = laws.map { name, fit in
            let points = sizes.enumerated().map { index, size in
                var power = 1.0
                for _ in 0..<index { power *= fit.exponent > 0.4 ? 0.7526 : fit.exponent > 0.33 ? 0.7792 : 0.8066 }
                return ScalingCurve.Point(size: size, remainder: fit.limit + fit.scale * power + (index % 2 == 0 ? fit.error : -fit.error))
            }
            return ScalingCurve.Series(name: name, points: points, fit: fit)
        }
        let flat = ScalingCurve.Series(name: "order-0", points: sizes.map { .init(size: $0, remainder: 0.5526) }, fit: nil)
        return ScalingCurve(series: [flat] + fitted)
    }

    private static func advice(_ rows: [Comparison.Row]) -> Advice {
        let costs = rows.map { row in
            let parts = [
                Advice.Cost.Part(name: "compress", value: row.compression.seconds.median! * 1e9 / Double(size)),
                .init(name: "send", value: row.remainder * 10),
                .init(name: "decompress", value: row.decompression.seconds.median! * 1e9 / Double(size)),
            ]
            return Advice.Cost(
                row: row.name, total: parts.reduce(0) { $0 + $1.value }, parts: parts,
                objection: row.kind == .memory ? "work in memory <sends> nothing" : nil)
        }
        return Advice(
            goal: .transfer(bytesPerSecond: 100e6), unit: "s",
            explanation:
                "Seconds for a gigabyte: compress, then send at 100 MB/s, then decompress, each beginning when the one before ended.",
            costs: costs.filter { $0.objection == nil }.sorted { $0.total < $1.total } + costs.filter { $0.objection != nil })
    }
}
