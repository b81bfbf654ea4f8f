/// The completion script for zsh, made from the tables.
enum ZshCompletion {
    static var text: String {
        let options = OptionTable.all.filter { !$0.isHidden }.flatMap(arguments)
        let verbs = Verb.written.map { "        '\($0.rawValue):\(quote(VerbDescription.of($0).summary))'" }
        return """
            #compdef bale unbale balecat
            _bale_files() {
                if ((CURRENT == 2)); then
                    local -a verbs=(
            \(verbs.joined(separator: "\n"))
                    )
                    _describe verb verbs
                elif ((CURRENT == 3)) && [[ $words[2] == bench ]]; then
                    compadd \(BenchTopic.words)
                fi
                _files
            }
            _bale_pipelines() {
                local -a names=(${(f)"$(bale pipelines | tail -n +2 | cut -d' ' -f1)"})
                _describe pipeline names
            }
            _arguments -s \\
            \(options.map { "    \($0) \\" }.joined(separator: "\n"))
                '*:file:_bale_files'

            """
    }

    /// One specification per name, since zsh pairs names by exclusion lists.
    private static func arguments(_ spec: OptionSpec) -> [String] {
        let short = spec.short.prefix(1).map { "-\($0)" }
        let names = short + spec.typedLong
        let excluded = spec.id == .verbose || spec.id == .quiet ? "*" : "(\(names.joined(separator: " ")))"
        return names.map { name in
            let joint = spec.value == .none ? "" : spec.isValueOptional ? "=-" : name.hasPrefix("--") ? "=" : "+"
            return "'\(excluded)\(name)\(joint)[\(quote(spec.summary))]\(value(spec))'"
        }
    }

    private static func value(_ spec: OptionSpec) -> String {
        switch spec.value {
        case .none: ""
        case .file: ":\(spec.valueName):_files"
        case .folder: ":\(spec.valueName):_files -/"
        case .pipeline: ":\(spec.valueName):_bale_pipelines"
        case .count, .counts, .size, .suffix, .range, .word: "\(spec.isValueOptional ? "::" : ":")\(spec.valueName): "
        }
    }

    /// For use inside single quotes and brackets.
    private static func quote(_ text: String) -> String {
        var quoted = ""
        for character in text {
            switch character {
            case "'": quoted += "'\\''"
            case "[", "]", ":": quoted += "\\\(character)"
            default: quoted.append(character)
            }
        }
        return quoted
    }
}
