// swift-tools-version: 6.2

import PackageDescription

let settings: [SwiftSetting] = [
  // `any` marks every existential, so that its cost is seen.
  .enableUpcomingFeature("ExistentialAny"),
  // A member is found only through an import in the same file, so that dependencies show.
  .enableUpcomingFeature("MemberImportVisibility"),
  // What a module shows of its dependencies is said by `public import`.
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

/// A module of the library with its tests; `Tests/<name>Tests` may use the modules that the module uses.
func module(
  _ name: String, _ dependencies: [Target.Dependency] = [], testing: [Target.Dependency] = [],
  resources: [Resource]? = nil, fixtures: [String] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, resources: resources, swiftSettings: settings),
    .testTarget(
      name: "\(name)Tests", dependencies: [.byName(name: name), "TestSupport"] + dependencies + testing,
      exclude: fixtures, swiftSettings: settings),
  ]
}

let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
/// What the server is made of; nothing that `tvm` needs.
let server: [Target.Dependency] = [
  .product(name: "Hummingbird", package: "hummingbird"), .product(name: "HummingbirdCore", package: "hummingbird"),
  .product(name: "HTTPTypes", package: "swift-http-types"), .product(name: "NIOCore", package: "swift-nio"),
  .product(name: "NIOHTTP1", package: "swift-nio"),
  .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
  .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
  .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
  .product(name: "UnixSignals", package: "swift-service-lifecycle"), logging,
]

let package = Package(
  name: "TransformerVM",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "TransformerVM", targets: ["TransformerVM"]),
    .executable(name: "tvm", targets: ["tvm"]),
    .library(name: "MILI", targets: ["MILI"]),
    .executable(name: "mili", targets: ["mili"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-log", from: "1.14.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.34.1"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.9.0"),
  ],
  targets: [
    module("Files"),
    module("Subprocesses"),
    module("Graph", testing: ["Evaluator"]),
    module("MemoryImage", ["CMemoryFile"]),
    module("Attention", ["MemoryImage"], testing: ["RandomNumbers"]),
    module("Evaluator", ["Graph", "Attention"], testing: ["RandomNumbers"]),
    module("InstructionSet"),
    module("Reference", ["InstructionSet"], testing: ["ProgramGenerator"]),
    module("Machine", ["Graph", "InstructionSet"], testing: ["Evaluator", "Reference", "ProgramGenerator"]),
    module("WebAssembly", ["Files"], testing: ["RandomNumbers"]),
    module("WebAssemblyValidation", ["WebAssembly"], testing: ["RandomNumbers"]),
    module("ModuleLinking", ["WebAssembly"], testing: ["WebAssemblyValidation"]),
    module(
      "ProgramCompiler", ["Files", "Subprocesses", "WebAssembly", "InstructionSet"],
      testing: ["RandomNumbers", "Reference", "FloatOracle", "ModuleExecution"],
      resources: [
        .embedInCode("Resources/runtime.h"), .embedInCode("Resources/C"), .embedInCode("Resources/arithmetic.wasm"),
        .embedInCode("Resources/system_interface.wasm"),
      ]),
    module(
      "ModuleExecution",
      ["Files", "InstructionSet", "Reference", "ProgramCompiler", "WebAssembly", "RandomNumbers"],
      testing: ["WebAssemblyValidation", "Graph", "Evaluator", "Machine"]),
    module(
      "SpecificationSuite",
      [
        "Files", "InstructionSet", "WebAssembly", "WebAssemblyValidation", "ModuleLinking", "ProgramCompiler",
        "ModuleExecution",
      ],
      testing: ["Reference", "Engine", "TransformerVM"], fixtures: ["Scripts"]),
    module(
      "Scheduler", ["Files", "Subprocesses", "Graph", "RandomNumbers", yams], testing: ["Machine", "InstructionSet"]),
    module("Transformer", ["Files"], testing: ["RandomNumbers"]),
    module(
      "WeightConstruction", ["Graph", "Scheduler", "Transformer"],
      testing: ["Evaluator", "Engine", "Attention", "GraphFuzzing", "ProgramGenerator"]),
    module(
      "Engine", ["Files", "Subprocesses", "Transformer", "Attention", "MemoryImage", "CBlocks"],
      testing: ["RandomNumbers"]),
    module(
      "TransformerVM",
      [
        "Files", "Graph", "Evaluator", "InstructionSet", "Reference", "Machine", "WebAssembly", "WebAssemblyValidation",
        "ProgramCompiler", "ModuleExecution", "Scheduler", "Transformer", "WeightConstruction", "Engine", yams,
      ],
      testing: ["ProgramGenerator"],
      resources: [.embedInCode("Resources/Examples"), .embedInCode("Resources/Plans")]),
    module(
      "GraphFuzzing",
      [
        "Attention", "Engine", "Evaluator", "Graph", "ProgramGenerator", "Scheduler", "Transformer",
        "WeightConstruction",
      ]),
    module(
      "ModuleFuzzing",
      [
        "GraphFuzzing", "InstructionSet", "ModuleExecution", "ProgramCompiler", "ProgramGenerator", "Reference",
        "TransformerVM", "WebAssembly", "WebAssemblyValidation",
      ]),
    module("ChatTemplate", ["Files"], fixtures: ["Fixtures"]),
    module("Tokenizer", ["ChatTemplate", "Files"], testing: ["RandomNumbers"], fixtures: ["Fixtures"]),
    module("Grammar", ["ChatTemplate"], testing: ["RandomNumbers", "Tokenizer"]),
    module("Kernels", ["CKernels"], testing: ["RandomNumbers"]),
    module("PagedCache"),
    // Who asks, for all that share something out.
    module("Clients"),
    module("Threads"),
    module("Throughput"),
    module(
      "LanguageModel",
      ["ChatTemplate", "Kernels", "CKernels", "PagedCache", "RandomNumbers", "Files", "Threads"]),
    module("PrefixTree", ["PagedCache", heap], testing: ["RandomNumbers"]),
    module("Batching", ["Clients", "PagedCache", "PrefixTree"], testing: ["RandomNumbers"]),
    module(
      "Serving", ["Clients", "Batching", "PagedCache", "PrefixTree", "LanguageModel", "Kernels", "Grammar"],
      testing: ["RandomNumbers"]),
    module(
      "ServedPrograms",
      [
        "Clients", "PagedCache", "PrefixTree", "Threads", "Throughput", "TransformerVM", "Engine",
        "InstructionSet", "ModuleExecution",
      ],
      testing: ["RandomNumbers"]),
    module("MILI", ["LanguageModel", "Tokenizer", "ChatTemplate"]),
    module("OpenAIProtocol", ["Clients", "ChatTemplate"]),
    module("ServedModels", ["Clients", "OpenAIProtocol"]),
    module(
      "ServedLanguageModel",
      [
        "Clients", "OpenAIProtocol", "ServedModels", "ChatTemplate", "Tokenizer", "LanguageModel", "MILI", "Serving",
        "Batching", "PrefixTree", "Threads", "Throughput", "Grammar",
      ]),
    module(
      "ServedProgramModel",
      ["OpenAIProtocol", "ServedModels", "ChatTemplate", "PrefixTree", "ServedPrograms", "TransformerVM"]),
    module(
      "HTTPServing", ["Clients", "OpenAIProtocol", "ServedModels", "ChatTemplate"] + server,
      testing: [
        "RandomNumbers", "ServedLanguageModel", "Serving", "Batching", "LanguageModel", "MILI",
        .product(name: "NIOEmbedded", package: "swift-nio"),
      ],
      resources: [.embedInCode("Resources/Page")]),
    module("CommandOutput", ["Files"]),
    module("LoadGeneration", ["RandomNumbers"]),
    module(
      "TVMCommands",
      [
        "TransformerVM", "ModuleExecution", "SpecificationSuite", "WebAssembly", "WebAssemblyValidation",
        "GraphFuzzing", "ModuleFuzzing", "CommandOutput", "Files", "Subprocesses", argumentParser,
      ],
      testing: ["ProgramCompiler"]),
    module(
      "MILICommands",
      [
        "MILI", "LanguageModel", "Kernels", "PagedCache", "PrefixTree", "Clients", "Batching", "Serving",
        "OpenAIProtocol",
        "ServedModels", "ServedLanguageModel", "ServedPrograms", "ServedProgramModel", "TransformerVM", "Transformer",
        "HTTPServing", "LoadGeneration", "RandomNumbers", "CommandOutput", "Files", "Subprocesses", argumentParser,
        logging,
      ]),
    [
      .executableTarget(name: "tvm", dependencies: ["TVMCommands", argumentParser], swiftSettings: settings),
      .executableTarget(name: "mili", dependencies: ["MILICommands", argumentParser], swiftSettings: settings),
      // What Swift cannot say of a processor: vector instructions chosen at run time.
      .target(name: "CKernels"),
      .target(name: "CBlocks"),
      // A file in memory, which Swift does not import.
      .target(name: "CMemoryFile"),
      // What programs of the full profile link as WebAssembly, for tests on the processor.
      .target(name: "CArithmetic"),
      .testTarget(
        name: "CArithmeticTests", dependencies: ["CArithmetic", "FloatOracle", "TestSupport"],
        swiftSettings: settings),
      .target(name: "RandomNumbers", swiftSettings: settings),
      // What tests share; no product.
      .target(
        name: "TestSupport", dependencies: ["RandomNumbers", "Subprocesses"], path: "Tests/TestSupport",
        swiftSettings: settings),
      // Operators of floats by Swift's arithmetic, for tests; no product.
      .target(name: "FloatOracle", dependencies: ["RandomNumbers"], swiftSettings: settings),
      // Random numbers and programs for tests and fuzzing; no product.
      .target(name: "ProgramGenerator", dependencies: ["InstructionSet", "RandomNumbers"], swiftSettings: settings),
    ],
  ].flatMap { $0 }
)
