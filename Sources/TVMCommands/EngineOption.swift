public import ArgumentParser
public import Engine

/// The engine that runs a model.
struct EngineOption: ParsableArguments {
  @Option(
    name: .customLong("engine"),
    help: """
      The engine: auto (the fastest there is), compiled (code made for the model, by clang, before the first token), encoded \
      (code made for the model at once, without a compiler; x86-64 only), plan (interpreted, non-zeros only; also called \
      sparse), dense (every matrix in full).
      """)
  var choice: EngineChoice = .automatic
}

extension EngineChoice: ExpressibleByArgument {
  public init?(argument: String) {
    if argument == "sparse" {
      self = .plan
    } else {
      self.init(rawValue: argument)
    }
  }
}
