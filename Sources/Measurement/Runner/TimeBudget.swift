/// The time that measuring one file may take where its runs are not the user's choice: two minutes for a file of any size and contenders
/// of any speed, the start of commands and the writing of reports included.
package struct TimeBudget {
    /// Seconds for everything that is planned; the rest of the two minutes is for what turns out slower than planned.
    package static let total: Double = 105
    /// Seconds of it for the first turn of all contenders, ``SampleBudget`` takes care of that, for the scaling curve, and until the last run
    /// by numbers of workers begins.
    package static let warmUp: Double = 45
    package static let curve: Double = 12
    package static let scaling: Double = 6
    /// And for what ``CloserLook`` measures.
    package static let closerLook: Double = 12

    private let clock: Clock
    private let start: UInt64

    /// Begins to run now.
    package init(clock: Clock = .monotonic()) {
        self.clock = clock
        start = clock.now()
    }

    /// Seconds that are left; negative when it is overdrawn.
    package var left: Double { Self.total - Double(clock.now() - start) / 1e9 }
}
