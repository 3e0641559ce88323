extension CodeWriter {
  /// The tokens of the numbers on the parabola.
  mutating func writeTokenTable() {
    guard let parabola = outputHead.parabola else { return }
    write("static const int token_of_number[] = {\(parabola.tokenOfNumber.map(String.init).joined(separator: ","))};")
  }

  /// The best token by the parabola where that can tell; otherwise what the rows read, for Swift to choose.
  mutating func writeOutputHead() {
    if let parabola = outputHead.parabola { write(parabola) }
    let read = Set(outputHead.allRows.products.map(\.register)).sorted()
    for register in read { write("s->registers[\(register)] = \(name(register));") }
    write("return -1;")
  }

  private mutating func write(_ parabola: TokenParabola) {
    let wanted = name(parabola.choice)
    write("if (\(name(parabola.one)) == 1 && magnitude(\(wanted)) <= \(TokenParabola.limit)) {")
    write("long number = (long)\(wanted);")
    write("unsigned long place = (unsigned long)(number - \(parabola.firstNumber)L);")
    write("if ((double)number == \(wanted) && place < \(parabola.tokenOfNumber.count)) {")
    write("long best = token_of_number[place];")
    write("if (best >= 0) {")
    write("double best_score = \(wanted) * \(wanted) + \(parabola.constant), score;")
    let rows = outputHead.otherRows
    for row in rows.tokens.indices {
      let first = row == 0 ? 0 : Int(rows.ends[row - 1])
      write("score = \(sum(rows.products[first..<Int(rows.ends[row])]));")
      write(
        "if (score > best_score || (score == best_score && \(rows.tokens[row]) < best)) "
          + "best = \(rows.tokens[row]), best_score = score;")
    }
    write("return best;")
    write("}}}")
  }
}
