import Testing

@testable import Measurement

/// A clock that only the measured calls move.
private final class FakeClock {
    var time: UInt64 = 1000
    var log = ""

    func clock(shortestSpan: UInt64) -> Clock { Clock(shortestSpan: shortestSpan) { self.time } }

    /// A call that takes that long and leaves its letter.
    func call(_ letter: String, nanoseconds: UInt64) -> () -> Bool {
        {
            self.log += letter
            self.time += nanoseconds
            return true
        }
    }
}

@Suite struct InterleavingTests {
    @Test func takesTurns() {
        let fake = FakeClock()
        let interleaving = Interleaving(clock: fake.clock(shortestSpan: 100), runs: 3)
        let timings = interleaving.measure([
            fake.call("a", nanoseconds: 100), fake.call("b", nanoseconds: 200), fake.call("c", nanoseconds: 300),
        ])
        // Each once to find out how long it takes, then the turns.
        #expect(fake.log == "abc" + "abcabcabc")
        #expect(timings.map { $0?.samples } == [[100, 100, 100], [200, 200, 200], [300, 300, 300]])
    }

    @Test func repeatsShortCallsUntilTheClockCanReadThem() {
        let fake = FakeClock()
        let interleaving = Interleaving(clock: fake.clock(shortestSpan: 1000), runs: 2)
        let timings = interleaving.measure([fake.call("a", nanoseconds: 3), fake.call("b", nanoseconds: 1000)])
        #expect(timings.map { $0?.best } == [3, 1000])
        let turns = fake.log.split(separator: "b")
        #expect(turns.count == 3, "finding out, then two turns: \(turns.map(\.count))")
        #expect(turns[1].count == turns[2].count)
        #expect(turns[1].count * 3 >= 1000)
        #expect(turns[1].count * 3 < 9000)
    }

    @Test func endsWhereACallTakesNoTime() {
        let fake = FakeClock()
        var calls = 0
        let interleaving = Interleaving(clock: fake.clock(shortestSpan: 1000), runs: 1)
        let timings = interleaving.measure([
            {
                calls += 1
                return true
            }
        ])
        #expect(timings[0]?.best == 0)
        #expect(calls < 1 << 19)
    }

    @Test func leavesOutACallThatFails() {
        let fake = FakeClock()
        let interleaving = Interleaving(clock: fake.clock(shortestSpan: 1), runs: 4)
        var left = 3
        let timings = interleaving.measure([
            fake.call("a", nanoseconds: 10),
            {
                fake.log += "x"
                fake.time += 5
                left -= 1
                return left > 0
            }, { false },
        ])
        #expect(fake.log == "ax" + "ax" + "ax" + "aa")
        #expect(timings[0]?.count == 4)
        #expect(timings[1] == nil)
        #expect(timings[2] == nil)
    }

    @Test func systemClockGoesOn() {
        let clock = Clock.monotonic()
        let first = clock.now()
        #expect(clock.now() >= first)
        #expect(clock.shortestSpan >= 20_000)
    }
}
