internal import Bale

/// The manual page bale(1) in roff with the man macros, made from the tables.
enum ManualPage {
    static var text: String {
        header + synopsis + description + verbs + options + statuses + environment + examples + seeAlso
    }

    private static var header: String {
        """
        .TH BALE 1 "" "bale \(escape(BaleVersion.string))" "User Commands"
        .SH NAME
        bale, unbale, balecat \\- compress files in parallel and without loss

        """
    }

    private static var synopsis: String {
        ".SH SYNOPSIS\n"
            + VerbDescription.all.map { ".B bale\n\(escape($0.synopsis))\n" }.joined(separator: ".br\n")
            + ".br\n.B unbale\n[OPTION]... [FILE]...\n.br\n.B balecat\n[OPTION]... [FILE]...\n"
    }

    private static var description: String {
        """
        .SH DESCRIPTION
        Bale cuts its input into blocks, chooses for each block the transforms that suit its content, and works on many
        blocks at a time. Every block carries hashes of its raw and of its stored bytes; nothing is written that was not
        checked. The result is the same for every number of threads.
        .PP
        Without FILE, or where FILE is \\-, standard input is read and standard output written. Sources are kept, existing
        files are not overwritten, and a result gets its name only when it is complete.
        .PP
        A verb is the first argument that is no option. Where a file has the name of a verb, write
        .I ./list
        for the file, or \\-\\- after the verb and its options.

        """
    }

    private static var verbs: String {
        ".SH VERBS\n"
            + VerbDescription.all.map { description in
                ".TP\n.B \(escape(description.verb.rawValue))\n\(sentence(description.summary)) \(escape(description.details))\n"
            }.joined()
    }

    private static var options: String {
        ".SH OPTIONS\nShort options combine: \\-19T0v is \\-19 \\-T0 \\-v.\n" + OptionSpec.Group.allCases.map(section).joined()
    }

    private static func section(_ group: OptionSpec.Group) -> String {
        let level =
            group == .tuning
            ? ".TP\n.BR \\-0 \" ... \" \\-\(Settings.highestLevel)\nThe level: 0 is fastest, \(Settings.highestLevel) is smallest. Default 3.\n"
            : ""
        let specs = OptionTable.all.filter { !$0.isHidden && $0.group == group }
        return ".SS \(group.rawValue)\n" + level + specs.map(option).joined()
    }

    private static func option(_ spec: OptionSpec) -> String {
        let short = spec.short.first.map { ["-\($0)"] } ?? []
        let names = (short + spec.shownLong).map { "\\fB\(escape($0))\\fR" }.joined(separator: ", ")
        let name = "\\fI\(escape(spec.valueName))\\fR"
        let value = spec.value == .none ? "" : spec.isValueOptional ? "[=\(name)]" : " \(name)"
        let details = spec.details.isEmpty ? "" : " " + escape(spec.details)
        return ".TP\n\(names)\(value)\n\(sentence(spec.summary))\(details)\n"
    }

    private static var statuses: String {
        """
        .SH EXIT STATUS
        .TP
        .B 0
        Everything asked for was done.
        .TP
        .B 1
        Wrong usage, input or output error, no permission, no space, or a limit reached.
        .TP
        .B 2
        An archive is damaged, truncated or not supported.
        .TP
        .B 3
        Bale broke one of its own rules.
        .TP
        .B 4
        Finished, but an input changed while it was read, or was left out.
        .PP
        With several files the worst counts: 3, 2, 1, 4, 0. A signal ends bale as it ends any command.

        """
    }

    private static var environment: String {
        """
        .SH ENVIRONMENT
        .TP
        .B BALE_CLEVEL
        The level where no option gives one.
        .TP
        .B BALE_NBTHREADS
        The number of threads where no option gives one.
        .TP
        .B BALE_MEMLIMIT
        The memory limit where no option gives one.
        .TP
        .B BALE_CPU
        The highest instruction set to use: portable, avx2 or avx512. Results are the same on all.
        .TP
        .B NO_COLOR
        If set, messages have no colour.

        """
    }

    private static var examples: String {
        ".SH EXAMPLES\n.nf\n" + VerbDescription.all.flatMap(\.examples).map { escape($0) + "\n" }.joined() + ".fi\n"
    }

    private static var seeAlso: String { ".SH SEE ALSO\n.BR tar (1),\n.BR zstd (1),\n.BR xz (1)\n" }

    private static func sentence(_ summary: String) -> String {
        escape(summary.prefix(1).uppercased() + summary.dropFirst()) + "."
    }

    /// Hyphens that are typed stay hyphens, and no line begins with what roff takes as a request.
    private static func escape(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\": escaped += "\\e"
            case "-": escaped += "\\-"
            case "'": escaped += "\\(aq"
            default: escaped.append(character)
            }
        }
        return escaped.hasPrefix(".") ? "\\&" + escaped : escaped
    }
}
