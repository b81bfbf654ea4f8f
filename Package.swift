// swift-tools-version: 6.2
import PackageDescription

// Every target gets the same settings; the instruction-set modules add their flags. None is built with `-Ounchecked`: measured,
// it gains nothing on kernels that use wrapping operators and raw pointers.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

/// Flags that let one module, and no other, use an instruction set. Empty off x86-64, where these modules are empty too.
func instructionSet(_ cpu: String) -> [SwiftSetting] {
    #if arch(x86_64)
        settings + [.unsafeFlags(["-Xcc", "-march=\(cpu)", "-target-cpu", cpu])]
    #else
        settings
    #endif
}

#if os(Linux)
    let xxhashConfiguration: String? = nil
#else
    let xxhashConfiguration: String? = "libxxhash"
#endif

let package = Package(
    name: "bale",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Bale", targets: ["Bale"]),
        .executable(name: "bale", targets: ["BaleCommand"]),
    ],
    traits: [
        .trait(name: "Zlib", description: "The deflate codec, by the system's zlib"),
        .trait(name: "LZ4", description: "The lz4 and lz4hc codecs, by the system's liblz4"),
        .default(enabledTraits: ["Zlib", "LZ4"]),
    ],
    targets: [
        // System libraries: a module map and a shim header, nothing else.
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .systemLibrary(name: "CLZ4", pkgConfig: "liblz4", providers: [.apt(["liblz4-dev"]), .brew(["lz4"])]),
        // A header alone: where it lies in /usr/include, pkg-config would only add a library that nothing calls.
        .systemLibrary(name: "CXXHash", pkgConfig: xxhashConfiguration, providers: [.apt(["libxxhash-dev"]), .brew(["xxhash"])]),
        .target(name: "CIntrinsics"),

        .target(name: "Bytes", swiftSettings: settings),
        .target(name: "Checksum", dependencies: ["CXXHash"], swiftSettings: settings),

        .target(name: "Kernels", dependencies: ["CIntrinsics"], swiftSettings: settings),
        .target(name: "KernelsAVX2", dependencies: ["CIntrinsics", "CXXHash", "Kernels"], swiftSettings: instructionSet("haswell")),
        .target(
            name: "KernelsAVX512", dependencies: ["CIntrinsics", "CXXHash", "Kernels"], swiftSettings: instructionSet("icelake-server")),
        .target(
            name: "KernelDispatch", dependencies: ["CIntrinsics", "Checksum", "Kernels", "KernelsAVX2", "KernelsAVX512"],
            swiftSettings: settings),

        .target(name: "Format", dependencies: ["Bytes", "Checksum"], swiftSettings: settings),
        .target(
            name: "Codecs",
            dependencies: [
                "Bytes", "Format", "Kernels", "KernelDispatch",
                .target(name: "CZlib", condition: .when(traits: ["Zlib"])),
                .target(name: "CLZ4", condition: .when(traits: ["LZ4"])),
            ],
            swiftSettings: settings),
        .target(name: "Planning", dependencies: ["Codecs", "Format", "Kernels", "KernelDispatch"], swiftSettings: settings),
        .target(
            name: "Engine", dependencies: ["Bytes", "Checksum", "CIntrinsics", "Codecs", "Format", "KernelDispatch", "Planning"],
            swiftSettings: settings),
        .target(name: "Bale", dependencies: ["Checksum", "Codecs", "Engine", "Format", "Planning"], swiftSettings: settings),
        .target(
            name: "Measurement", dependencies: ["Bale", "CIntrinsics", "Codecs", "Engine", "Kernels", "KernelDispatch", "Planning"],
            swiftSettings: settings),
        .executableTarget(name: "BaleCommand", dependencies: ["Bale", "Measurement"], swiftSettings: settings),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
        .testTarget(
            name: "KernelsTests",
            dependencies: ["Checksum", "CIntrinsics", "Kernels", "KernelsAVX2", "KernelsAVX512", "KernelDispatch", "TestSupport"],
            swiftSettings: settings),
        .testTarget(name: "FormatTests", dependencies: ["Bytes", "Checksum", "Format", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "CodecsTests", dependencies: ["Codecs", "Format", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "PlanningTests", dependencies: ["Codecs", "Planning", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "EngineTests", dependencies: ["Codecs", "Engine", "Format", "Planning", "TestSupport"], swiftSettings: settings),
        .testTarget(name: "BaleTests", dependencies: ["Bale", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "MeasurementTests", dependencies: ["Codecs", "KernelDispatch", "Measurement", "TestSupport"], swiftSettings: settings),
        .testTarget(
            name: "CommandTests", dependencies: ["BaleCommand", "Codecs", "KernelDispatch", "Measurement", "TestSupport"],
            swiftSettings: settings),
    ]
)
