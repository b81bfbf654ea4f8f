/// One way of compressing that is measured: how, and what its row says about it.
package struct Contender: Sendable {
    package enum Method: Sendable {
        case memory(MemoryCodec)
        case commands(compression: CommandTemplate, decompression: CommandTemplate)
    }

    package var name: String
    package var tool: String
    package var setting: String
    package var threads: Int
    /// What packed files are called, because some programs want their own endings: ".zst".
    package var suffix: String
    package var method: Method
    package var kind: Comparison.Kind

    package init(
        name: String, kind: Comparison.Kind, tool: String, setting: String, threads: Int, suffix: String = "", method: Method
    ) {
        self.name = name
        self.kind = kind
        self.tool = tool
        self.setting = setting
        self.threads = threads
        self.suffix = suffix
        self.method = method
    }

    /// The compressing command line for people.
    var command: String? {
        guard case .commands(let compression, _) = method else { return nil }
        return compression.shown(input: "FILE", output: "FILE\(suffix)")
    }
}
