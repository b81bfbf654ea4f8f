/// What `bale bench FILE` found out about one file: every contender's row, and what it was compared with.
package struct Comparison: Sendable, Hashable {
    /// Bytes of the whole file, and of the sample of it that was measured (the same when all of it was).
    package var fileSize: Int
    package var sampleSize: Int
    /// Runs after one warm-up, in turn: the most that a contender had. Others may have fewer, and count their warm-up then; each
    /// row's timings tell.
    package var runs: Int
    package var machine: Machine
    package var yardsticks: Yardsticks
    /// The name of the row that the others' speeds are ratios to.
    package var baseline: String?
    package var rows: [Row] = []
    /// Contenders without a row, and why: not installed, failed, gave other bytes.
    package var absences: [Absence] = []
    package var scaling: ThreadScaling?
    package var curve: ScalingCurve?
    /// What goals with a bound took another look at.
    package var closerLook: CloserLook?
    /// By goal, in the order in which they were asked for.
    package var advice: [Advice] = []

    package init(fileSize: Int, sampleSize: Int, runs: Int, machine: Machine, yardsticks: Yardsticks) {
        self.fileSize = fileSize
        self.sampleSize = sampleSize
        self.runs = runs
        self.machine = machine
        self.yardsticks = yardsticks
    }
}

extension Comparison {
    /// Rows measured once more with more of the file, because the sample does not tell whether they keep a bound. They stand for those of the
    /// same name where a goal has one.
    package struct CloserLook: Sendable, Hashable {
        package var sampleSize: Int
        package var rows: [Row]

        package init(sampleSize: Int, rows: [Row]) {
            self.sampleSize = sampleSize
            self.rows = rows
        }
    }

    /// The rows that a goal is advised by.
    package func rows(for goal: Advice.Goal) -> [Row] {
        guard goal.hasBound, let closerLook else { return rows }
        return rows.map { row in closerLook.rows.first { $0.name == row.name } ?? row }
    }

    package struct Machine: Sendable, Hashable {
        /// As the system names its processor; empty when it does not.
        package var processor: String
        /// Processors that this run may use.
        package var processorCount: Int
        /// The highest instruction set that Bale used.
        package var instructionSet: String
        /// How many processors other programs kept busy during the measurement, on average; nil where the system does not tell.
        package var othersUse: Double?
        /// How many processors the host of a virtual machine took away meanwhile, on average; nil where the system does not tell.
        package var stolen: Double?
        /// The scheduling class of the measurement as Linux names it, "other", "rr"; nil on other systems.
        package var schedulingClass: String?

        /// Whether contenders ran before usual programs.
        package var isRealTime: Bool { schedulingClass == "rr" || schedulingClass == "fifo" }

        package init(processor: String, processorCount: Int, instructionSet: String) {
            self.processor = processor
            self.processorCount = processorCount
            self.instructionSet = instructionSet
        }
    }

    /// What no contender can beat, or what it stands beside.
    package struct Yardsticks: Sendable, Hashable {
        /// Shannon's entropy in bits a byte, of single bytes and of bytes given the one before.
        package var orderZeroEntropy: Double
        package var orderOneEntropy: Double
        /// Bytes a second.
        package var memoryCopySpeed: Double
        /// Bytes a second that the device of the file's folder takes until they are safe, and gives when they are not in memory; nil when
        /// they could not be measured.
        package var deviceWriteSpeed: Double?
        package var deviceReadSpeed: Double?
        /// Seconds that measuring a row in memory takes by itself, both ways: those of a codec that does nothing.
        package var measurementSeconds: Double?

        package init(
            orderZeroEntropy: Double, orderOneEntropy: Double, memoryCopySpeed: Double, deviceWriteSpeed: Double? = nil,
            deviceReadSpeed: Double? = nil, measurementSeconds: Double? = nil
        ) {
            self.orderZeroEntropy = orderZeroEntropy
            self.orderOneEntropy = orderOneEntropy
            self.memoryCopySpeed = memoryCopySpeed
            self.deviceWriteSpeed = deviceWriteSpeed
            self.deviceReadSpeed = deviceReadSpeed
            self.measurementSeconds = measurementSeconds
        }
    }

    package struct Absence: Sendable, Hashable {
        package var name: String
        /// One sentence, with what to do about it where there is something.
        package var reason: String
        /// A program that is not installed is no failure.
        package var isFailure: Bool

        package init(name: String, reason: String, isFailure: Bool) {
            self.name = name
            self.reason = reason
            self.isFailure = isFailure
        }
    }

    /// How a contender is measured.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Bale as a library, from memory to memory.
        case memory
        /// Bale's own command, from file to file.
        case command
        /// Another program's command, from file to file.
        case peer
    }

    /// One contender's figures.
    package struct Row: Sendable, Hashable {
        /// Unique in its comparison: "bale -3", "memory -3", "bale lz4 -T1", "zstd -3".
        package var name: String
        package var kind: Kind
        /// The program's name, "bale" for our own.
        package var tool: String
        /// The level or pipeline's name without dashes: "3", "lz4".
        package var setting: String
        package var threads: Int
        /// The compressing command line as measured, for people; nil in memory.
        package var command: String?
        package var rawSize: Int
        package var packedSize: Int
        package var compression: Step
        package var decompression: Step
        /// No other row of a kind measured the same way is both smaller and faster to compress (decompress).
        package var isOnCompressionFront = false
        package var isOnDecompressionFront = false

        package init(
            name: String, kind: Kind, tool: String, setting: String, threads: Int, command: String? = nil, rawSize: Int, packedSize: Int,
            compression: Step, decompression: Step
        ) {
            self.name = name
            self.kind = kind
            self.tool = tool
            self.setting = setting
            self.threads = threads
            self.command = command
            self.rawSize = rawSize
            self.packedSize = packedSize
            self.compression = compression
            self.decompression = decompression
        }

        /// R: compressed over original size, smaller is better.
        package var remainder: Double { Double(packedSize) / Double(rawSize) }
        /// D = 1 - R: what compression saves.
        package var saving: Double { 1 - remainder }
        /// Original over compressed size.
        package var ratio: Double { Double(rawSize) / Double(packedSize) }
    }

    /// Compressing or decompressing, run by run in the same order for all rows.
    package struct Step: Sendable, Hashable {
        /// Wall time and processor time (user and system, all threads) in seconds.
        package var seconds: Timings
        package var processorSeconds: Timings
        /// The highest resident memory of any run, bytes; nil in memory.
        package var peakMemory: Int?
        /// How many times as fast as the baseline: the median over the pairs of their runs. Nil without a baseline.
        package var speedOverBaseline: Double?
        /// How many times less processor time than the baseline, by the same pairs. Another program on the machine changes it little.
        package var thriftOverBaseline: Double?
        /// What it takes, wall and processor seconds, for next to no input: starting a program, its threads and tables. Nil where it was not
        /// measured. What is foretold of more input than was measured must not multiply it.
        package var startSeconds: Double?
        package var startProcessorSeconds: Double?

        package init(seconds: Timings, processorSeconds: Timings, peakMemory: Int? = nil, speedOverBaseline: Double? = nil) {
            self.seconds = seconds
            self.processorSeconds = processorSeconds
            self.peakMemory = peakMemory
            self.speedOverBaseline = speedOverBaseline
        }

        /// Raw bytes a second at the median.
        package func speed(_ rawSize: Int) -> Double? {
            seconds.median.map { Double(rawSize) / $0 }
        }
    }
}
