import Measurement
import Testing

@testable import BaleCommand

/// Parses what a shell would give, without the program's name.
private func parse(
    _ arguments: String..., program: String = "bale", environment: [String: String] = [:], files: Set<String> = []
) throws(Failure) -> Settings {
    try CommandLineParser.parse(
        ([program] + arguments).map { Array($0.utf8) }, variable: { environment[$0] }, fileExists: { files.contains($0.text ?? "") })
}

/// The message of the refusal, or nil when the arguments are accepted.
private func refusal(_ arguments: String..., files: Set<String> = []) -> String? {
    do throws(Failure) {
        _ = try CommandLineParser.parse(
            (["bale"] + arguments).map { Array($0.utf8) }, fileExists: { files.contains($0.text ?? "") })
        return nil
    } catch {
        #expect(error.status == .environment)
        return error.line
    }
}

@Suite struct CommandLineParserTests {
    @Test func combinesShortOptions() throws {
        let settings = try parse("-19T0v", "a")
        #expect(settings.level == 19)
        #expect(settings.threads == 0)
        #expect(settings.verbosity == 1)
        #expect(settings.operands == [Path("a")])
        let other = try parse("-dkf", "a.bale")
        #expect(other.verb == .decompress)
        #expect(other.overwrites)
        #expect(!other.removesSource)
    }

    @Test(arguments: [("-3", 3), ("-0", 0), ("-19", 19), ("-v12q", 12), ("--fast", 0), ("--best", 19), ("--level=7", 7), ("-1T2", 1)])
    func readsLevels(_ argument: String, level: Int) throws {
        #expect(try parse(argument).level == level)
    }

    @Test(arguments: ["-T2", "-T2v", "--threads=2", "-p2", "-j2", "-vT2"])
    func readsThreads(_ argument: String) throws {
        #expect(try parse(argument).threads == 2)
    }

    @Test(arguments: [
        (["-d", "a.bale"], true), (["a"], true), (["-o", "x", "a"], true), (["-o", "x"], true), (["bench", "a"], true),
        (["-dc", "a.bale"], false), (["-c", "a"], false), (["-o", "-", "a"], false), ([], false), (["-d"], false),
        (["verify", "a.bale"], false), (["cat", "a.bale"], false),
    ])
    func knowsWhetherATemporaryCanBeThere(_ arguments: [String], is expected: Bool) throws {
        let settings = try CommandLineParser.parse((["bale"] + arguments).map { Array($0.utf8) })
        #expect(settings.leavesTemporaries == expected)
    }

    @Test func takesTheNextArgumentAsAValue() throws {
        let settings = try parse("-T", "2", "--memory", "64M", "-o", "-x", "a")
        #expect(settings.threads == 2)
        #expect(settings.memoryLimit == 64 << 20)
        #expect(settings.output == Path("-x"))
        #expect(settings.operands == [Path("a")])
    }

    @Test func takesALongSizeFromBehindTheSignAlone() throws {
        let plain = try parse("--long", "a")
        #expect(plain.findsLongMatches && plain.longBlockSize == nil && plain.operands == [Path("a")])
        #expect(plain.compression.blockSize == nil && plain.compression.findsLongMatches)
        #expect(try parse("--long=128M", "a").compression.blockSize == 128 << 20)
        #expect(try parse("--long", "-B8M", "a").compression.blockSize == 8 << 20)
        #expect(try !parse("a").compression.findsLongMatches)
    }

    @Test func acceptsAnyOrder() throws {
        let settings = try parse("a", "-9", "b", "--check", "-", "-T1")
        #expect(settings.operands == [Path("a"), Path("b"), Path("-")])
        #expect(settings.level == 9)
        #expect(settings.checksBlocks)
    }

    @Test func endsOptionsAtTwoHyphens() throws {
        #expect(try parse("-1", "--", "-2", "list").operands == [Path("-2"), Path("list")])
        #expect(try parse("--", "list").verb == .compress)
        #expect(try parse("list", "--", "-x").operands == [Path("-x")])
    }

    @Test func readsVerbs() throws {
        for verb in Verb.written where verb.takesFiles && verb != .bench {
            let settings = try parse("-v", verb.rawValue, "x")
            #expect(settings.verb == verb)
            #expect(settings.operands == [Path("x")])
        }
        #expect(try parse("x", "list").operands == [Path("x"), Path("list")])
        #expect(try parse("-d", "list").operands == [Path("list")])
        #expect(try parse("./list").operands == [Path("./list")])
    }

    @Test func readsWhatToMeasure() throws {
        let settings = try parse("-v", "bench", "kernels", "--kernels=memcpy,huffman", "x", "--chunk=64K", "--sample", "1M", "--runs=3")
        #expect(settings.verb == .bench)
        #expect(settings.benchTopic == .kernels)
        #expect(settings.operands == [Path("x")])
        #expect(settings.kernels == ["memcpy", "huffman"])
        #expect(settings.chunkSize == 64 << 10)
        #expect(settings.sampleSize == 1 << 20)
        #expect(settings.runs == 3)
        #expect(try parse("bench", "kernels", "kernels").operands == [Path("kernels")])
        #expect(try parse("bench", "./kernels").benchTopic == nil)
        #expect(try parse("bench", "--", "kernels").operands == [Path("kernels")])
        #expect(try parse("bench", "x", "kernels").operands == [Path("x"), Path("kernels")])
    }

    @Test func readsWhoIsCompared() throws {
        let settings = try parse(
            "bench", "--levels=1,9,1", "--pipelines", "lz4,planes2r(stored,huffman)", "-T1,2", "--peers=zstd:1,19,lz4,xz",
            "--baseline=zstd -19", "--goal=transfer=1.5GB/s", "--report", "out.html", "--time-limit=7", "--runs=3", "x")
        #expect(settings.benchTopic == nil && settings.operands == [Path("x")])
        #expect(settings.levels == [1, 9])
        #expect(settings.pipelines == ["lz4", "planes2r(stored,huffman)"])
        #expect(settings.threadCounts == [1, 2])
        #expect(
            settings.peers == [PeerRequest(name: "zstd", settings: ["1", "19"]), PeerRequest(name: "lz4"), PeerRequest(name: "xz")])
        #expect(settings.baseline == "zstd -19")
        #expect(settings.goals == [.transfer(bytesPerSecond: 1.5e9)])
        #expect(settings.reportFile == Path("out.html"))
        #expect(settings.timeLimit == 7)
        #expect(try parse("bench", "--peers=all", "x").peers == nil)
        #expect(try parse("bench", "--peers=none", "x").peers == [])
    }

    @Test(arguments: [
        ("archive", Advice.Goal.archive), ("store", .store), ("transfer=100MB/s", .transfer(bytesPerSecond: 1e8)),
        ("transfer=1Gbit/s", .transfer(bytesPerSecond: 1.25e8)), ("realtime=64KiB/s", .realtime(bytesPerSecond: 65536)),
    ])
    func readsGoals(_ text: String, goal: Advice.Goal) throws {
        #expect(try parse("bench", "--goal", text, "x").goals == [goal])
        #expect(try parse("bench", "--goal=store,\(text),realtime=1kB/s,store", "x").goals.contains(goal))
    }

    @Test func goalsKeepTheirOrder() throws {
        let settings = try parse("bench", "--goal=store,archive,store", "x")
        #expect(settings.goals == [.store, .archive])
    }

    @Test(arguments: [
        "--goal=speed", "--goal=archive=1", "--goal=transfer", "--goal=transfer=MB/s", "--goal=transfer=0MB/s", "--goal=transfer=1e3MB/s",
        "--goal=realtime=100", "--peers=", "--peers=1", "--peers=gzip", "--peers=zstd:", "--peers=zstd:x", "--peers=zstd,,xz",
        "--levels=20", "--goal=archive,", "--goal=store,speed", "--goal=",
        "--levels=", "--levels=1,,2", "--pipelines=", "--pipelines=a,", "--time-limit=0", "--time-limit=x", "--report=", "-T1,", "-T,1",
        "--threads=1,2000", "--kernels=memcpy", "--chunk=64K",
    ])
    func refusesToCompare(_ option: String) {
        #expect(refusal("bench", option, "x") != nil)
    }

    @Test func kernelsAndFilesHaveOptionsOfTheirOwn() throws {
        #expect(refusal("bench", "kernels", "--peers=none", "x")?.contains("not for 'bench kernels'") == true)
        #expect(refusal("bench", "kernels", "-T1,2", "x")?.contains("one number") == true)
        #expect(refusal("-T1,2", "x")?.contains("bench FILE") == true)
        #expect(refusal("list", "--levels=1", "x")?.contains("bench") == true)
    }

    @Test func refusesAVerbThatIsAFileToo() throws {
        #expect(refusal("list", "x", files: ["list"])?.contains("./list") == true)
        #expect(try parse("list", "--", "x", files: ["list"]).verb == .list)
        #expect(try parse("-l", "list", files: ["list"]).operands == [Path("list")])
    }

    @Test func lastOperationCounts() throws {
        #expect(try parse("-z", "-d").verb == .decompress)
        #expect(try parse("-d", "-z").verb == .compress)
        #expect(try parse("-3", "-T0", "-d").verb == .decompress)
        #expect(try parse("--help", "-d").verb == .help)
    }

    @Test func obeysTheProgramName() throws {
        #expect(try parse("x", program: "/usr/bin/unbale").verb == .decompress)
        #expect(try parse("x", program: "balecat").verb == .cat)
        #expect(try parse("list", program: "unbale").operands == [Path("list")])
        #expect(try parse("-l", "x", program: "unbale").verb == .list)
    }

    @Test func readsTheEnvironmentLast() throws {
        let environment = ["BALE_CLEVEL": "7", "BALE_NBTHREADS": "3", "BALE_MEMLIMIT": "1G"]
        let settings = try parse("a", environment: environment)
        #expect(settings.level == 7)
        #expect(settings.threads == 3)
        #expect(settings.memoryLimit == 1 << 30)
        #expect(try parse("-2T1M2G", environment: environment).level == 2)
        #expect(throws: Failure.self) { try parse("a", environment: ["BALE_CLEVEL": "high"]) }
        #expect(try parse("--version", environment: ["BALE_CLEVEL": "high"]).verb == .version)
    }

    @Test func turnsNegatableOptionsOff() throws {
        #expect(try parse("--no-sparse").sparse == false)
        #expect(try parse("--sparse").sparse == true)
        #expect(try parse("--no-progress").progress == false)
        #expect(try !parse("--no-sync").synchronizes)
        #expect(refusal("--no-check") != nil)
    }

    @Test(arguments: [
        ["--foo"], ["-x"], ["-20"], ["-T"], ["-T2000"], ["-Tx"], ["-M0"], ["-M", "12Q"], ["-B1K"],
        ["-B513M"], ["--check=1"], ["-S", "a/b"],
        ["-o", ""], ["-c", "-o", "x"], ["-o", "x", "a", "b"], ["-o", "x", "-r", "a"], ["--output-dir=d", "-o", "x"], ["--rm", "-c"],
        ["--rm", "--no-sync"], ["--range=0:1", "a"], ["--json", "a"], ["--quick", "-d"], ["-", "-"], ["pipelines", "x"],
        ["cat", "--range=x"], ["-t", "--rm"], ["bench", "kernels", "--runs=0", "x"], ["bench", "kernels", "--chunk=1K", "x"],
        ["bench", "kernels", "--chunk=9M", "x"], ["bench", "kernels", "--kernels=a,,b", "x"], ["list", "--runs=2", "x"],
        ["salvage", "--json", "-c", "x"], ["-99999999999999999999"], ["--level=-1"], ["-é"],
    ])
    func refuses(_ arguments: [String]) {
        #expect(throws: Failure.self) { try CommandLineParser.parse((["bale"] + arguments).map { Array($0.utf8) }) }
    }

    @Test func keepsNamesThatAreNotText() throws {
        let settings = try CommandLineParser.parse([Array("bale".utf8), [0x61, 0xFF], Array("-o".utf8), [0xFE]])
        #expect(settings.operands == [Path([0x61, 0xFF])])
        #expect(settings.output == Path([0xFE]))
        #expect(settings.operands[0].text == nil)
    }

    @Test func suggestsAnOption() {
        #expect(refusal("--thr=3")?.contains("did you mean '--threads'?") == true)
        #expect(refusal("--decomp")?.contains("--decompress") == true)
    }

    @Test func toleratesTuningWhereTarAddsAnOption() throws {
        let settings = try parse("-T0", "-9", "-B1M", "--pipeline=x", "--check", "-d")
        #expect(settings.verb == .decompress)
    }
}
