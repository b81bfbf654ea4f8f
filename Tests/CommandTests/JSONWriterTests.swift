import Testing

@testable import BaleCommand

@Suite struct JSONWriterTests {
    private func document(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        writer.object(body)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    @Test func writesNestedValues() {
        let text = document { writer in
            writer.member("a", 1)
            writer.member("b") { writer in writer.member("c", true) }
            writer.member("d", array: [1, 2]) { writer, number in writer.object { $0.member("n", number) } }
            writer.member("e", array: [Int]()) { _, _ in }
            writer.member("f") { _ in }
            writer.member("h", false)
        }
        #expect(
            text == """
                {
                  "a": 1,
                  "b": {
                    "c": true
                  },
                  "d": [
                    {
                      "n": 1
                    },
                    {
                      "n": 2
                    }
                  ],
                  "e": [],
                  "f": {},
                  "h": false
                }
                """)
    }

    @Test func keepsIntegersExact() {
        #expect(document { $0.member("n", UInt64.max) }.contains("18446744073709551615"))
        #expect(document { $0.member("n", Int64.min) }.contains("-9223372036854775808"))
    }

    @Test func writesRatios() {
        #expect(document { $0.member("r", ratio: 1.0 / 3) }.contains("\"r\": 0.333333"))
        #expect(document { $0.member("r", ratio: nil) }.contains("\"r\": null"))
    }

    @Test func escapesStrings() {
        let text = document { $0.member("s", "\"\\\n\t\r\u{0}\u{1F}\u{7F}é🎉\u{202E}\u{E0001}/") }
        #expect(text.contains(#""\"\\\n\t\r\u0000\u001f\u007fé🎉\u202e\udb40\udc01/""#))
    }
}
