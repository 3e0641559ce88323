import ChatTemplate
import Foundation
import Synchronization
import Testing

/// Templates that would crash or never end if nothing stopped them, run on the smallest stack that threads come with.
@Suite struct LimitTests {
  /// Templates that must end in an error of kind `.limit`.
  static let endless: [String] = [
    "{{ " + String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000) + " }}",
    "{{ " + String(repeating: "-", count: 5000) + "1 }}",
    "{{ " + String(repeating: "not ", count: 5000) + "1 }}",
    "{{ " + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000) + " }}",
    "{{ 1" + String(repeating: " if 1 else 1", count: 5000) + " }}",
    "{{ 1" + String(repeating: " if 1", count: 5000) + " }}",
    "{{ " + String(repeating: "{1:", count: 5000) + "1" + String(repeating: "}", count: 5000) + " }}",
    "{{ " + String(repeating: "x(", count: 5000) + String(repeating: ")", count: 5000) + " }}",
    "{{ " + String(repeating: "x[", count: 5000) + "1" + String(repeating: "]", count: 5000) + " }}",
    "{{ " + String(repeating: "1 is eq [", count: 5000) + String(repeating: "]", count: 5000) + " }}",
    "{% for " + String(repeating: "(", count: 5000) + "a" + String(repeating: ")", count: 5000)
      + " in x %}{% endfor %}",
    String(repeating: "{% if 1 %}", count: 5000) + String(repeating: "{% endif %}", count: 5000),
    "{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
    "{% macro f(n) %}{% call f(n) %}{% endcall %}{{ caller }}{% endmacro %}{{ f(0) }}",
    "{% macro f(n) %}{% for a in [[[n]]] %}{% if 1 %}{{ [f([[n]])|upper] }}{% endif %}{% endfor %}{% endmacro %}{{ f(0) }}",
    "{% for x in [1] recursive %}{{ loop([1]) }}{% endfor %}",
    "{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x] %}{% endfor %}",
    "{% set ns = namespace(x={}) %}{% for i in range(100000) %}{% set ns.x = {'a': ns.x} %}{% endfor %}",
    "{% set ns = namespace(x=[]) %}{% for i in range(100000) %}{% set ns.x = [ns.x].count %}{% endfor %}",
    "{% set ns = namespace(l=1) %}{% for i in range(100000) %}{% for y in [ns.l] %}{% set ns.l = loop %}{% endfor %}{% endfor %}",
    "{% set ns = namespace(x=[]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=[]) %}{% for i in range(60) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}{{ ns.x == ns.x }}",
    "{% set ns = namespace(x='a') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{% set ns = namespace() %}{% set ns.self = ns %}{{ ns }}",
    "{% set ns = namespace() %}{% set ns.self = ns %}{{ [ns]|string }}",
    "{{ 'a' * 10000000000 }}", "{{ '' ~ [1] * 10000000000 }}", "{{ 'abc'.center(99999999999) }}",
    "{{ '%999999999d' % 1 }}", "{{ '{:999999999}'.format(1) }}", "{{ [1]|batch(9223372036854775807, 1)|list }}",
    "{{ [1]|slice(9223372036854775807)|list }}", "{{ 'x'|indent(9223372036854775807) }}",
    "{{ 'x'|tojson(indent=9223372036854775807) }}", "{{ range(-9223372036854775807 - 1, 9223372036854775807) }}",
    // What costs much beside what it prints.
    "{% set b = [''] * 100000 %}{% for i in range(1000) %}{{ b|join }}{% endfor %}",
    "{% set b = [0] * 100000 %}{% for i in range(1000) %}{% set x = b|sum %}{% endfor %}",
    "{% set b = 'A' * 1000000 %}{% for i in range(1000) %}{% set x = [b]|min %}{% endfor %}",
    "{% set b = 'A' * 1000000 %}{% for i in range(1000) %}{% set x = b|int %}{% endfor %}",
    "{% set b = 'A' * 1000000 %}{% for i in range(1000) %}{% set x = {}[b] %}{% endfor %}",
    "{% set b = [1] * 100000 %}{% for i in range(1000) %}{% set x = loop.cycle(*b) %}{% endfor %}",
    "{% set b = 'A' * 100000 %}{% set x = range(3000)|list|tojson(separators=(b, b)) %}",
    "{% set b = ('9' * 4000)|int %}{% set x = ([b] * 100000)|string %}",
    "{{ range(0, -9223372036854775807 - 1, -1) }}",
    "{% for a in range(100000) %}{% for b in range(100000) %}{% for c in l %}{% endfor %}{% endfor %}{% endfor %}",
  ]

  @Test func endlessTemplatesAreStopped() {
    let results = onSmallStack(Self.endless) { template in
      Fixture.render(template, ["l": [1, 2, 3]], budget: Budget(steps: 2_000_000, bytes: 64 << 20))
    }
    for (template, result) in zip(Self.endless, results) {
      guard case .failure(let error) = result else {
        Issue.record("\(template.prefix(80)) gave \(result)")
        continue
      }
      #expect(error.kind == .limit, "\(template.prefix(80)) gave \(error)")
    }
  }

  @Test func theStandardBudgetEnds() {
    let loops = "{% for a in range(100000) %}{% for b in range(100000) %}{{ a * b }}{% endfor %}{% endfor %}"
    guard case .failure(let error) = Fixture.render(loops) else {
      Issue.record("expected an error")
      return
    }
    #expect(error.kind == .limit)
  }

  @Test func longChainsAreNotDeep() {
    let count = 20_000
    let chains = [
      (" + 1", String(count + 1)), (" ~ 1", String(repeating: "1", count: count + 1)), (" and 1", "1"), (" or 1", "1"),
      (" <= 1", "True"), ("|int", "1"), (" * 1", "1"), (" ** 1", "1"), (" is eq 1", "True"),
    ]
    var templates = chains.map { "{{ 1" + String(repeating: $0.0, count: count) + " }}" }
    templates.append("{% if 0 %}" + String(repeating: "{% elif 0 %}", count: count) + "{% else %}x{% endif %}")
    let results = onSmallStack(templates) { Fixture.render($0) }
    for (result, expected) in zip(results, chains.map(\.1) + ["x"]) { #expect((try? result.get()) == expected) }
  }

  /// Objects that hold one another in long chains and in circles, which must neither overflow the stack nor stay behind.
  @Test(arguments: [
    "{% set ns = namespace(p=none) %}{% for i in range(50000) %}{% set ns.p = namespace(p=ns.p) %}{% endfor %}done",
    "{% set ns = namespace(m=1) %}{% for i in range(50000) %}{% set p = ns.m %}{% macro m() %}{{ p }}{% endmacro %}{% set ns.m = m %}{% endfor %}done",
    "{% set ns = namespace() %}{% set ns.ns = ns %}{% macro m() %}{{ ns }}{% endmacro %}{% set ns.m = m %}done",
  ])
  func chainsOfObjectsAreTakenApart(_ template: String) {
    #expect(onSmallStack([template]) { Fixture.render($0) } == [.success("done")])
  }

  @Test func realConversationsAreFarFromTheLimits() throws {
    let template = try ChatTemplate(try Fixture.text("schema.jinja"))
    let text = String(repeating: "All work and no play makes Jack a dull boy. ", count: 500)
    let messages: [JSONValue] = (0..<400).map {
      ["role": $0.isMultiple(of: 2) ? "user" : "assistant", "content": .string(text)]
    }
    #expect(try template.render(messages: messages).utf8.count > 400 * text.utf8.count)
  }

  /// What `body` makes of each template on a thread with 512 KiB of stack, the size that Darwin gives to all threads but
  /// the main one.
  private func onSmallStack(
    _ templates: [String], _ body: @escaping @Sendable (String) -> Result<String, ChatTemplateError>
  ) -> [Result<String, ChatTemplateError>] {
    let results = Results()
    let isDone = DispatchSemaphore(value: 0)
    let thread = Thread {
      results.all.withLock { $0 = templates.map(body) }
      isDone.signal()
    }
    thread.stackSize = isSanitized ? 16 << 20 : 512 << 10
    thread.start()
    isDone.wait()
    return results.all.withLock { $0 }
  }
}

/// Whether the address sanitizer is in this process; it multiplies what a level takes.
private let isSanitized = dlsym(dlopen(nil, RTLD_NOW), "__asan_init") != nil

private final class Results: Sendable {
  let all = Mutex<[Result<String, ChatTemplateError>]>([])
}
