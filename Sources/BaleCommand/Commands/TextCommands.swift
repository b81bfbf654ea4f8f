internal import Bale

/// The commands that only print.
enum TextCommands {
    static func pipelines(_ console: Console) {
        var table = TextTable([("pipeline", .left), ("for", .left)])
        for entry in PipelineCatalog.all { table.append([entry.name, entry.summary]) }
        console.print(table.text)
    }

    static func version(_ console: Console) {
        console.print("bale \(BaleVersion.string)\n")
    }

    /// The help, or that of the verb that the first operand names.
    static func help(_ settings: Settings, _ console: Console) throws(Failure) {
        guard let topic = settings.operands.first else { return console.print(HelpText.general) }
        guard let verb = Verb.allCases.first(where: { Array($0.rawValue.utf8) == topic.bytes }) else {
            throw .usage("there is no verb '\(topic.shown)'")
        }
        console.print(HelpText.verb(verb))
    }

    /// The manual page or a completion script, for `make install`.
    static func generate(_ what: String, _ console: Console) throws(Failure) {
        switch what {
        case "man": console.print(ManualPage.text)
        case "bash": console.print(BashCompletion.text)
        case "zsh": console.print(ZshCompletion.text)
        case "fish": console.print(FishCompletion.text)
        default: throw .usage("--generate makes man, bash, zsh or fish, not '\(what)'", remedy: nil)
        }
    }
}
