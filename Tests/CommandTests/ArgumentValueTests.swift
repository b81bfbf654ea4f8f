import Testing

@testable import BaleCommand

@Suite struct ArgumentValueTests {
    @Test(
        arguments: [
            ("0", 0), ("1", 1), ("4096", 4096), ("1k", 1024), ("1K", 1024), ("2KiB", 2048), ("3M", 3 << 20), ("3mib", 3 << 20),
            ("1G", 1 << 30),
            ("1GiB", 1 << 30), ("2T", 2 << 40), ("18446744073709551615", UInt64.max), ("16383TiB", 16383 << 40),
        ] as [(String, UInt64)])
    func readsSizes(_ text: String, size: UInt64) {
        #expect(SizeArgument.parse(text) == size)
    }

    @Test(arguments: [
        "", "K", "-1", "+1", "1 K", "1KB", "1B", "0x10", "1.5G", "18446744073709551616", "16777216T", "99999999999G", "1KiBs", "١", "1K ",
    ])
    func refusesSizes(_ text: String) {
        #expect(SizeArgument.parse(text) == nil)
    }

    @Test(arguments: [
        ("0:1", RequestedRange(lowerBound: 0, upperBound: 1)), ("4K:4K", RequestedRange(lowerBound: 4096, upperBound: 8192)),
        ("5:", RequestedRange(lowerBound: 5, upperBound: nil)), ("5-", RequestedRange(lowerBound: 5, upperBound: nil)),
        ("0-0", RequestedRange(lowerBound: 0, upperBound: 1)), ("10-19", RequestedRange(lowerBound: 10, upperBound: 20)),
        ("7:0", RequestedRange(lowerBound: 7, upperBound: 7)), ("1M-1M", RequestedRange(lowerBound: 1 << 20, upperBound: 1 << 20 + 1)),
    ])
    func readsRanges(_ text: String, range: RequestedRange) {
        #expect(RequestedRange.parse(text) == range)
    }

    @Test(arguments: [
        "", "5", ":5", "-5", "5-3", "a:b", "1:2:3", "1--2", "1:-2", "18446744073709551615:1", "0-18446744073709551615",
        "1:18446744073709551615",
    ])
    func refusesRanges(_ text: String) {
        #expect(RequestedRange.parse(text) == nil)
    }

    @Test func cutsRangesAtTheEnd() {
        #expect(RequestedRange(lowerBound: 10, upperBound: nil).resolved(size: 15) == 10..<15)
        #expect(RequestedRange(lowerBound: 10, upperBound: 20).resolved(size: 15) == 10..<15)
        #expect(RequestedRange(lowerBound: 10, upperBound: 12).resolved(size: 15) == 10..<12)
        #expect(RequestedRange(lowerBound: 15, upperBound: 20).resolved(size: 15) == 15..<15)
        #expect(RequestedRange(lowerBound: 16, upperBound: 20).resolved(size: 15) == nil)
    }
}
