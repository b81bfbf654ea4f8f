/// Measures several functions in turn, A B C, A B C, ..., so that what else the machine does hits all of them alike.
package struct Interleaving {
    let clock: Clock
    /// Turns of each function.
    let runs: Int

    package init(clock: Clock, runs: Int) {
        self.clock = clock
        self.runs = runs
    }

    /// Nanoseconds of one call of each function, a sample for each turn. Every turn repeats its call as often as the clock needs.
    ///
    /// - Returns: nil in place of a function that has returned false; it is not called again.
    package func measure(_ calls: [() -> Bool]) -> [Timings?] {
        var batches = calls.map { batch($0) }
        var timings = calls.map { _ in Timings() }
        for _ in 0..<runs {
            for (index, call) in calls.enumerated() {
                guard let batch = batches[index] else { continue }
                if let time = time(call, batch) {
                    timings[index].append(Double(time) / Double(batch))
                } else {
                    batches[index] = nil
                }
            }
        }
        return zip(timings, batches).map { $1 == nil ? nil : $0 }
    }

    /// How often a call is to be repeated so that the clock can read it: finding out warms the caches as well.
    private func batch(_ call: () -> Bool) -> Int? {
        var batch = 1
        while true {
            guard let time = time(call, batch) else { return nil }
            if time >= clock.shortestSpan || batch >= Self.maximumBatch { return batch }
            // Straight to the goal by the speed just seen, but at most eightfold: the first calls are the slow ones.
            let needed = Int(clock.shortestSpan / max(time, 1)) + 1
            batch = min(batch * min(max(needed, 2), 8), Self.maximumBatch)
        }
    }

    /// Bounds the search where a call takes no time at all; a real one of 1 ns has taken 131 us by then.
    private static let maximumBatch = 1 << 17

    /// Nanoseconds of `count` calls, or nil when one returns false.
    private func time(_ call: () -> Bool, _ count: Int) -> UInt64? {
        let start = clock.now()
        for _ in 0..<count where !call() { return nil }
        return clock.now() - start
    }
}
