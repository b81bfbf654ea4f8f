#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Who is measured: what was asked for, as far as it is there.
package struct ContenderPlan: Sendable {
    package internal(set) var contenders: [Contender] = []
    /// Peers that are not installed.
    package private(set) var absences: [Comparison.Absence] = []

    /// - Parameters:
    ///   - own: Bale's levels and pipelines.
    ///   - threads: numbers of workers, each at least 1; peers get the highest.
    ///   - peers: other programs; nil takes all that are known.
    ///   - ownProgram: where Bale's executable is; nil measures it in memory only.
    ///   - searchPath: folders with colons between them.
    package init(own: [OwnSetting], threads: [Int], peers: [PeerRequest]?, ownProgram: String?, searchPath: String) {
        let namesThreads = threads.count > 1
        if let ownProgram {
            for setting in own {
                contenders += threads.map { setting.asCommand(ownProgram, threads: $0, namesThreads: namesThreads) }
            }
        }
        for request in peers ?? Peer.all.map({ PeerRequest(name: $0.name) }) {
            add(request, threads: threads.max() ?? 1, searchPath)
        }
        for setting in own { contenders += threads.map { setting.inMemory(threads: $0, namesThreads: namesThreads) } }
    }

    private mutating func add(_ request: PeerRequest, threads: Int, _ searchPath: String) {
        guard let peer = Peer.all.first(where: { $0.name == request.name }) else { return }
        guard let path = Self.find(peer.name, searchPath) else {
            absences.append(Comparison.Absence(name: peer.name, reason: "is not on PATH", isFailure: false))
            return
        }
        let usable = peer.threading.isPossible(peer.name, path) ? threads : 1
        let settings = request.settings.isEmpty ? peer.settings : request.settings
        contenders += settings.map { peer.contender($0, path: path, threads: usable) }
    }

    /// The executable file of that name in the first folder that has one.
    private static func find(_ name: String, _ searchPath: String) -> String? {
        for folder in searchPath.split(separator: ":", omittingEmptySubsequences: false) {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            if FileBytes.size(of: path) != nil, access(path, X_OK) == 0 { return path.contains("/") ? path : "./\(path)" }
        }
        return nil
    }
}

extension Peer.Threading {
    /// Whether the program at the path can use threads. Asking one that hangs takes five seconds.
    fileprivate func isPossible(_ name: String, _ path: String) -> Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .ifAccepted(let arguments):
            let question = CommandRun(
                template: CommandTemplate(name: name, path: path, arguments: arguments), input: "/dev/null", output: "/dev/null",
                messages: "/dev/null", timeLimit: 5_000_000_000, outputLimit: .max)
            return (try? question.measure()) != nil
        }
    }
}
