/// The files that ship with the package. They are part of the executable, so it runs wherever it is copied to.
enum Resources {
  static let manifest = PackageResources.manifest_yaml

  /// The plan of a profile's universal machine, with its file's name.
  static func plan(for profile: MachineProfile) -> (name: String, text: [UInt8]) {
    switch profile {
    case .base: ("universal.yaml", PackageResources.universal_yaml)
    case .full: ("full.yaml", PackageResources.full_yaml)
    }
  }

  /// The examples' sources and modules by the names that the manifest has for them.
  static let examples: [String: [UInt8]] = [
    "addition.c": PackageResources.addition_c,
    "addition.wasm": PackageResources.addition_wasm,
    "collatz.c": PackageResources.collatz_c,
    "collatz.wasm": PackageResources.collatz_wasm,
    "fibonacci.c": PackageResources.fibonacci_c,
    "fibonacci.wasm": PackageResources.fibonacci_wasm,
    "hello.c": PackageResources.hello_c,
    "hello.wasm": PackageResources.hello_wasm,
    "min_cost_matching.c": PackageResources.min_cost_matching_c,
    "min_cost_matching.wasm": PackageResources.min_cost_matching_wasm,
    "sudoku.c": PackageResources.sudoku_c,
    "sudoku.wasm": PackageResources.sudoku_wasm,
  ]
}
