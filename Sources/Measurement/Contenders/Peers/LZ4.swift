extension Peer {
    /// lz4 has threads from version 1.10 on.
    static let lz4 = Peer(
        name: "lz4", suffix: ".lz4", flag: "-", settings: ["1"], threading: .ifAccepted(["-q", "-T2", "-c"]),
        compression: { level, threads in ["-q", "-\(level)"] + (threads > 1 ? ["-T\(threads)"] : []) + ["-c", .input] },
        decompression: { _, threads in ["-q", "-d"] + (threads > 1 ? ["-T\(threads)"] : []) + ["-c", .input] })
}
