/// Every option by what it does. The table says how it is written.
enum OptionID: Sendable {
    case compress, decompress, verify, list
    case standardOutput, output, outputFolder, suffix, keep, remove, force, recurse, sparse, synchronize
    case level, fast, best, threads, memory, blockSize, long, pipeline, check
    case kernels, chunkSize, sampleSize, runs
    case levels, pipelines, peers, baseline, goal, timeLimit, reportFile, realTime
    case keepGoing, maximumOutput, ignoreTrailing, quick, range
    case verbose, quiet, progress, json
    case help, version, generate
}

/// What follows an option.
enum ValueKind: Sendable, Equatable {
    case none
    /// Decimal digits; ends at the first other character, so that `-T2v` is `-T2 -v`.
    case count
    /// Numbers with commas between them; ends at the first other character.
    case counts
    /// Bytes with an optional unit.
    case size
    case file
    case folder
    case suffix
    case range
    case pipeline
    case word
}

/// A row of the option table. The parser, the help, the manual page and the completions are all made from it.
struct OptionSpec: Sendable {
    enum Group: String, CaseIterable, Sendable {
        case operation = "Operation"
        case files = "Files"
        case tuning = "Compression"
        case reading = "Reading archives"
        case measuring = "Measuring"
        case talk = "Messages"
    }

    let id: OptionID
    let group: Group
    /// Short letters; only the first is shown.
    var short: [Unicode.Scalar] = []
    /// Long names without hyphens.
    var long: [String] = []
    var value: ValueKind = .none
    var valueName = ""
    /// The value is only taken from behind "=".
    var isValueOptional = false
    /// `--no-NAME` turns it off.
    var isNegatable = false
    /// What the negative form does, where that is the form worth showing.
    var showsNegative = false
    /// The verbs that it is for. Empty: every one.
    var verbs: [Verb] = []
    /// Other verbs take it silently: `tar -I 'bale -3'` appends -d to extract.
    var isTolerated = false
    var isHidden = false
    /// One line, lower case, no full stop.
    let summary: String
    /// More sentences for the manual page.
    var details = ""

    /// Whether the verb takes it.
    func applies(to verb: Verb) -> Bool { verbs.isEmpty || verbs.contains(verb) }

    /// The value as it is written behind the name: "=SIZE", "[=SIZE]" or nothing.
    var shownValue: String {
        if value == .none { return "" }
        return isValueOptional ? "[=\(valueName)]" : "=\(valueName)"
    }

    /// The long names to show, in the form that is worth showing: "--[no-]sparse", "--no-sync".
    var shownLong: [String] {
        long.map { name in
            guard isNegatable else { return "--\(name)" }
            return showsNegative ? "--no-\(name)" : "--[no-]\(name)"
        }
    }

    /// The long names as they are typed, for completions.
    var typedLong: [String] {
        long.flatMap { name in
            guard isNegatable else { return ["--\(name)"] }
            return showsNegative ? ["--no-\(name)"] : ["--\(name)", "--no-\(name)"]
        }
    }
}
