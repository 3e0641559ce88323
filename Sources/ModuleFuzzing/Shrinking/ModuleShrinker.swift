import GraphFuzzing
import ModuleExecution
import WebAssembly
import WebAssemblyValidation

/// Makes a case smaller as long as it has a property: calls, functions, ranges of instructions, constructs, constants, definitions.
///
/// Whatever it tries is valid. It knows nothing of how the module came about.
package struct ModuleShrinker {
  private let holds: (ModuleCase) -> Bool
  /// How often the property may still be asked for.
  private var questionsLeft: Int
  package private(set) var best: ModuleCase

  /// - Parameters:
  ///   - subject: which has the property.
  ///   - questions: how often the property may be asked for.
  package init(_ subject: ModuleCase, questions: Int = 5000, while holds: @escaping (ModuleCase) -> Bool) {
    best = subject
    questionsLeft = questions
    self.holds = holds
  }

  /// Shrinks until nothing more can be taken away.
  package mutating func run() {
    var size = -1
    while size != best.size, questionsLeft > 0 {
      size = best.size
      removeCalls()
      for function in best.module.functions.indices { empty(function) }
      removeDefinitions()
      for function in best.module.functions.indices { removeRanges(of: function) }
      for function in best.module.functions.indices { removeConstructs(of: function) }
      simplifyConstants()
    }
  }

  /// Takes a case over if it is valid and has the property.
  ///
  /// - Returns: whether it was taken.
  mutating func tries(_ candidate: ModuleCase) -> Bool {
    guard questionsLeft > 0, candidate != best, (try? candidate.module.validate()) != nil else { return false }
    questionsLeft -= 1
    guard holds(candidate) else { return false }
    best = candidate
    return true
  }

  private mutating func removeCalls() {
    var shrinker = self
    _ = minimized(best.calls) { calls in
      var candidate = shrinker.best
      candidate.calls = calls
      return shrinker.tries(candidate)
    }
    self = shrinker
  }

  /// Lets a function do nothing.
  private mutating func empty(_ index: Int) {
    let function = best.module.functions[index]
    let type = best.module.types[Int(function.type)]
    var candidate = best
    candidate.module.functions[index].body = (type.results.map(Operation.zero) + [.end]).instructions
    candidate.module.functions[index].locals = []
    if function.body.count > candidate.module.functions[index].body.count { _ = tries(candidate) }
  }

  private mutating func simplifyConstants() {
    for function in best.module.functions.indices {
      for place in best.module.functions[function].body.indices {
        guard let zero = best.module.functions[function].body[place].operation.simplerConstant else { continue }
        var candidate = best
        candidate.module.functions[function].body[place].operation = zero
        _ = tries(candidate)
      }
    }
    for call in best.calls.indices {
      for argument in best.calls[call].arguments.indices {
        var candidate = best
        let type = best.calls[call].arguments[argument].type
        candidate.calls[call].arguments[argument] = .init(type, bits: 0)
        _ = tries(candidate)
      }
    }
  }
}

extension ModuleCase {
  /// What shrinking makes less of.
  fileprivate var size: Int {
    let module = module
    let definitions =
      module.types.count + module.functions.count + module.globals.count + module.exports.count
      + module.elements.count + module.data.count + module.tables.count + module.memories.count
    let constants = module.functions.flatMap(\.body).count { $0.operation.simplerConstant != nil }
    return instructionCount + definitions + constants + calls.count
      + calls.flatMap(\.arguments).count { $0.bits != 0 } + (module.start == nil ? 0 : 1)
  }
}

extension Operation {
  /// 0 of the type, for constants that are not; of memory accesses the one without offset and alignment.
  fileprivate var simplerConstant: Operation? {
    let simpler: Operation? =
      switch self {
      case .i32Const: .i32Const(0)
      case .i64Const: .i64Const(0)
      case .f32Const: .f32Const(bitPattern: 0)
      case .f64Const: .f64Const(bitPattern: 0)
      case .load(let load, _): .load(load, MemoryArgument(alignment: 0, offset: 0))
      case .store(let store, _): .store(store, MemoryArgument(alignment: 0, offset: 0))
      default: nil
      }
    return simpler == self ? nil : simpler
  }
}
