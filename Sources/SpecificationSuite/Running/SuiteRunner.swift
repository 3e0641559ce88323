public import InstructionSet
public import ModuleExecution

/// Runs scripts of the official test suite on any machine that continues traces of the full profile.
///
/// ```swift
/// let runner = SuiteRunner { FullReferenceInterpreter($0) }
/// let report = runner.run(try SpecificationScript(file: "spec/i32/i32.json"))
/// print("\(report.passed) passed, \(report.failed) failed, \(report.skipped) skipped")
/// ```
public struct SuiteRunner: Sendable {
  /// More tokens than any call of the suite takes.
  public static let usualTokenLimit = 1 << 26

  private let tokenLimit: Int
  private let machine: @Sendable (FullProgram) throws -> any TraceMachine

  /// - Parameters:
  ///   - tokenLimit: how many tokens one call may take; more are a failure.
  ///   - machine: a machine that stands behind the prompt of a program.
  public init(
    tokenLimit: Int = usualTokenLimit, machine: @escaping @Sendable (FullProgram) throws -> any TraceMachine
  ) {
    self.tokenLimit = tokenLimit
    self.machine = machine
  }

  /// Runs all commands of a script, whose modules are read from the script's folder.
  public func run(_ script: SpecificationScript) -> ScriptReport {
    var report = ScriptReport(file: script.file)
    do {
      let plan = try ScriptPlan(script)
      var run = ScriptRun(plan.store, tokenLimit: tokenLimit, machine)
      for (command, step) in zip(script.commands, plan.steps) {
        report.append(command, run.perform(step))
      }
      report.tokenCount = run.tokenCount
    } catch {
      for command in script.commands { report.append(command, .failed("\(error)")) }
    }
    return report
  }
}
