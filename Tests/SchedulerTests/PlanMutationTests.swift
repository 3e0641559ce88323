import Graph
import RandomNumbers
import Scheduler
import Testing

/// A plan with one thing changed is refused, and the first thing that is wrong is named, with its line.
struct PlanMutationTests {
  private let graph: ComputationGraph
  private let plan: Plan

  init() throws {
    graph = try TestGraphs.allKinds()
    var options = SchedulingOptions(solver: .list, seed: 3)
    options.rounds = 5
    plan = Plan(try ScheduleSearch(for: graph, options: options).run(), for: graph)
  }

  private func refusal(_ change: (inout [String]) -> Void) -> PlanError? {
    var lines = plan.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    change(&lines)
    return error(reading: lines.joined(separator: "\n"))
  }

  private func error(reading text: String) -> PlanError? {
    do throws(PlanError) {
      _ = try Plan(text: text, file: "plan.yaml", for: graph)
      return nil
    } catch {
      return error
    }
  }

  /// The index of the first line that begins with the text, indentation apart.
  private func firstLine(of text: String) -> Int? {
    plan.text.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { ($0.drop { $0 == " " } + "\n").hasPrefix(text) }
  }

  @Test func thePlanItselfIsAccepted() { #expect(refusal { _ in } == nil) }

  @Test func unknownOperation() throws {
    let line = try #require(firstLine(of: "- found\n"))
    let error = refusal { $0[line] = $0[line].replacing("found", with: "lost") }
    #expect(error == PlanError(.unknownName("lost"), file: "plan.yaml", line: line + 1))
  }

  @Test func missingOperation() throws {
    let line = try #require(firstLine(of: "- found\n"))
    // The only lookup of its layer.
    let error = refusal { $0.replaceSubrange(line - 1...line, with: ["      lookups: []"]) }
    #expect(error?.kind == .missingOperation("found"))
  }

  @Test func repeatedOperation() throws {
    let line = try #require(firstLine(of: "- stored\n"))
    let error = refusal { $0.insert($0[line], at: line) }
    #expect(error == PlanError(.repeatedOperation("stored"), file: "plan.yaml", line: line + 2))
  }

  @Test func wrongList() throws {
    let line = try #require(firstLine(of: "- stored\n"))
    let error = refusal {
      $0[line] = $0[line].replacing("stored", with: "product")
    }
    #expect(error?.kind == .wrongList(operation: "product", list: "persists"))
  }

  @Test func wrongOrder() throws {
    let found = try #require(firstLine(of: "- found\n"))
    let mean = try #require(firstLine(of: "- sum.mean\n"))
    let error = refusal {
      $0[found] = $0[found].replacing("found", with: "sum.mean")
      $0[mean] = $0[mean].replacing("sum.mean", with: "found")
    }
    let product = try #require(firstLine(of: "- sum.product"))
    let kind = PlanError.Kind.constraint(.order(reader: "sum.product", read: "sum.mean.0"))
    #expect(error == PlanError(kind, file: "plan.yaml", line: product + 1))
  }

  @Test func narrowerStream() {
    let width = plan.schedule.modelWidth
    for wrong in [width - 2, width - 1, 0, 2] {
      let error = refusal { $0[2] = "d_model: \(wrong)" }
      guard case .constraint = error?.kind else {
        Issue.record("\(wrong): \(String(describing: error))")
        continue
      }
      if wrong != width - 2 { #expect(error?.kind == .constraint(.width(wrong))) }
      #expect(error?.line != nil)
    }
  }

  /// A stream that is wider than anything needs, however well the figures agree, is refused before anybody builds it.
  @Test func widerStream() throws {
    let width = plan.schedule.modelWidth
    for wrong in [width + 2, 2000, 1_000_000] {
      let error = refusal {
        $0[2] = "d_model: \(wrong)"
        $0[4] = "heads: \(wrong / 2)"
      }
      let kind = ScheduleError.Kind.unusedWidth(needed: width, width: wrong)
      #expect(error == PlanError(.constraint(kind), file: "plan.yaml", line: 3))
    }
  }

  @Test func emptyLayer() throws {
    let count = plan.schedule.layerCount
    let halves = (0..<2).map { half in
      let first = half == 0 ? "lookups: []" : "reglus: []\n      tables: []"
      let used = half == 0 ? "heads_used: 0" : "neurons_used: 0"
      return "    \(half == 0 ? "attention" : "feed_forward"):\n      \(first)\n      persists: []\n      erased: []\n"
        + "      refilled: {}\n      \(used)\n      dependency_width: 0\n      linear_width: 0\n      live: {}"
    }
    let error = refusal {
      $0[3] = "layers: \(count + 1)"
      $0.removeLast()
      $0 += ["  - layer: \(count)"] + halves
    }
    #expect(error?.kind == .constraint(.emptyLayer(count)))
    #expect(error?.line != nil)
  }

  @Test func statuses() throws {
    let line = try #require(firstLine(of: "status: "))
    let width = plan.schedule.modelWidth
    for status in ["optimal", "unproved", "feasible (no narrower than 4)"] {
      #expect(refusal { $0[line] = "status: \"\(status)\"" } == nil, "\(status)")
    }
    let late = "feasible, time limit reached (no narrower than \(width - 2))"
    #expect(refusal { $0[line] = "status: \"\(late)\"" } == nil)
    for status in [
      "banana", "Optimal", "feasible", "feasible (no narrower than \(width))", "feasible (no narrower than x)",
    ] {
      let error = refusal { $0[line] = "status: \"\(status)\"" }
      guard case .wrongValue("status", _) = error?.kind else {
        Issue.record("\(status): \(String(describing: error))")
        continue
      }
      #expect(error?.line == line + 1)
    }
  }

  @Test func otherReuseRule() throws {
    let line = try #require(firstLine(of: "reuse: immediate"))
    #expect(refusal { $0[line] = "reuse: delayed" } != nil)
    let error = refusal { $0[line] = "reuse: sometimes" }
    #expect(error?.kind == .wrongValue(field: "reuse", expected: "immediate or delayed"))
    #expect(error?.line == line + 1)
  }

  @Test func figures() throws {
    for field in ["heads", "d_ffn", "heads_used", "neurons_used", "dependency_width", "linear_width"] {
      let line = try #require(firstLine(of: "\(field):"))
      let error = refusal { $0[line] = $0[line].prefix { $0 != ":" } + ": 77" }
      guard case .differs(field, _) = error?.kind else {
        Issue.record("\(field): \(String(describing: error))")
        continue
      }
      #expect(error?.line == line + 1)
    }
  }

  @Test func slotClash() throws {
    let line = try #require(firstLine(of: "one: "))
    let error = refusal { $0[line] = "    one: 0" }
    guard case .stream(.slotClash(_, _, 0, 0)) = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func absentDimension() throws {
    // Without `one` at boundary 0, whatever reads it first reads nothing.
    let line = try #require(firstLine(of: "one: "))
    let error = refusal { $0.remove(at: line) }
    guard case .stream(.readAfterWrite(_, "one", 0)) = error?.kind else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func unknownDimension() throws {
    let line = try #require(firstLine(of: "one: "))
    let error = refusal { $0[line] = "    two: 3" }
    #expect(error == PlanError(.unknownName("two"), file: "plan.yaml", line: line + 1))
  }

  @Test func layerNumbers() throws {
    let line = try #require(firstLine(of: "- layer: 1"))
    let error = refusal { $0[line] = "  - layer: 2" }
    #expect(error == PlanError(.wrongValue(field: "layer", expected: "1"), file: "plan.yaml", line: line + 1))
    #expect(
      refusal { $0[3] = "layers: 1" }?.kind
        == .wrongValue(field: "layers", expected: "\(plan.schedule.layerCount), the number of layers listed"))
  }

  /// Every line that says something, left out, is missed.
  @Test func everyLineCounts() {
    let count = plan.text.split(separator: "\n").count
    for line in 1..<count {
      #expect(refusal { $0.remove(at: line) } != nil, "line \(line + 1)")
    }
  }

  @Test func malformedText() {
    #expect(error(reading: "")?.kind == .malformed("it is empty"))
    #expect(error(reading: "just words")?.kind == .wrongValue(field: "plan", expected: "a mapping"))
    #expect(error(reading: "format: [")?.line != nil)
    #expect(error(reading: "a: &x 1\nb: *x")?.kind == .malformed("plans have no anchors and aliases"))
    #expect(error(reading: "format: x\nformat: x")?.kind == .malformed("'format' is here twice"))
    #expect(error(reading: "colour: red")?.kind == .unknownField("colour"))
    #expect(error(reading: "format: transformer-vm-plan-1")?.kind == .missingField("d_model"))
    #expect(error(reading: String(repeating: "[", count: 100_000)) != nil)
    #expect(error(reading: String(repeating: "- ", count: 100_000)) != nil)
    #expect(error(reading: "\u{0}\u{1}") != nil)
  }

  @Test func messagesAreOneLine() {
    for text in ["", "a", "format: [", "- - -\n -", "\"\n\n\n", "d_model: 3\nd_model: 3", "{a: b, c"] {
      let message = error(reading: text)?.description
      #expect(message?.contains("\n") == false && message?.hasPrefix("plan.yaml") == true, "\(text)")
    }
    let named = PlanError(.unknownName("a\nb\u{2028}c"), file: "new\nline.yaml", line: 3).description
    #expect(named == "new\\nline.yaml:3: the graph has nothing called 'a\\nb\\u{2028}c'")
  }

  /// Bytes of a plan changed at random end in a plan or in an error.
  @Test func randomBytesNeverCrash() {
    var random = SplitMix64(seed: 5)
    let bytes = Array(plan.text.utf8)
    let alphabet = Array("[]{}:,-&*#!|>'\"%@`\\ \n\t0123456789abcxyz\u{0}~é".utf8)
    for _ in 0..<1000 {
      var mutant = bytes
      for _ in 0...random.index(below: 4) {
        let place = random.index(below: mutant.count)
        switch random.index(below: 3) {
        case 0: mutant[place] = alphabet[random.index(below: alphabet.count)]
        case 1: mutant.insert(alphabet[random.index(below: alphabet.count)], at: place)
        default: mutant.removeSubrange(place..<min(mutant.count, place + 1 + random.index(below: 30)))
        }
      }
      _ = error(reading: String(decoding: mutant, as: UTF8.self))
    }
  }
}
