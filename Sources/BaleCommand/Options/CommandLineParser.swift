/// Turns arguments into settings, by the option table alone. Options and operands may come in any order; short options
/// combine; digits after one hyphen are the level; "--" ends the options.
struct CommandLineParser {
    private var settings = Settings()
    private var operands: [Path] = []
    /// Operands before "--"; a verb can only be one of these.
    private var operandsBeforeEnd: Int?
    private var applied: [WrittenOption] = []
    private var hasOperation = false
    private var rest: ArraySlice<[UInt8]>

    /// Whether a file of that name is there, to see when a verb may be meant as one.
    private let fileExists: (Path) -> Bool

    private init(_ arguments: ArraySlice<[UInt8]>, fileExists: @escaping (Path) -> Bool) {
        rest = arguments
        self.fileExists = fileExists
    }

    /// - Parameters:
    ///   - arguments: the program's name, then what the user wrote.
    ///   - variable: looks up the environment.
    ///   - fileExists: looks up a file.
    static func parse(
        _ arguments: [[UInt8]], variable: (String) -> String? = { _ in nil }, fileExists: @escaping (Path) -> Bool = { _ in false }
    ) throws(Failure) -> Settings {
        var parser = CommandLineParser(arguments.dropFirst(), fileExists: fileExists)
        if let name = arguments.first, let verb = Verb(programName: name) {
            parser.settings.verb = verb
            parser.hasOperation = true
        }
        try parser.readArguments()
        try parser.chooseVerb()
        try parser.settings.checkCombinations(parser.applied)
        if parser.settings.verb.takesFiles { try parser.settings.applyEnvironment(variable) }
        return parser.settings
    }

    private mutating func readArguments() throws(Failure) {
        while let argument = rest.popFirst() {
            if argument == Array("--".utf8) {
                operandsBeforeEnd = operands.count
                operands += rest.map { Path($0) }
                return
            } else if argument.starts(with: Array("--".utf8)) {
                try readLong(argument)
            } else if argument.first == UInt8(ascii: "-"), argument.count > 1 {
                try readCluster(argument)
            } else {
                operands.append(Path(argument))
            }
        }
    }

    /// "--name", "--no-name", "--name=value" or "--name value".
    private mutating func readLong(_ argument: [UInt8]) throws(Failure) {
        let parts = argument.dropFirst(2).split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(decoding: parts[0], as: UTF8.self)
        guard let (spec, isOn) = Self.find(long: name) else {
            throw .usage("there is no option '--\(name)'", remedy: Self.suggestion(for: name))
        }
        var value = parts.count > 1 ? Array(parts[1]) : nil
        if spec.value == .none {
            guard value == nil else { throw .usage("--\(name) takes no value", remedy: nil) }
        } else if value == nil, !spec.isValueOptional {
            guard let next = rest.popFirst() else { throw .usage("--\(name) needs a value: --\(name)=\(spec.valueName)", remedy: nil) }
            value = next
        }
        try take(spec, value: value ?? [], isOn: isOn, written: "--\(name)")
    }

    /// "-19T0v": letters, each with its value behind it, and digits for the level.
    private mutating func readCluster(_ argument: [UInt8]) throws(Failure) {
        var cluster = argument.dropFirst()
        while let letter = cluster.first {
            let digits = Array(cluster.prefix { Self.isDigit($0) })
            if !digits.isEmpty {
                cluster = cluster.dropFirst(digits.count)
                let text = String(decoding: digits, as: UTF8.self)
                settings.level = try Settings.level(text, "-\(text)")
                continue
            }
            guard let spec = Self.find(short: Unicode.Scalar(letter)) else {
                throw .usage("there is no option '-\(Self.character(cluster))' in '\(String(decoding: argument, as: UTF8.self))'")
            }
            cluster = cluster.dropFirst()
            let written = "-\(Unicode.Scalar(letter))"
            let value = try takeShortValue(spec, from: &cluster, written: written)
            try take(spec, value: value, isOn: true, written: written)
        }
    }

    /// The value behind a short option: digits only for a count, otherwise the whole rest, or the next argument.
    private mutating func takeShortValue(
        _ spec: OptionSpec, from cluster: inout ArraySlice<UInt8>, written: String
    ) throws(Failure) -> [UInt8] {
        guard spec.value != .none else { return [] }
        let value =
            switch spec.value {
            case .count: cluster.prefix { Self.isDigit($0) }
            case .counts: cluster.prefix { Self.isDigit($0) || $0 == UInt8(ascii: ",") }
            default: cluster
            }
        cluster = cluster.dropFirst(value.count)
        if !value.isEmpty { return Array(value) }
        guard cluster.isEmpty, let next = rest.popFirst() else {
            throw .usage("\(written) needs a value: \(written) \(spec.valueName)", remedy: nil)
        }
        return next
    }

    private mutating func take(_ spec: OptionSpec, value: [UInt8], isOn: Bool, written: String) throws(Failure) {
        // After --help nothing may turn it into something else.
        let verb = settings.verb
        try settings.apply(spec, value: value, isOn: isOn, written: written)
        if verb == .help || verb == .version { settings.verb = verb }
        if spec.id.isOperation { hasOperation = true }
        applied.append(WrittenOption(spec: spec, written: written))
    }

    /// The first operand names the verb, unless an option did already. A name that is a file as well is refused:
    /// neither reading would be a safe guess.
    private mutating func chooseVerb() throws(Failure) {
        if !hasOperation, let first = operands.first, operandsBeforeEnd != 0, let verb = Self.writtenVerb(first) {
            guard operandsBeforeEnd != nil || !fileExists(first) else {
                throw .usage(
                    "\(first.shown) is a verb and a file here",
                    remedy: "write ./\(first.shown) for the file, or -- after the verb and its options")
            }
            settings.verb = verb
            operands.removeFirst()
        }
        if settings.verb == .bench { chooseBenchTopic() }
        settings.operands = operands
    }

    /// The operand behind `bench` may say what to measure; otherwise it is a file.
    private mutating func chooseBenchTopic() {
        // One operand before "--" is the verb itself.
        guard let first = operands.first, operandsBeforeEnd ?? .max > 1 else { return }
        guard let topic = BenchTopic.allCases.first(where: { Array($0.rawValue.utf8) == first.bytes }) else { return }
        settings.benchTopic = topic
        operands.removeFirst()
    }

    private static func writtenVerb(_ operand: Path) -> Verb? {
        Verb.written.first { Array($0.rawValue.utf8) == operand.bytes }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

    private static func find(short letter: Unicode.Scalar) -> OptionSpec? {
        OptionTable.first { $0.short.contains(letter) }
    }

    /// The option of that name, and whether it is its positive form.
    private static func find(long name: String) -> (spec: OptionSpec, isOn: Bool)? {
        if let spec = OptionTable.first(where: { $0.long.contains(name) }) { return (spec, true) }
        guard name.hasPrefix("no-") else { return nil }
        let positive = String(name.dropFirst(3))
        return OptionTable.first { $0.isNegatable && $0.long.contains(positive) }.map { ($0, false) }
    }

    /// The whole first character, for messages.
    private static func character(_ bytes: ArraySlice<UInt8>) -> String {
        String(String(decoding: bytes, as: UTF8.self).prefix(1))
    }

    /// The one option that begins with what was written, as a hint; it is not accepted, scripts would break by later options.
    private static func suggestion(for name: String) -> String {
        let near = OptionTable.all.filter { !$0.isHidden }.flatMap(\.typedLong).filter { $0.dropFirst(2).hasPrefix(name) }
        guard let only = near.first, near.count == 1, !name.isEmpty else { return "try 'bale --help'" }
        return "did you mean '\(only)'?"
    }
}

/// An option of the command line, and how the user wrote it.
struct WrittenOption {
    let spec: OptionSpec
    let written: String
}

extension OptionID {
    /// Whether it is for `bench FILE` alone.
    var isForBenchedFiles: Bool {
        switch self {
        case .levels, .pipelines, .peers, .baseline, .goal, .reportFile, .timeLimit, .realTime: true
        default: false
        }
    }

    /// Whether it says what to do rather than how.
    var isOperation: Bool {
        switch self {
        case .compress, .decompress, .verify, .list, .help, .version, .generate: true
        default: false
        }
    }
}
