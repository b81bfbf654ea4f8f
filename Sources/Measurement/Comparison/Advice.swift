/// The best choice for a purpose, with the cost that it was chosen by.
package struct Advice: Sendable, Hashable {
    /// What the file is compressed for.
    package enum Goal: Sendable, Hashable {
        /// Written once, read seldom: size before time.
        case archive
        /// Sent once over a line of so many bytes a second: compress, send, decompress, each beside the next.
        case transfer(bytesPerSecond: Double)
        /// Kept on this machine's device and read back: no slower than the device, then as small as can be.
        case store
        /// Data that arrive at so many bytes a second: the smallest that keeps up.
        case realtime(bytesPerSecond: Double)

        /// Whether it rules out what is too slow, whatever it saves.
        package var hasBound: Bool {
            switch self {
            case .store, .realtime: true
            case .archive, .transfer: false
            }
        }

        /// What is compressed for, behind "for": "sending at 100 MB/s".
        package var purpose: String {
            switch self {
            case .archive: "an archive"
            case .transfer(let bytesPerSecond): "sending at \(AdviceNumber.speed(bytesPerSecond))"
            case .store: "storing on this device"
            case .realtime(let bytesPerSecond): "keeping up with \(AdviceNumber.speed(bytesPerSecond))"
            }
        }
    }

    /// One row's cost.
    package struct Cost: Sendable, Hashable {
        /// The row's name.
        package var row: String
        /// What the goal minimises, for a gigabyte of input, in `unit`.
        package var total: Double
        /// What it consists of: ("compress", 1.2), ("send", 3.4), in the same unit.
        package var parts: [Part]
        /// What the goal allows no more of than so much, whether it is kept or not.
        package var limits: [Limit]
        /// Nil, or why the goal rules it out.
        package var objection: String?

        package struct Part: Sendable, Hashable {
            package var name: String
            package var value: Double
            /// What of it is in the total: of steps beside each other the slowest counts whole.
            package var counted: Double

            /// - Parameter counted: nil for all of it.
            package init(name: String, value: Double, counted: Double? = nil) {
                self.name = name
                self.value = value
                self.counted = counted ?? value
            }
        }

        /// A bound on time: ("write", 2.1, 2.0) is not kept.
        package struct Limit: Sendable, Hashable {
            package var name: String
            /// Seconds for a gigabyte of input: what it takes, and what it may take.
            package var seconds: Double
            package var bound: Double

            package init(name: String, seconds: Double, bound: Double) {
                self.name = name
                self.seconds = seconds
                self.bound = bound
            }
        }

        package init(row: String, total: Double, parts: [Part], limits: [Limit] = [], objection: String? = nil) {
            self.row = row
            self.total = total
            self.parts = parts
            self.limits = limits
            self.objection = objection
        }
    }

    package var goal: Goal
    /// "s" or "GB".
    package var unit: String
    /// The model in a sentence, with its assumptions.
    package var explanation: String
    /// Cheapest first; those that the goal rules out behind.
    package var costs: [Cost]

    package init(goal: Goal, unit: String, explanation: String, costs: [Cost]) {
        self.goal = goal
        self.unit = unit
        self.explanation = explanation
        self.costs = costs
    }

    /// The cheapest row, nil when the goal rules out all of them.
    package var choice: Cost? { costs.first { $0.objection == nil } }
}
