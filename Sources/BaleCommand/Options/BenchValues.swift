internal import Measurement

/// The values of the options that say what `bench FILE` measures.
enum BenchValues {
    /// "1,3,6".
    static func levels(_ text: String, _ written: String) throws(Failure) -> [Int] {
        var levels: [Int] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let level = try Settings.level(String(part), written)
            if !levels.contains(level) { levels.append(level) }
        }
        return levels
    }

    /// Expressions with commas between them, which may have commas in their parentheses: "lz4,planes2r(stored,huffman)".
    static func pipelines(_ text: String, _ written: String) throws(Failure) -> [String] {
        var names = [""]
        var depth = 0
        for character in text {
            if character == "(" { depth += 1 }
            if character == ")" { depth -= 1 }
            if character == ",", depth == 0 {
                names.append("")
            } else {
                names[names.count - 1].append(character)
            }
        }
        guard !names.contains("") else { throw .usage("\(written) takes names with commas between them, not '\(text)'", remedy: nil) }
        return names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// "all", "none" or "zstd:1,3,lz4": numbers belong to the name before them. Nil: all.
    static func peers(_ text: String, _ written: String) throws(Failure) -> [PeerRequest]? {
        if text == "all" { return nil }
        if text == "none" { return [] }
        var requests: [PeerRequest] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let words = part.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            if words.count == 1, isNumber(words[0]), !requests.isEmpty {
                requests[requests.count - 1].settings.append(words[0])
                continue
            }
            guard Peer.all.contains(where: { $0.name == words[0] }) else {
                let names = Peer.all.map(\.name).joined(separator: ", ")
                throw .usage("\(written) knows no program '\(words[0])'", remedy: "there are \(names), and all and none")
            }
            if words.count > 1, !isNumber(words[1]) {
                throw .usage("\(written) takes numbers behind a colon, not '\(words[1])'", remedy: nil)
            }
            requests.append(PeerRequest(name: words[0], settings: Array(words.dropFirst())))
        }
        return requests
    }

    /// "archive", "store", "transfer=100MB/s", "realtime=500MB/s", or several of them with commas between them.
    static func goals(_ text: String, _ written: String) throws(Failure) -> [Advice.Goal] {
        var goals: [Advice.Goal] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let goal = try goal(String(part), written)
            if !goals.contains(goal) { goals.append(goal) }
        }
        return goals
    }

    private static func goal(_ text: String, _ written: String) throws(Failure) -> Advice.Goal {
        let words = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        switch (words[0], words.count) {
        case ("archive", 1): return .archive
        case ("store", 1): return .store
        case ("transfer", 2): return .transfer(bytesPerSecond: try speed(words[1], written))
        case ("realtime", 2): return .realtime(bytesPerSecond: try speed(words[1], written))
        default: throw .usage("\(written) takes archive, transfer=SPEED, store or realtime=SPEED, not '\(text)'", remedy: nil)
        }
    }

    /// Bytes a second: "100MB/s", "1.5GB/s", "64MiB/s", "1Gbit/s".
    private static func speed(_ text: String, _ written: String) throws(Failure) -> Double {
        let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let number = Double(digits), let unit = units[String(text.dropFirst(digits.count))], number > 0, number < 1e9 else {
            throw .usage("\(written) takes a speed such as 100MB/s, 1GB/s, 64MiB/s or 1Gbit/s, not '\(text)'", remedy: nil)
        }
        return number * unit
    }

    private static let units: [String: Double] = [
        "kB/s": 1e3, "MB/s": 1e6, "GB/s": 1e9, "KiB/s": 1024, "MiB/s": 1_048_576, "GiB/s": 1_073_741_824, "kbit/s": 125, "Mbit/s": 125e3,
        "Gbit/s": 125e6,
    ]

    private static func isNumber(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    }
}
