/// What of Bale is measured.
package struct OwnSetting: Sendable, Hashable {
    /// Nil: the default.
    package var level: Int?
    /// Nil: chosen for each block.
    package var pipeline: String?

    package init(level: Int?, pipeline: String? = nil) {
        self.level = level
        self.pipeline = pipeline
    }

    /// "-3", or the pipeline's name.
    var shown: String { pipeline ?? level.map { "-\($0)" } ?? "" }
    var setting: String { pipeline ?? level.map { "\($0)" } ?? "" }

    private func suffix(_ threads: Int, _ namesThreads: Bool) -> String { namesThreads ? " -T\(threads)" : "" }

    /// The library from memory to memory.
    func inMemory(threads: Int, namesThreads: Bool) -> Contender {
        Contender(
            name: "memory \(shown)" + suffix(threads, namesThreads), kind: .memory, tool: "bale", setting: setting, threads: threads,
            method: .memory(.bale(level: level, pipeline: pipeline, threads: threads)))
    }

    /// The command from file to file.
    /// - Parameter program: where the executable is.
    func asCommand(_ program: String, threads: Int, namesThreads: Bool) -> Contender {
        let choice = [level.map { "-\($0)" }, pipeline.map { "--pipeline=\($0)" }].compactMap { $0 }
        let compression = choice.map { CommandTemplate.Argument.text($0) } + ["-T\(threads)", "-c", .input]
        return Contender(
            name: "bale \(shown)" + suffix(threads, namesThreads), kind: .command, tool: "bale", setting: setting, threads: threads,
            suffix: ".bale",
            method: .commands(
                compression: CommandTemplate(name: "bale", path: program, arguments: compression),
                decompression: CommandTemplate(name: "bale", path: program, arguments: ["-d", "-T\(threads)", "-c", .input])))
    }
}
