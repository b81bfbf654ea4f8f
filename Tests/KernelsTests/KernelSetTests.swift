import KernelDispatch
import Testing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("kernel sets")
struct KernelSetTests {
    @Test("the portable set is always there, and first")
    func portableFirst() {
        #expect(KernelSet.available.first?.name == .portable)
        #expect(Set(KernelSet.available.map(\.name)).count == KernelSet.available.count)
    }

    /// `Tests/run-under-qemu` knows what the emulated processor has, and says it in the environment.
    @Test("offers exactly the sets of the processor, where these are known", .enabled(if: getenv("BALE_TEST_KERNEL_SETS") != nil))
    func expectedSets() throws {
        let expected = String(cString: try #require(getenv("BALE_TEST_KERNEL_SETS")))
        #expect(KernelSet.available.map(\.name.rawValue).joined(separator: ",") == expected)
    }

    @Test("the current set is an available one")
    func currentIsAvailable() {
        #expect(KernelSet.available.contains { $0.name == KernelSet.current.name })
    }

    @Test("a wrong request is told in words, a right one is not")
    func requests() {
        #expect(KernelSet.requestError(for: nil) == nil)
        for name in KernelSet.Name.allCases { #expect(KernelSet.requestError(for: name.rawValue) == nil) }
        for value in ["AVX2", "sse", "avx-512", " portable"] {
            #expect(KernelSet.requestError(for: value)?.contains("'\(value)'") == true)
        }
    }

    @Test("a request caps: nothing above it, and the best that is left")
    func caps() {
        for cap in KernelSet.Name.allCases {
            let allowed = KernelSet.Name.allCases.prefix { $0 != cap } + [cap]
            let best = KernelSet.available.last { allowed.contains($0.name) }
            #expect(KernelSet.best(atMost: cap).name == best?.name)
        }
        #expect(KernelSet.best(atMost: nil).name == KernelSet.available.last?.name)
    }
}
