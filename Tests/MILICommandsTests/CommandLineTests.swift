import ArgumentParser
import MILICommands
import Testing

@Suite struct CommandLineTests {
  @Test(arguments: ["generate", "make-random"])
  func helpShowsAnExample(_ command: String) async throws {
    let help = MILICommand.message(for: try #require(await failure([command, "--help"])))
    #expect(help.contains("Example: mili \(command)"))
  }
}

/// What a command line ends in; nil when it succeeds.
func failure(_ arguments: [String]) async -> (any Error)? {
  do {
    var command = try MILICommand.parseAsRoot(arguments)
    if var asynchronous = command as? any AsyncParsableCommand {
      try await asynchronous.run()
    } else {
      try command.run()
    }
    return nil
  } catch {
    return error
  }
}
