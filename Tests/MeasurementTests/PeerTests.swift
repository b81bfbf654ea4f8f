import TestSupport
import Testing

@testable import Measurement

/// The adapters of other programs, with scripts in their places.
@Suite struct PeerTests {
    @Test(arguments: Peer.all.map(\.name))
    func runsEveryProgramThereAndBack(_ name: String) async throws {
        // bzip3 reads standard input, 7zz names its own output.
        let script =
            switch name {
            case "bzip3": "exec cat"
            case "7zz": "[ $1 = a ] || { eval \"exec cat \\\"\\${$#}\\\"\"; }; shift 7; cat \"$2\" > \"$1\""
            default: FakePrograms.copying
            }
        let programs = try FakePrograms([name: script])
        let comparison = try await programs.compare([PeerRequest(name: name, settings: ["4"])])
        let row = try #require(comparison.rows.first, "\(comparison.absences)")
        #expect(comparison.rows.count == 1 && comparison.absences.isEmpty)
        #expect(row.tool == name && row.setting == "4" && row.kind == .peer)
        // This lz4 refuses the question whether it has threads.
        #expect(row.threads == (name == "lz4" ? 1 : 2))
        #expect(row.packedSize == row.rawSize)
        #expect(row.name.hasPrefix("\(name) -") && row.name.hasSuffix("4"))
        #expect(row.command?.hasPrefix("\(name) ") == true && row.command?.contains("FILE") == true)
        #expect(row.compression.seconds.count == 1)
        #expect(try #require(row.compression.peakMemory) > 0)
    }

    @Test func namesWhatIsNotInstalled() throws {
        let plan = try FakePrograms(["zstd": "exit 0"]).plan([PeerRequest(name: "xz"), PeerRequest(name: "zstd", settings: ["1"])])
        #expect(plan.absences == [Comparison.Absence(name: "xz", reason: "is not on PATH", isFailure: false)])
        #expect(plan.contenders.map(\.name) == ["zstd -1"])
    }

    @Test func findsTheFirstExecutableFile() throws {
        let first = try FakePrograms(["xz": "exit 0"])
        let second = try FakePrograms(["zstd": "exit 0", "xz": "exit 0"])
        _ = try first.folder.file("zstd", [])
        let plan = ContenderPlan(
            own: [], threads: [1], peers: [PeerRequest(name: "zstd", settings: ["1"]), PeerRequest(name: "xz")], ownProgram: nil,
            searchPath: "/nowhere:\(first.folder.path):\(second.folder.path)")
        let paths = plan.contenders.map { contender in
            guard case .commands(let compression, _) = contender.method else { return "" }
            return compression.path
        }
        #expect(paths == [second.folder.path("zstd"), first.folder.path("xz")])
    }

    @Test func givesThreadsToAVersionThatTakesThem() throws {
        let request = [PeerRequest(name: "lz4")]
        #expect(try FakePrograms(["lz4": "exit 0"]).plan(request).contenders.map(\.threads) == [2])
        #expect(try FakePrograms(["lz4": "exit 1"]).plan(request).contenders.map(\.threads) == [1])
    }

    @Test func plansOwnRowsForEachNumberOfThreads() {
        let plan = ContenderPlan(
            own: [OwnSetting(level: 3), OwnSetting(level: nil, pipeline: "lz4")], threads: [1, 2], peers: [], ownProgram: "/bin/bale",
            searchPath: "")
        #expect(
            plan.contenders.map(\.name) == [
                "bale -3 -T1", "bale -3 -T2", "bale lz4 -T1", "bale lz4 -T2", "memory -3 -T1", "memory -3 -T2", "memory lz4 -T1",
                "memory lz4 -T2",
            ])
        #expect(plan.contenders[2].command == "bale --pipeline=lz4 -T1 -c FILE > FILE.bale")
    }
}

/// Programs that do not do what they should: each is left out with a reason, and the others stay.
@Suite struct FailingPeerTests {
    private func reason(_ script: String, timeLimit: Int? = nil) async throws -> String {
        let programs = try FakePrograms(["xz": script, "zstd": FakePrograms.copying])
        let peers = [PeerRequest(name: "xz"), PeerRequest(name: "zstd", settings: ["1"])]
        let comparison = try await programs.compare(peers, timeLimit: timeLimit)
        #expect(comparison.rows.map(\.name) == ["zstd -1"])
        #expect(comparison.baseline == "zstd -1")
        #expect(comparison.absences.map(\.name) == ["xz -6"])
        #expect(comparison.absences.map(\.isFailure) == [true])
        return comparison.absences.first?.reason ?? ""
    }

    @Test func tellsStatusAndMessage() async throws {
        let reason = try await reason("echo >&2; echo 'no \u{1B}[1mmemory' >&2; echo more >&2; exit 3")
        #expect(reason == "'xz -q -6 -T2 -c FILE > OUT' ended with status 3: no [1mmemory")
    }

    @Test func tellsASignal() async throws {
        #expect(try await reason("kill -TERM $$").contains("was ended by signal 15"))
    }

    @Test func tellsThatItCannotStart() async throws {
        let programs = try FakePrograms([:])
        _ = try programs.folder.file("xz", Array("#!/no/such/shell\n".utf8))
        #expect(chmodExecutable(programs.folder.path("xz")))
        let comparison = try await programs.compare([PeerRequest(name: "xz")])
        #expect(comparison.absences.first?.reason.contains("cannot be started: No such file or directory") == true)
        #expect(comparison.rows.isEmpty && comparison.baseline == nil)
    }

    @Test func comparesWhatComesBack() async throws {
        let garbage = "case \"$*\" in *-d*) printf 'what is compresseD';; *) echo packed;; esac"
        #expect(try await reason(garbage).contains("-c FILE > OUT' gave other bytes back, from byte 17 on"))
        #expect(try await reason("echo garbage").contains("gave 8 bytes back instead of 18"))
        #expect(try await reason("exit 0").contains("wrote nothing"))
    }

    @Test func endsWhatHangsWithItsChildren() async throws {
        let folder = try TemporaryFolder()
        let reason = try await reason("sleep 1000 & echo $! > \(folder.path("child")); wait", timeLimit: 1)
        #expect(reason.contains("took longer than 1 s and was stopped"))
        let child = try #require(Int32(String(decoding: try folder.bytes("child").dropLast(), as: UTF8.self)))
        #expect(isGone(child))
    }

    @Test func endsWhatFloodsTheFolder() async throws {
        #expect(try await reason("exec cat /dev/zero").contains("wrote more than 67108900 bytes and was stopped"))
    }

    @Test func waitsForNobodyWhoKeepsRunning() async throws {
        let folder = try TemporaryFolder()
        let script = "sleep 1000 >/dev/null 2>&1 & echo $! > \(folder.path("child")); \(FakePrograms.copying)"
        let comparison = try await FakePrograms(["xz": script]).compare([PeerRequest(name: "xz")])
        #expect(comparison.rows.map(\.name) == ["xz -6"], "\(comparison.absences)")
        #expect(isGone(try #require(Int32(String(decoding: try folder.bytes("child").dropLast(), as: UTF8.self)))))
    }
}
