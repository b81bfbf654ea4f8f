/// Another compressor's command: how it is called.
package struct Peer: Sendable {
    package typealias Arguments = @Sendable (_ setting: String, _ threads: Int) -> [CommandTemplate.Argument]

    /// The program's name.
    package let name: String
    let suffix: String
    /// What stands before a setting in its command line: "-" for a level.
    let flag: String
    /// Measured unless the user chooses others.
    let settings: [String]
    /// Whether it can use several processors.
    var threading = Threading.always
    let compression: Arguments
    let decompression: Arguments

    enum Threading: Sendable {
        case always
        case never
        /// Where the installed version takes these arguments on an empty input.
        case ifAccepted([CommandTemplate.Argument])
    }

    /// All that are known, in the order of the help.
    package static let all: [Peer] = [zstd, lz4, pigz, xz, bzip3, sevenZip, bgzip]

    /// The contender for one setting.
    /// - Parameters:
    ///   - path: where the program is.
    ///   - threads: 1 where it can use no more.
    func contender(_ setting: String, path: String, threads: Int) -> Contender {
        Contender(
            name: "\(name) \(flag)\(setting)", kind: .peer, tool: name, setting: setting, threads: threads, suffix: suffix,
            method: .commands(
                compression: CommandTemplate(name: name, path: path, arguments: compression(setting, threads)),
                decompression: CommandTemplate(name: name, path: path, arguments: decompression(setting, threads))))
    }
}

/// A peer that is to be measured.
package struct PeerRequest: Sendable, Hashable {
    /// One of the names in ``Peer/all``.
    package var name: String
    /// Empty: the peer's usual ones.
    package var settings: [String]

    package init(name: String, settings: [String] = []) {
        self.name = name
        self.settings = settings
    }
}
