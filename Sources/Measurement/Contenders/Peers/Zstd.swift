extension Peer {
    /// zstd compresses with several threads; it decompresses with one, and writes with another.
    static let zstd = Peer(
        name: "zstd", suffix: ".zst", flag: "-", settings: ["1", "3", "9"],
        compression: { level, threads in
            // Levels above 19 are taken only with a word of consent.
            let consent: [CommandTemplate.Argument] = (Int(level) ?? 0) > 19 ? ["--ultra"] : []
            return ["-q"] + consent + ["-\(level)", "-T\(threads)", "-c", .input]
        },
        decompression: { _, _ in ["-q", "-d", "-c", .input] })
}
