extension Peer {
    /// bzip3 has no levels; its setting is the block size in MiB.
    static let bzip3 = Peer(
        name: "bzip3", suffix: ".bz3", flag: "-b", settings: ["16"],
        compression: { blockSize, threads in ["-e", "-b", "\(blockSize)", "-j", "\(threads)", "-c"] },
        decompression: { _, threads in ["-d", "-j", "\(threads)", "-c"] })
}
