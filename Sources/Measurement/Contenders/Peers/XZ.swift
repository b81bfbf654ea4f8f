extension Peer {
    /// xz cuts the input into blocks of three dictionaries for its threads, and decompresses them in parallel from version 5.4 on.
    static let xz = Peer(
        name: "xz", suffix: ".xz", flag: "-", settings: ["6"],
        compression: { level, threads in ["-q", "-\(level)", "-T\(threads)", "-c", .input] },
        decompression: { _, threads in ["-q", "-d", "-T\(threads)", "-c", .input] })
}
