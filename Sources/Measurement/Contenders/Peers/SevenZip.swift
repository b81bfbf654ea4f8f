extension Peer {
    /// 7-Zip writes its archive to a file that it names itself; the format cannot go through a pipe.
    static let sevenZip = Peer(
        name: "7zz", suffix: ".7z", flag: "-mx", settings: ["5"],
        compression: { level, threads in ["a", "-t7z", "-mx=\(level)", "-mmt=\(threads)", "-bso0", "-bsp0", "-y", .output, .input] },
        decompression: { _, threads in ["e", "-so", "-mmt=\(threads)", "-bsp0", .input] })
}
