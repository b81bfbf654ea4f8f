import KernelDispatch
import Kernels
import TestSupport
import Testing

/// The run-length kernels of every instruction set, on memory that is unmapped behind the slack they may use.
@Suite("run-length kernels")
struct RunLengthKernelTests {
    private static let slack = 128

    /// Runs of all sizes of varint, gaps too.
    private static func content(_ round: Int, using generator: inout SplitMix64) -> [UInt8] {
        var content: [UInt8] = []
        for _ in 0..<Int.random(in: 0...30, using: &generator) {
            let longest = [1, 20, 70, 140, 700, 20_000][Int.random(in: 0...(round % 16 == 0 ? 5 : 4), using: &generator)]
            for at in 0..<Int.random(in: 0...longest, using: &generator) { content.append(UInt8(at * 37 % 251)) }
            let length = Int.random(in: 16...15 + longest, using: &generator)
            content += repeatElement(UInt8.random(in: 0...255, using: &generator), count: length)
        }
        return content
    }

    /// Streams by the definition.
    private static func naiveSplit(_ content: [UInt8]) -> (literals: [UInt8], runs: [UInt8]) {
        var (literals, runs, last): ([UInt8], [UInt8], Int) = ([], [], 0)
        for run in naiveRuns(content) {
            literals += content[last...run[0]]
            for value in [run[0] - last, run[1] - run[0] - 16] {
                var rest = value
                while rest >= 128 {
                    runs.append(UInt8(rest % 128 + 128))
                    rest /= 128
                }
                runs.append(UInt8(rest))
            }
            last = run[1]
        }
        return (literals + content[last...], runs)
    }

    @Test("split as the definition says")
    func split() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let (input, output) = (GuardedBytes(capacity: 700_000), GuardedBytes(capacity: 700_000))
        for round in 0..<60 {
            let content = Self.content(round, using: &generator)
            let expected = Self.naiveSplit(content)
            let list = naiveRuns(content).flatMap { $0.map { UInt32($0) } }
            var runs = [UInt8](repeating: 0, count: content.count / 8 + 256)
            let (size, removed) = RunLengthSplit.writeRuns(list, list.count / 2, after: 0, into: &runs)
            #expect(Array(runs[..<size]) == expected.runs, "seed \(seed), round \(round)")
            #expect(content.count - removed == expected.literals.count, "seed \(seed), round \(round)")
            let bytes = input.place(content + Array(repeating: 0xA5, count: Self.slack))
            let literals = output.last(expected.literals.count + Self.slack)
            RunLengthSplit.copyLiterals(bytes, content.count, runs, size, literals)
            #expect(Array(UnsafeRawBufferPointer(start: literals, count: expected.literals.count)) == expected.literals, "seed \(seed)")
        }
    }

    /// Joins, on the last bytes of mappings.
    private static func join(
        _ literals: [UInt8], _ runs: [UInt8], _ count: Int, _ memory: [GuardedBytes], by kernels: KernelSet
    ) -> (bytes: [UInt8], fault: RunLengthJoin.Fault?) {
        let poison = [UInt8](repeating: 0xA5, count: slack)
        let output = memory[2].last(count + slack)
        var join = RunLengthJoin(
            literals: memory[0].place(literals + poison), literals.count, runs: memory[1].place(runs + poison), runs.count,
            output: output, count)
        let fault = kernels.joinRuns(&join)
        return (Array(UnsafeRawBufferPointer(start: output, count: count)), fault)
    }

    @Test("join restores what was split", arguments: KernelSet.available)
    func join(kernels: KernelSet) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let memory = (0..<3).map { _ in GuardedBytes(capacity: 700_000) }
        for round in 0..<60 {
            let content = Self.content(round, using: &generator)
            let (literals, runs) = Self.naiveSplit(content)
            let joined = Self.join(literals, runs, content.count, memory, by: kernels)
            #expect(joined.fault == nil && joined.bytes == content, "seed \(seed), round \(round)")
        }
    }

    @Test("broken streams: every set finds the portable one's fault, and touches nothing behind the slack", arguments: KernelSet.available)
    func faults(kernels: KernelSet) {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SplitMix64(seed: seed)
        let memory = (0..<3).map { _ in GuardedBytes(capacity: 700_000) }
        var faults = 0
        for round in 0..<500 {
            let content = Self.content(round | 1, using: &generator)
            var (literals, runs) = Self.naiveSplit(content)
            var count = content.count
            switch round % 5 {
            case 0: literals = literals.dropLast(Int.random(in: 1...3, using: &generator))
            case 1: runs = runs.dropLast(Int.random(in: 1...3, using: &generator))
            case 2: count = max(0, count - Int.random(in: 1...40, using: &generator))
            case 3: count += Int.random(in: 1...40, using: &generator)
            default:
                guard !runs.isEmpty else { continue }
                for _ in 0..<Int.random(in: 1...4, using: &generator) {
                    runs[Int.random(in: 0..<runs.count, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
                }
            }
            let expected = Self.join(literals, runs, count, memory, by: KernelSet.available[0])
            let found = Self.join(literals, runs, count, memory, by: kernels)
            #expect(found.fault == expected.fault, "seed \(seed), round \(round)")
            if expected.fault == nil { #expect(found.bytes == expected.bytes, "seed \(seed), round \(round)") }
            faults += expected.fault == nil ? 0 : 1
        }
        #expect(faults > 230, "seed \(seed)")
    }
}
