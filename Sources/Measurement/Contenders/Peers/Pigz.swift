extension Peer {
    /// pigz decompresses with one thread, and reads, writes and checks with others.
    static let pigz = Peer(
        name: "pigz", suffix: ".gz", flag: "-", settings: ["6"],
        compression: { level, threads in ["-\(level)", "-p", "\(threads)", "-c", .input] },
        decompression: { _, threads in ["-d", "-p", "\(threads)", "-c", .input] })
}
