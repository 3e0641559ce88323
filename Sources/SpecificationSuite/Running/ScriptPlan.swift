import ModuleLinking
import WebAssembly

/// What the commands of a script come down to before anything is executed: modules are judged, names and imports found.
struct ScriptPlan {
  enum Step {
    /// Nothing needs to be executed.
    case done(CommandOutcome)
    case instantiate(Int)
    /// As `instantiate`, but the start function is to trap.
    case failToInstantiate(Int, text: String)
    /// The module must not be possible because a memory is too small.
    case refuse([MemoryRequirement], text: String)
    case action(Int, ScriptAction)
    case expectReturn(Int, ScriptAction, [ExpectedValue])
    case expectTrap(Int, ScriptAction, text: String)
  }

  private(set) var store = ModuleStore()
  /// One for each command.
  private(set) var steps: [Step] = []
  private let script: SpecificationScript
  /// The instances that modules can import from.
  private var registered: [Name: Int] = [:]
  /// The instances to which the script gave names.
  private var named: [String: Int] = [:]
  private var latest: Int?

  /// - Throws: `LinkingError`, if the suite's own host module could not be instantiated.
  init(_ script: SpecificationScript) throws(LinkingError) {
    self.script = script
    registered["spectest"] = try store.add(.spectest) { _ in nil }
    for command in script.commands { steps.append(step(for: command)) }
  }

  private mutating func step(for command: ScriptCommand) -> Step {
    switch command.kind {
    case .module(let module, let name): instantiation(of: module, name)
    case .register(let alias, let name): register(name, as: alias)
    case .action(let action): step(action) { .action($0, action) }
    case .assertReturn(let action, let values): step(action) { .expectReturn($0, action, values) }
    case .assertTrap(let action, let text), .assertExhaustion(let action, let text):
      step(action) { .expectTrap($0, action, text: text) }
    case .assertMalformed(let module, let text): judge(module) { .done($0.isMalformed(text)) }
    case .assertInvalid(let module, let text): judge(module) { .done($0.isInvalid(text)) }
    case .assertUnlinkable(let module, let text): unlinkable(module, text)
    case .assertUninstantiable(let module, let text): failingInstantiation(of: module, text)
    }
  }

  /// What becomes of a command about a module, by what decoder and validation say of it.
  private func judge(_ module: ScriptModule, _ step: (ModuleJudgement) -> Step) -> Step {
    if module.isText { return .done(.skipped("the module is in the text format")) }
    do {
      return step(ModuleJudgement(try script.bytes(of: module)))
    } catch {
      return .done(.failed("\(error)"))
    }
  }

  private mutating func instantiation(of module: ScriptModule, _ name: String?) -> Step {
    latest = nil
    if let name { named[name] = nil }
    let step = instance(of: module) { .instantiate($0) }
    if case .instantiate(let number) = step {
      latest = number
      if let name { named[name] = number }
    }
    return step
  }

  private mutating func failingInstantiation(of module: ScriptModule, _ text: String) -> Step {
    instance(of: module) { .failToInstantiate($0, text: text) }
  }

  /// Adds an instance of a module.
  private mutating func instance(of module: ScriptModule, _ step: (Int) -> Step) -> Step {
    var valid: Module?
    let judged = judge(module) { judgement in
      if case .valid(let module) = judgement { valid = module }
      return .done(.failed("expected a valid module, found \(judgement.summary)"))
    }
    guard let valid else { return judged }
    let providers = registered
    do {
      return step(try store.add(valid) { providers[$0] })
    } catch {
      return .done(.failed("expected a module that can be linked, found \(error)"))
    }
  }

  private func unlinkable(_ module: ScriptModule, _ text: String) -> Step {
    judge(module) { judgement in
      guard case .valid(let module) = judgement else {
        return .done(.failed("expected a valid module, found \(judgement.summary)"))
      }
      do throws(LinkingError) {
        return .refuse(try store.candidate(module) { registered[$0] }.requirements, text: text)
      } catch {
        if error.description.hasPrefix(text) { return .done(.passed) }
        return .done(.failed("expected '\(text)', found \(error)"))
      }
    }
  }

  private mutating func register(_ name: String?, as alias: Name) -> Step {
    guard let number = instance(name) else { return .done(.failed(missing(name))) }
    registered[alias] = number
    return .done(.passed)
  }

  private func step(_ action: ScriptAction, _ step: (Int) -> Step) -> Step {
    guard let number = instance(action.module) else { return .done(.failed(missing(action.module))) }
    return step(number)
  }

  private func instance(_ name: String?) -> Int? {
    guard let name else { return latest }
    return named[name]
  }

  private func missing(_ name: String?) -> String {
    "expected a module" + (name.map { " called \($0)" } ?? "") + ", found none that was instantiated"
  }
}
