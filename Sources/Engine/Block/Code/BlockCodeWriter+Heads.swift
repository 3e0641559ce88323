import Transformer

extension BlockCodeWriter {
  private var level: SparseProgram.Level? { segment.levels.last.map { program.levels[$0] } }

  /// The searches of a hull at this segment's level.
  private func searches(of hull: Int) -> [Int] {
    (level?.searches ?? 0..<0).filter { program.searches[$0].hull == hull }
  }

  /// Declares room for what the pass over the lanes finds for the heads.
  mutating func declareKeptArrays() {
    guard let level else { return }
    let names =
      level.gathers.map { "n\($0)" } + level.insertions.map { "k\($0)" } + level.searches.map { "q\($0)" }
      + (segment.isLast ? ["scores", "tokens_by_score"] : [])
    for name in names { write("double \(name)[WIDTH] KEPT_ARRAY;") }
  }

  /// Finds which positions and numbers queries and keys name, for all lanes at once.
  mutating func writeNaming() {
    guard let level else { return }
    for gather in level.gathers {
      let head = program.gathers[gather]
      let (x, y, last) = (vector(head.query.x), vector(head.query.y), vector(Register.position.index))
      write(
        "KEPT(n\(gather)) = near((lanes)(\(x)), (lanes)(\(y)), \(last), __builtin_inf(), "
          + "\(PositionParabola.tolerance));")
    }
    for hull in level.insertions {
      let key = program.insertions[hull].key
      let (x, y) = (vector(key.x), vector(key.y))
      write("KEPT(k\(hull)) = numbered((lanes)(\(x)), (lanes)(\(y)));")
    }
    for search in level.searches {
      let query = program.searches[search].query
      let (x, y) = (vector(query.x), vector(query.y))
      write(
        "KEPT(q\(search)) = near((lanes)(\(x)), (lanes)(\(y)), (lanes)(\(Double(IntegerKey.limit - 1))), "
          + "\(IntegerKey.queryLimit), \(IntegerKey.tolerance));")
    }
    if segment.isLast { writeScores() }
  }

  mutating func writeHeads() {
    enter(.history)
    for level in segment.levels {
      for column in program.levels[level].columns {
        write("for (long lane = 0; lane < count; lane++)")
        write("s->stored[(first + lane) * \(program.columns.count) + \(column)] = \(scalar(program.columns[column]));")
      }
    }
    guard let level else { return }
    if !level.lines.isEmpty { enter(.lineHeads) }
    for line in level.lines { writeLine(line) }
    if !level.gathers.isEmpty { enter(.gatherHeads) }
    for gather in level.gathers { writeGather(gather) }
    if !level.insertions.isEmpty { enter(.lookupHeads) }
    for hull in level.insertions { writeLookup(hull) }
  }

  /// Puts a result into the row of a register that something reads.
  private mutating func put(_ expression: String, _ register: Int) {
    if layout.isRead(register) { write("\(place(register)) = \(expression);") }
  }

  private mutating func writeLine(_ number: Int) {
    let head = program.lines[number]
    let isAverage = head.rule == .average
    write("{ struct line line = s->lines[\(number)];")
    if isAverage { write("double divisors[WIDTH] KEPT_ARRAY;") }
    write("for (long lane = 0; lane < count; lane++) {")
    write(
      "const struct tied *t = attend(&line, \(isAverage ? 1 : 0), \(scalar(head.key)), \(scalar(head.values.x)), "
        + "\(scalar(head.values.y)), \(scalar(head.query)));")
    put("t->x", head.destination)
    put("t->y", head.destination + 1)
    write(isAverage ? "divisors[lane] = t->count; }" : "}")
    write("s->lines[\(number)] = line;")
    if isAverage {
      write("for (long lane = 0; lane < count; lane++) {")
      for register in [head.destination, head.destination + 1] {
        put("\(place(register)) / divisors[lane]", register)
      }
      write("}")
    }
    write("}")
  }

  /// Values are read whether or not a lane names a position; where one does not, Swift finds them afterwards.
  private mutating func writeGather(_ number: Int) {
    let head = program.gathers[number]
    if layout.common.selector?.gather == number, !layout.common.columns.isEmpty { return writeSelectedRows(head) }
    write("long some\(number) = 0;")
    write("for (long lane = 0; lane < count; lane++) {")
    write("long n = integer(n\(number)[lane]);")
    write("some\(number) |= n; n = n < 0 ? 0 : n;")
    for (place, column) in [head.columns.x, head.columns.y].enumerated() {
      put(column.map(value) ?? "0.0", head.destination + place)
    }
    write("}")
    write("if (__builtin_expect(some\(number) < 0, 0)) for (long lane = 0; lane < count; lane++) {")
    write("if (integer(n\(number)[lane]) < 0) { double found[2];")
    write(
      "s->gather(s->memory, \(number), \(scalar(head.query.x)), \(scalar(head.query.y)), first + lane, found);")
    put("found[0]", head.destination)
    put("found[1]", head.destination + 1)
    write("} }")
  }

  /// Puts the rows of the selected tokens where other heads' results are.
  private mutating func writeSelectedRows(_ head: GatherHead) {
    guard let selector = layout.common.selector, layout.isRead(selector.destination) else { return }
    write("for (long lane = 0; lane < count; lane++) {")
    write("long n = integer(n\(selector.gather)[lane]);")
    write("\(place(selector.destination)) = (double)(__builtin_expect(n >= 0, 1) ? row_of_token[s->tokens[n]]")
    write("  : searched_row(s, \(scalar(head.query.x)), \(scalar(head.query.y)), first + lane));")
    write("}")
  }

  /// A column's number at the position n.
  private func value(_ column: GatheredColumn) -> String {
    switch column {
    case .embedding(let column): "s->embedding[(long)s->tokens[n] * \(program.embeddingColumns) + \(column)]"
    case .stored(let column): "s->stored[n * \(program.columns.count) + \(column)]"
    }
  }

  /// Takes in keys and answers queries in turn, so that no query sees a later key.
  private mutating func writeLookup(_ hull: Int) {
    let insertion = program.insertions[hull]
    let (height, x, y) = (scalar(insertion.key.y), scalar(insertion.values.x), scalar(insertion.values.y))
    write("{ struct index *index = s->indexes[\(hull)];")
    write("for (long lane = 0; lane < count; lane++) {")
    write("long number = integer(k\(hull)[lane]);")
    write("if (number >= 0) take(s, b, \(hull), index, number, \(height), \(x), \(y), first + lane);")
    write("else if (number != -1) return \(hull + 1);")
    for number in searches(of: hull) {
      let search = program.searches[number]
      let lanes = [search.lanes.x == 0 ? "x" : "y", search.lanes.y == 0 ? "x" : "y"]
      write("{ const struct entry *e = answer(index, integer(q\(number)[lane]));")
      write("if (__builtin_expect(e != 0, 1)) {")
      put("e->\(lanes[0])", search.destination)
      put("e->\(lanes[1])", search.destination + 1)
      write("} else { double found[2]; index->latest_x = \(x), index->latest_y = \(y);")
      write(
        "if (!s->answer(s->memory, \(hull), \(scalar(search.query.x)), \(scalar(search.query.y)), found)) "
          + "return \(hull + 1);")
      put("found[\(search.lanes.x)]", search.destination)
      put("found[\(search.lanes.y)]", search.destination + 1)
      write("} }")
    }
    write("}")
    write("{ long lane = count - 1; index->latest_x = \(x), index->latest_y = \(y); } }")
  }
}

// The output head.
extension BlockCodeWriter {
  /// Finds, in each lane, the best of the rows that lie outside the parabola.
  private mutating func writeScores() {
    write("lanes best = (lanes)(-__builtin_inf()), best_token = (lanes)(0.0), score; marks is_better;")
    let rows = outputHead.otherRows
    for row in rows.tokens.indices {
      let first = row == 0 ? 0 : Int(rows.ends[row - 1])
      write("score = (lanes)(\(sum(rows.products[first..<Int(rows.ends[row])])));")
      write("is_better = score > best; best = select(is_better, score, best);")
      write("best_token = select(is_better, (lanes)(\(rows.tokens[row]).0), best_token);")
    }
    write("KEPT(scores) = best; KEPT(tokens_by_score) = best_token;")
  }

  /// The best token by the parabola where that can tell; otherwise Swift chooses by the rows.
  mutating func writeOutputHead() {
    enter(.outputHead)
    write("if (!b->predictions) return 0;")
    write("for (long lane = 0; lane < count; lane++) {")
    write("long best = -1;")
    if let parabola = outputHead.parabola { write(parabola) }
    write("b->predictions[lane] = best >= 0 ? best : s->choose(s->memory, rows + lane);")
    write("}")
  }

  private mutating func write(_ parabola: TokenParabola) {
    write("double wanted = \(scalar(parabola.choice));")
    write("if (\(scalar(parabola.one)) == 1 && magnitude(wanted) <= \(TokenParabola.limit)) {")
    write("long number = (long)wanted;")
    write("unsigned long place = (unsigned long)(number - \(parabola.firstNumber)L);")
    write("if ((double)number == wanted && place < \(parabola.tokenOfNumber.count)) {")
    write("best = token_of_number[place];")
    write("double score = wanted * wanted + \(parabola.constant);")
    write("long other = (long)tokens_by_score[lane];")
    write("if (best >= 0 && (scores[lane] > score || (scores[lane] == score && other < best))) best = other;")
    write("} }")
  }
}
