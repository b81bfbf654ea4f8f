/// The text of `--help`, made from the tables.
enum HelpText {
    /// The column where the descriptions of options begin.
    private static let column = 30

    static var general: String {
        var text = """
            Usage: bale [OPTION]... [FILE]...        compress each FILE to FILE.bale
                   bale -d [OPTION]... [FILE]...     decompress
                   bale VERB [OPTION]... [FILE]...

            Bale compresses in parallel and without loss. Without FILE, or where FILE is -,
            it reads standard input and writes standard output. Sources are kept.

            Verbs:

            """
        for verb in Verb.written { text += line(left: verb.rawValue, VerbDescription.of(verb).summary) }
        for group in OptionSpec.Group.allCases { text += section(group) }
        return text + """

            A verb is the first argument that is no option; ./list is a file of that name.
            Exit status: 0 done, 1 refused or failed, 2 archive damaged, 3 internal error,
            4 an input changed or was left out.

            """
    }

    static func verb(_ verb: Verb) -> String {
        let description = VerbDescription.of(verb)
        var text = "Usage: bale \(description.synopsis)\n\n" + wrap(description.details, width: 80)
        let options = OptionTable.all.filter { !$0.isHidden && $0.applies(to: verb) && $0.group != .operation }
        if verb.takesFiles, !options.isEmpty { text += "\nOptions:\n" + options.map(line).joined() }
        if !description.examples.isEmpty { text += "\nExamples:\n" + description.examples.map { "  \($0)\n" }.joined() }
        return text
    }

    private static func section(_ group: OptionSpec.Group) -> String {
        let options = OptionTable.all.filter { !$0.isHidden && $0.group == group }
        let level =
            group == .tuning
            ? line(left: "-0 ... -\(Settings.highestLevel)", "level; 0 is fastest, \(Settings.highestLevel) is smallest; default 3") : ""
        return "\n\(group.rawValue):\n" + level + options.map(line).joined()
    }

    private static func line(_ spec: OptionSpec) -> String {
        let short = spec.short.first.map { "-\($0), " } ?? "    "
        return line(left: short + spec.shownLong.joined(separator: ", ") + spec.shownValue, spec.summary)
    }

    /// Two columns; a left side that is too wide has its own line.
    private static func line(left: String, _ right: String) -> String {
        let start = "  " + left
        guard start.count + 2 <= column else { return start + "\n" + String(repeating: " ", count: column) + right + "\n" }
        return start + String(repeating: " ", count: column - start.count) + right + "\n"
    }

    /// Breaks text into lines of at most that many characters, at blanks.
    private static func wrap(_ text: String, width: Int) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            let last = lines[lines.count - 1]
            if last.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if last.count + 1 + word.count <= width {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append(String(word))
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
