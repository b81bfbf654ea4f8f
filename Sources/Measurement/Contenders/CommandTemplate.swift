/// A command line with places for its input and its output.
package struct CommandTemplate: Sendable, Hashable {
    package enum Argument: Sendable, Hashable, ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
        case text(String)
        case input
        case output

        package init(stringLiteral text: String) { self = .text(text) }
    }

    /// The name that people know the program by, and where it was found.
    package var name: String
    package var path: String
    package var arguments: [Argument]

    package init(name: String, path: String, arguments: [Argument]) {
        self.name = name
        self.path = path
        self.arguments = arguments
    }

    /// Without a place for the input among the arguments it is standard input; the same with the output.
    package var readsStandardInput: Bool { !arguments.contains(.input) }
    package var writesStandardOutput: Bool { !arguments.contains(.output) }

    /// What the program gets, its own name first.
    func arguments(input: String, output: String) -> [String] {
        [name]
            + arguments.map { argument in
                switch argument {
                case .text(let text): text
                case .input: input
                case .output: output
                }
            }
    }

    /// As a shell would take it.
    package func shown(input: String, output: String) -> String {
        arguments(input: input, output: output).joined(separator: " ") + (readsStandardInput ? " < \(input)" : "")
            + (writesStandardOutput ? " > \(output)" : "")
    }
}
