import Testing

@testable import Format

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite struct ExampleTests {
    /// The lines of the page's code blocks.
    private func codeLines(ofPage name: String) throws -> [String] {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let file = try #require(fopen("/\(root)/Sources/Format/Format.docc/\(name)", "r"))
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var byte = fgetc(file)
        while byte != EOF {
            bytes.append(UInt8(byte))
            byte = fgetc(file)
        }
        var isCode = false
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
            if line.hasPrefix("```") { isCode.toggle() }
            return isCode && !line.hasPrefix("```") ? String(line) : nil
        }
    }

    @Test func thePageShowsWhatTheEncodersWrite() throws {
        let archive = ExampleArchive()
        #expect(archive.bytes.count == 500)
        let page = try codeLines(ofPage: "Example.md").filter { !$0.isEmpty }
        #expect(page == archive.dump, "expected:\n\(archive.dump.joined(separator: "\n"))")
    }
}
