import Testing

@testable import BaleCommand

@Suite struct EscapingTests {
    @Test(arguments: [
        ("plain name.txt", "plain name.txt"), ("a\nb", "a\\nb"), ("a\tb\rc", "a\\tb\\rc"), ("\u{1B}[31mred", "\\x1b[31mred"),
        ("back\\slash", "back\\\\slash"), ("\u{202E}gpj.exe", "\\u{202e}gpj.exe"), ("\u{7F}\u{85}", "\\x7f\\u{85}"),
        ("Grüße 東京 🎉", "Grüße 東京 🎉"), ("e\u{301}", "e\u{301}"), ("\u{2028}\u{FEFF}", "\\u{2028}\\u{feff}"),
    ])
    func showsNames(_ name: String, shown: String) {
        #expect(Escaping.name(Array(name.utf8)) == shown)
    }

    @Test func showsBytesThatAreNoText() {
        #expect(Escaping.name([0x61, 0xFF, 0x62]) == "a\\xffb")
        #expect(Escaping.name([0xC3]) == "\\xc3")
        #expect(Escaping.name([0xE2, 0x82]) == "\\xe2\\x82")
        #expect(Escaping.name([0xC0, 0xAF]) == "\\xc0\\xaf")
        #expect(Escaping.name([0xED, 0xA0, 0x80]) == "\\xed\\xa0\\x80")
        #expect(Escaping.name([0xF4, 0x90, 0x80, 0x80]) == "\\xf4\\x90\\x80\\x80")
    }

    @Test func showsDifferentNamesDifferently() {
        #expect(Escaping.name(Array("\\n".utf8)) != Escaping.name(Array("\n".utf8)))
        #expect(Escaping.name(Array("\\xff".utf8)) != Escaping.name([0xFF]))
    }

    @Test func leavesMessagesReadable() {
        #expect(Escaping.message("a\\b 'c'\u{7}") == "a\\b 'c'\\x07")
    }
}

@Suite struct FiguresTests {
    @Test(
        arguments: [
            (0, "0 B"), (1023, "1023 B"), (1024, "1.0 KiB"), (1536, "1.5 KiB"), (1_048_525, "1.0 MiB"), (1_048_523, "1023.9 KiB"),
            (12_897_484, "12.3 MiB"), (1 << 40, "1.0 TiB"), (UInt64.max, "16.0 EiB"),
        ] as [(UInt64, String)])
    func showsSizes(_ bytes: UInt64, text: String) {
        #expect(Figures.size(bytes) == text)
    }

    @Test func showsRatios() {
        #expect(Figures.ratio(stored: 366, raw: 1000) == ("0.366", "0.634"))
        #expect(Figures.ratio(stored: 1, raw: 3) == ("0.333", "0.667"))
        #expect(Figures.ratio(stored: 1012, raw: 1000) == ("1.012", "-0.012"))
        #expect(Figures.ratio(stored: 240, raw: 0) == ("-", "-"))
        #expect(Figures.ratio(stored: 1, raw: 1 << 40) == ("0.000", "1.000"))
    }

    @Test(
        arguments: [
            (820_000_000, 1_000_000_000, "820 MB/s"), (1_250_000_000, 1_000_000_000, "1.25 GB/s"), (999_600, 1_000_000_000, "1.00 MB/s"),
            (12_340_000, 1_000_000_000, "12.3 MB/s"), (0, 1_000_000_000, "0.00 kB/s"), (5, 0, "-"),
        ] as [(UInt64, UInt64, String)])
    func showsSpeeds(_ bytes: UInt64, nanoseconds: UInt64, text: String) {
        #expect(Figures.speed(bytes, nanoseconds: nanoseconds) == text)
    }

    @Test func showsDurations() {
        #expect(Figures.duration(seconds: 7) == "0:07")
        #expect(Figures.duration(seconds: 750) == "12:30")
        #expect(Figures.duration(seconds: 11109) == "3:05:09")
    }

    @Test func roundsToNearest() {
        #expect(Figures.fixed(0.9996, decimals: 3) == "1.000")
        #expect(Figures.fixed(-0.0001, decimals: 3) == "0.000")
        #expect(Figures.fixed(-1.5, decimals: 0) == "-2")
        #expect(Figures.fixed(2.05, decimals: 2) == "2.05")
    }
}

@Suite struct TextTableTests {
    @Test func alignsColumns() {
        var table = TextTable([("raw", .right), ("name", .left)])
        #expect(table.isEmpty)
        table.append(["5", "a"])
        table.append(["12345", "grün"])
        #expect(table.text == "  raw  name\n    5  a\n12345  grün\n")
    }
}

@Suite struct ProgressLineTests {
    private func line(width: Int, total: UInt64? = 200) -> String {
        ProgressLine(
            name: "a-rather-long-name.tar", rawBytes: 100, archiveBytes: 25, readBytes: 100, totalBytes: total, elapsed: 2_000_000_000,
            width: width
        ).text
    }

    @Test func tellsShareSpeedAndTimeLeft() {
        let text = line(width: 120)
        #expect(text == "a-rather-long-name.tar  50 %  100 B  R 0.250  D 0.750  0.05 kB/s  0:02 left")
    }

    @Test func tellsLessOfAPipe() {
        #expect(!line(width: 120, total: nil).contains("%"))
        #expect(!line(width: 120, total: nil).contains("left"))
    }

    @Test(arguments: [1, 5, 20, 60, 70, 80])
    func keepsWithinTheTerminal(_ width: Int) {
        #expect(line(width: width).count < width)
    }
}
