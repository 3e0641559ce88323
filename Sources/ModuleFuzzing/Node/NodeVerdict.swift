import Foundation
import ModuleExecution
import WebAssembly

/// What node says to a module and its calls.
struct NodeVerdict {
  let isValid: Bool
  /// How the instantiation ended, then each call.
  let outcomes: [NodeOutcome]

  init(_ answer: NodeAnswer, to subject: ModuleCase) {
    isValid = answer.isValid
    let results = [[]] + subject.calls.map { subject.module.resultTypes(of: $0.name) }
    outcomes = zip(answer.outcomes, results).map { outcome, types in
      if let values = outcome.values {
        .returned(zip(types, values).map { WebAssemblyValue($0, bits: UInt64($1) ?? 0) })
      } else if let trap = outcome.trap {
        .trapped(trap)
      } else {
        outcome.exhausted == true ? .exhausted : .failed(outcome.failure ?? "no outcome")
      }
    }
  }
}

/// What node is asked, as it is sent.
struct NodeRequest: Encodable {
  struct Value: Encodable {
    let type: String
    let bits: String
  }

  struct Call: Encodable {
    let name: String
    let arguments: [Value]
    let results: [String]
  }

  let module: String
  let calls: [Call]

  init(_ bytes: [UInt8], _ subject: ModuleCase) {
    module = Data(bytes).base64EncodedString()
    calls = subject.calls.map { call in
      Call(
        name: call.name.text,
        arguments: call.arguments.map { Value(type: $0.type.rawValue, bits: "\($0.bits)") },
        results: subject.module.resultTypes(of: call.name).map(\.rawValue))
    }
  }
}

/// What node answers, as it is sent.
struct NodeAnswer: Decodable {
  struct Outcome: Decodable {
    let values: [String]?
    let trap: String?
    let exhausted: Bool?
    let failure: String?
  }

  let isValid: Bool
  let outcomes: [Outcome]
}

extension Module {
  /// The results of an exported function; none when there is no such function. It imports nothing.
  func resultTypes(of name: Name) -> [ValueType] {
    for item in exports where item.name == name {
      guard case .function(let index) = item.kind, index < functions.count else { continue }
      let type = functions[Int(index)].type
      if type < types.count { return types[Int(type)].results }
    }
    return []
  }
}
