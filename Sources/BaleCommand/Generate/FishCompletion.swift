/// The completion script for fish, made from the tables.
enum FishCompletion {
    static var text: String {
        var text = "# fish completion for bale\n"
        for verb in Verb.written {
            text += "complete -c bale -n __fish_use_subcommand -a \(verb.rawValue) -d '\(quote(VerbDescription.of(verb).summary))'\n"
        }
        text += "complete -c bale -n '__fish_seen_subcommand_from bench' -a '\(BenchTopic.words)'\n"
        for spec in OptionTable.all where !spec.isHidden { text += line(spec) }
        return text + "complete -c unbale -w bale\ncomplete -c balecat -w bale\n"
    }

    private static func line(_ spec: OptionSpec) -> String {
        let short = spec.short.prefix(1).map { " -s \($0)" }.joined()
        let long = spec.typedLong.map { " -l \($0.dropFirst(2))" }.joined()
        return "complete -c bale\(short)\(long)\(value(spec)) -d '\(quote(spec.summary))'\n"
    }

    private static func value(_ spec: OptionSpec) -> String {
        if spec.isValueOptional { return "" }
        return switch spec.value {
        case .none: ""
        case .file: " -r -F"
        case .folder: " -x -a '(__fish_complete_directories)'"
        case .pipeline: " -x -a '(bale pipelines | tail -n +2 | string replace -r \" .*\" \"\")'"
        case .count, .counts, .size, .suffix, .range, .word: " -x"
        }
    }

    private static func quote(_ text: String) -> String {
        text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "\\'")
    }
}
