extension Peer {
    /// bgzip, of htslib: deflate in blocks of 64 KiB, both ways in parallel.
    static let bgzip = Peer(
        name: "bgzip", suffix: ".gz", flag: "-l", settings: ["6"],
        compression: { level, threads in ["-l", "\(level)", "-@", "\(threads)", "-c", .input] },
        decompression: { _, threads in ["-d", "-@", "\(threads)", "-c", .input] })
}
