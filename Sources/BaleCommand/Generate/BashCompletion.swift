/// The completion script for bash, made from the tables.
enum BashCompletion {
    static var text: String {
        let visible = OptionTable.all.filter { !$0.isHidden }
        let words = visible.flatMap { spec in spec.short.prefix(1).map { "-\($0)" } + spec.typedLong.map { name in name } }
        return """
            # bash completion for bale
            _bale() {
                local word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} option=
                COMPREPLY=()
                if [[ $word == = ]]; then option=$previous word=
                elif [[ $previous == = ]]; then option=${COMP_WORDS[COMP_CWORD - 2]}
                else option=$previous
                fi
                case $option in
            \(cases(visible))    esac
                if [[ $word == -* ]]; then
                    COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- "$word"))
                    return
                fi
                if ((COMP_CWORD == 1)); then COMPREPLY=($(compgen -W '\(Verb.written.map(\.rawValue).joined(separator: " "))' -- "$word")); fi
                if ((COMP_CWORD == 2)) && [[ ${COMP_WORDS[1]} == bench ]]; then COMPREPLY=($(compgen -W '\(BenchTopic.words)' -- "$word")); fi
                compopt -o filenames
                mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$word")
            }
            complete -F _bale bale unbale balecat

            """
    }

    private static func cases(_ specs: [OptionSpec]) -> String {
        let rows: [(ValueKind, String)] = [
            (.pipeline, "COMPREPLY=($(compgen -W \"$(bale pipelines | tail -n +2 | cut -d' ' -f1)\" -- \"$word\")); return"),
            (.folder, "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -d -- \"$word\"); return"),
            (.file, "compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return"),
            (.count, "return"), (.counts, "return"), (.size, "return"), (.range, "return"), (.suffix, "return"), (.word, "return"),
        ]
        return rows.map { kind, action in
            let names = specs.filter { $0.value == kind && !$0.isValueOptional }
                .flatMap { spec in spec.short.prefix(1).map { "-\($0)" } + spec.typedLong }
            return "        \(names.joined(separator: " | "))) \(action) ;;\n"
        }.joined()
    }
}
