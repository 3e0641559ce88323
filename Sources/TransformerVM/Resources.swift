import InstructionSet

/// The files that ship with the package. They are part of the executable, so it runs wherever it is copied to.
enum Resources {
  static let manifest = PackageResources.manifest_yaml

  /// The plan of a machine, with its file's name; of the base profile's machines only the universal one has one that fits.
  static func plan(for machine: VirtualMachine) -> (name: String, text: [UInt8]) {
    switch (machine.profile, machine.vocabulary.isSpecialized) {
    case (.base, _): ("universal.yaml", PackageResources.universal_yaml)
    case (.full, false): ("full.yaml", PackageResources.full_yaml)
    case (.full, true): ("full_specialized.yaml", PackageResources.full_specialized_yaml)
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
    "sha256.c": PackageResources.sha256_c,
    "sha256.wasm": PackageResources.sha256_wasm,
    "crc32.c": PackageResources.crc32_c,
    "crc32.wasm": PackageResources.crc32_wasm,
    "quicksort.c": PackageResources.quicksort_c,
    "quicksort.wasm": PackageResources.quicksort_wasm,
    "brainfuck.c": PackageResources.brainfuck_c,
    "brainfuck.wasm": PackageResources.brainfuck_wasm,
    "json.c": PackageResources.json_c,
    "json.wasm": PackageResources.json_wasm,
    "mandelbrot.c": PackageResources.mandelbrot_c,
    "mandelbrot.wasm": PackageResources.mandelbrot_wasm,
    "lists.c": PackageResources.lists_c,
    "lists.wasm": PackageResources.lists_wasm,
    "ackermann.c": PackageResources.ackermann_c,
    "ackermann.wasm": PackageResources.ackermann_wasm,
    "state_machine.c": PackageResources.state_machine_c,
    "state_machine.wasm": PackageResources.state_machine_wasm,
    "dispatch.c": PackageResources.dispatch_c,
    "dispatch.wasm": PackageResources.dispatch_wasm,
    "modular_power.c": PackageResources.modular_power_c,
    "modular_power.wasm": PackageResources.modular_power_wasm,
    "life.swift": PackageResources.life_swift,
    "life.wasm": PackageResources.life_wasm,
  ]
}
