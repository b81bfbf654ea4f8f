import Testing

@testable import BaleCommand

@Suite struct PathTests {
    @Test(arguments: [
        ("a", ".", "a"), ("/a", "/", "a"), ("x/a", "x", "a"), ("x/y/a", "x/y", "a"), ("x/", "x", "x"), ("/", "/", ""), ("./a", ".", "a"),
    ])
    func takesNamesApart(_ text: String, folder: String, last: String) {
        #expect(Path(text).folder == Path(folder))
        #expect(Path(text).lastComponent == Array(last.utf8))
    }

    @Test func joinsNames() {
        #expect(Path("x").appending("a".utf8) == Path("x/a"))
        #expect(Path("x/").appending("a".utf8) == Path("x/a"))
        #expect(Path("").appending("a".utf8) == Path("a"))
        #expect(Path("/").appending("a".utf8) == Path("/a"))
    }

    @Test func needsAStemBeforeASuffix() {
        let suffix = Array(".bale".utf8)
        #expect(Path("x/a.bale").hasSuffix(suffix))
        #expect(!Path("x/.bale").hasSuffix(suffix))
        #expect(!Path("a.bale.gz").hasSuffix(suffix))
    }

    @Test func givesTextOnlyWhenItIsText() {
        #expect(Path("grün").text == "grün")
        #expect(Path([0x67, 0xFC]).text == nil)
    }
}
