extension Interpreter {
  /// Runs a loop over the sequence that it names.
  func run(_ loop: Loop, in scope: Scope) throws(ChatTemplateError) {
    let sequence = try evaluate(loop.sequence, in: scope)
    try run(loop, over: sequence, outerDepth: 0, in: scope)
  }

  /// Calls a recursive loop for another sequence, and returns what it prints.
  func recur(_ loop: LoopState, over sequence: Value) throws(ChatTemplateError) -> Value {
    guard loop.loop.isRecursive else {
      throw invalid("expected a loop marked 'recursive', to be called inside itself")
    }
    try descend()
    defer { ascend() }
    let (text, _) = try capture { () throws(ChatTemplateError) in
      try self.run(loop.loop, over: sequence, outerDepth: loop.outerDepth + 1, in: loop.scope)
    }
    return .string(text)
  }

  private func run(
    _ loop: Loop, over sequence: Value, outerDepth: Int, in scope: Scope
  ) throws(ChatTemplateError) {
    let loopLine = line
    let items = try items(of: sequence, loop, in: scope)
    let state = LoopState(loop, items: items, outerDepth: outerDepth, scope: scope)
    for (index, item) in items.elements.enumerated() {
      // A turn makes a scope, which costs as much as some expressions.
      try spend(steps: 5)
      line = loopLine
      state.index = index
      let ending = try withScope(in: scope) { (inner) throws(ChatTemplateError) in
        inner.variables["loop"] = .loop(state)
        try self.assign(item, to: loop.target, in: inner)
        return try self.run(loop.body, in: inner)
      }
      if ending == .breakLoop { break }
    }
    if items.elements.isEmpty {
      _ = try withScope(in: scope) { (inner) throws(ChatTemplateError) in try self.run(loop.otherwise, in: inner) }
    }
  }

  /// The elements of the sequence for which the loop's condition holds.
  private func items(of sequence: Value, _ loop: Loop, in scope: Scope) throws(ChatTemplateError) -> List {
    if loop.condition == nil, case .list(let list) = sequence { return list }
    let all = try elements(of: sequence)
    guard let condition = loop.condition else { return try makeList(all) }
    var items: [Value] = []
    for item in all {
      let holds = try withScope(in: scope) { (inner) throws(ChatTemplateError) in
        try self.assign(item, to: loop.target, in: inner)
        return try self.evaluate(condition, in: inner).isTrue
      }
      if holds { items.append(item) }
    }
    return try makeList(items)
  }

  /// The elements that iterating over `value` gives: of a dictionary its keys, of a string its characters.
  func elements(of value: Value) throws(ChatTemplateError) -> [Value] {
    switch value {
    case .undefined: return []
    case .list(let list), .tuple(let list): return try counted(list.elements)
    case .dictionary(let mapping): return try counted(mapping.keys)
    case .view(let view): return try counted(view.list.elements)
    case .generator(let generator): return try counted(generator.takeAll())
    case .string(let text):
      try spend(bytes: text.utf8.count * MemoryLayout<Value>.stride)
      return text.unicodeScalars.map { .string(String($0)) }
    default: throw invalid("expected something to iterate over, found \(value.typeName)")
    }
  }

  /// The elements, after a step for every few of them: whoever asks for them goes through all.
  private func counted(_ elements: [Value]) throws(ChatTemplateError) -> [Value] {
    try spend(steps: elements.count / 4)
    return elements
  }
}
