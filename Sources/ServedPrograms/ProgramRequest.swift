package import Clients
package import ModuleExecution

/// A program to be executed, and with what.
package struct ProgramRequest: Sendable {
  package var program: ServedProgram
  /// What the program finds in its standard input, or, by its entry, in memory.
  package var input: [UInt8]
  /// Its arguments, its name not among them.
  package var arguments: [String] = []
  /// The most tokens behind the prompt; nil for as many as the server allows.
  package var maximumTokens: Int?
  /// Whether the tokens themselves are wanted besides what they print.
  package var streamsTrace = false
  /// Among whom time is shared out fairly.
  package var client = Client()
  /// Whether it is part of what was begun: then it is taken while the server closes, too, and waits its turn.
  package var isContinuation = false
  /// By which of a server's models it came; what is done is counted by them.
  package var model = ""

  package init(_ program: ServedProgram, input: [UInt8] = []) {
    self.program = program
    self.input = input
  }

  /// What the program finds outside itself: the same for requests that are equal.
  package var environment: HostEnvironment {
    HostEnvironment(
      arguments: ([program.name] + arguments).map { HostString($0) }, input: .bytes(program.standardInput(input)),
      clock: .counting(),
      random: .seeded(0))
  }
}

/// What the stream of a program's run brings.
package enum ProgramPart: Hashable, Sendable {
  /// Bytes that the program has printed.
  case output([UInt8])
  /// Bytes that it has printed where errors go.
  case errorOutput([UInt8])
  /// Tokens of the trace in their text form, each with white space behind it; those that print bytes come before the bytes.
  case trace(String)
  /// How it ended and what it took; the last element.
  case end(ProgramReport)
}

/// How a program's run went.
package struct ProgramReport: Hashable, Sendable {
  package var ending: ProgramEnding
  /// Tokens of the program and its input.
  package var promptTokens: Int
  /// Those of them that somebody had computed before.
  package var cachedTokens: Int
  /// Tokens behind them, the host's answers included.
  package var generatedTokens: Int
  /// From the request until its first slice of time.
  package var queueTime: Duration
  /// From the request to its end.
  package var totalTime: Duration
  /// How often it had to give its memory to others and begin again.
  package var preemptions: Int
}
