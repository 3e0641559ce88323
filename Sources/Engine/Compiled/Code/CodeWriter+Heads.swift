import Transformer

extension CodeWriter {
  mutating func writeInsertion(_ hull: Int) {
    let insertion = program.insertions[hull]
    write(
      "insert(s, \(hull), \(name(insertion.key.x)), \(name(insertion.key.y)), "
        + "\(name(insertion.values.x)), \(name(insertion.values.y)), position);")
  }

  mutating func writeLine(_ line: Int) {
    let head = program.lines[line]
    let average = head.rule == .average
    write(
      "const struct tied *l\(line) = attend(s->lines + \(line), \(average ? 1 : 0), \(name(head.key)), "
        + "\(name(head.values.x)), \(name(head.values.y)), \(name(head.query)));")
    for (place, lane) in ["x", "y"].enumerated() {
      write("double r\(head.destination + place) = l\(line)->\(lane)\(average ? " / l\(line)->count" : "");")
    }
  }

  mutating func writeGather(_ gather: Int) {
    let head = program.gathers[gather]
    if common.selector?.gather == gather, !common.columns.isEmpty { return writeSelection(head) }
    write("double g\(gather)[2];")
    let call = "s->gather(s->memory, \(gather), \(name(head.query.x)), \(name(head.query.y)), position, g\(gather));"
    if head.rule == .average {
      // The mean of all values may be asked for, so that none must be missed.
      write(call)
    } else {
      write("long n\(gather) = named(\(name(head.query.x)), \(name(head.query.y)), position);")
      write("if (__builtin_expect(n\(gather) >= 0, 1)) {")
      for (place, column) in [head.columns.x, head.columns.y].enumerated() {
        write("g\(gather)[\(place)] = \(column.map { value($0, at: "n\(gather)") } ?? "0.0");")
      }
      write("} else \(call)")
    }
    write("double r\(head.destination) = g\(gather)[0], r\(head.destination + 1) = g\(gather)[1];")
  }

  /// A column's number at a position.
  private func value(_ column: GatheredColumn, at position: String) -> String {
    switch column {
    case .embedding(let column): "s->embedding[(long)s->tokens[\(position)] * \(program.embeddingColumns) + \(column)]"
    case .stored(let column): "s->stored[\(position) * \(program.columns.count) + \(column)]"
    }
  }

  mutating func writeSearch(_ search: Int) {
    let head = program.searches[search]
    let lanes = [head.lanes.x == 0 ? "x" : "y", head.lanes.y == 0 ? "x" : "y"]
    write("double q\(search)[2];")
    write(
      "const struct entry *e\(search) = find(s->indexes[\(head.hull)], \(name(head.query.x)), \(name(head.query.y)));")
    write(
      "if (__builtin_expect(e\(search) != 0, 1)) "
        + "q\(search)[0] = e\(search)->\(lanes[0]), q\(search)[1] = e\(search)->\(lanes[1]);")
    write(
      "else s->search(s->memory, \(search), \(name(head.query.x)), \(name(head.query.y)), q\(search));")
    write("double r\(head.destination) = q\(search)[0], r\(head.destination + 1) = q\(search)[1];")
  }
}
