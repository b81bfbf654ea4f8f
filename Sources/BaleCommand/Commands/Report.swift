internal import Bale

/// The JSON document that verify, list, inspect, salvage and bench print: a schema number, the verb, and one object per input,
/// failed ones with an "error". The number rises when a member changes its meaning or goes; new members may come.
struct Report {
    static let schema = 2

    /// One input: its name, and what is to be written about it.
    struct Entry: Sendable {
        let path: Path
        var failure: Failure?
        var write: @Sendable (inout JSONWriter) -> Void = { _ in }
    }

    let verb: Verb
    private(set) var entries: [Entry] = []

    init(_ verb: Verb) {
        self.verb = verb
    }

    mutating func append(_ entry: Entry) {
        entries.append(entry)
    }

    /// The document.
    var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("schema", Self.schema)
            writer.member("command", verb.rawValue)
            writer.member("files", array: entries) { writer, entry in
                writer.object { writer in
                    writer.member("name", String(decoding: entry.path.bytes, as: UTF8.self))
                    if let failure = entry.failure { Self.write(failure, to: &writer) }
                    entry.write(&writer)
                }
            }
        }
        writer.finish()
        return writer.bytes
    }

    private static func write(_ failure: Failure, to writer: inout JSONWriter) {
        writer.member("error") { writer in
            if let cause = failure.cause {
                writer.error(cause)
            } else {
                writer.member("kind", failure.kind)
                writer.member("message", failure.message)
            }
        }
    }
}

extension JSONWriter {
    /// Sizes and ratios as every report has them.
    mutating func sizes(raw: UInt64, stored: UInt64) {
        member("raw_bytes", raw)
        member("stored_bytes", stored)
        member("ratio", ratio: raw > 0 ? Double(stored) / Double(raw) : nil)
        member("redundancy", ratio: raw > 0 ? 1 - Double(stored) / Double(raw) : nil)
    }
}

extension JSONWriter {
    /// A library error: its kind, its message, and its place as far as it is known.
    mutating func error(_ error: BaleError) {
        member("kind", error.kind.name)
        member("message", error.message)
        if let block = error.block { member("block", block) }
        if let offset = error.byteOffset { member("byte_offset", offset) }
        if let range = error.rawRange {
            member("raw_begin", range.lowerBound)
            member("raw_end", range.upperBound)
        }
    }
}

extension Session {
    /// Runs a reporting verb over all inputs and prints the document when JSON is asked for; a failed input is in it too.
    func reporting(
        _ verb: Verb, _ work: (Input) async throws(Failure) -> (ExitStatus, Report.Entry)
    ) async -> ExitStatus {
        var report = Report(verb)
        let status = await forEachInput(
            // In a folder, archives are meant; what is measured is any file.
            selecting: { verb == .bench || $0.hasSuffix(settings.suffix) }, noting: { report.append(Report.Entry(path: $1, failure: $0)) },
            { (input) throws(Failure) in
                let (status, entry) = try await work(input)
                report.append(entry)
                return status
            })
        if settings.json { console.print(report.bytes) }
        return status
    }
}
