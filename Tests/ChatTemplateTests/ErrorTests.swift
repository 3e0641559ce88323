import ChatTemplate
import Testing

@Suite struct ErrorTests {
  /// A template's own message may hold anything.
  @Test func errorsAreOneLine() throws {
    guard case .failure(let error) = Fixture.render(#"{{ raise_exception('No\n\x1b[2J') }}"#, [:]) else {
      Issue.record("expected an error")
      return
    }
    #expect("\(error)" == #"line 1: No\n\u{1B}[2J"#)
  }

  @Test(arguments: [
    ("a\nb{{ 1 + }}", ChatTemplateError.Kind.syntax, 2, "expected an expression, found '}}'"),
    ("{% if x %}\n\n{% endfor %}", .syntax, 3, "expected a statement, found 'endfor'"),
    (
      "{% if x %}\n", .syntax, 1,
      "expected '{% elif %}' or '{% else %}' or '{% endif %}', found the end of the template"
    ),
    ("\n\n{{ 'a }}", .syntax, 3, "expected the string's closing quote"),
    ("{# c\n#}\n{{ x", .syntax, 3, "expected the end of the tag, '}}'"),
    ("\n{% include 'x' %}", .unsupported, 2, "the statement 'include' is not supported in chat templates"),
    ("{{ 1\n| frobnicate }}", .unsupported, 2, "expected a filter that is known, found 'frobnicate'"),
    ("{{ 1 is frobnicated }}", .unsupported, 1, "expected a test that is known, found 'frobnicated'"),
    (
      "\n{{ '\\N{BULLET}' }}", .unsupported, 2,
      "names of characters, '\\N{…}', are not supported in chat templates"
    ),
    ("{{ l is sameas l }}", .unsupported, 1, "the test 'sameas' is not supported for two values of the type list"),
    (
      "{{ ('%s'|safe) % 'a' }}", .invalidOperation, 1, "expected numbers or text for '%', found Markup and str"
    ),
    ("{{ ('a'|safe).upper() }}", .unsupported, 1, "'.upper' is not supported for what 'safe' and 'escape' give"),
    ("{{ 'a'|e|indent }}", .unsupported, 1, "the filter 'indent' is not supported for what 'safe' and 'escape' give"),
    ("{% autoescape true %}", .unsupported, 1, "the statement 'autoescape' is not supported in chat templates"),
    ("\n{{ x.y }}", .undefined, 2, "'x' is undefined"),
    ("{{ l[0]\n.y.z }}", .undefined, 2, "'int' has no attribute 'y'"),
    (
      "{% for x in l %}\n{{ x + 'a' }}{% endfor %}", .invalidOperation, 2,
      "expected numbers or text for '+', found int and str"
    ),
    (
      "{% macro m() %}\n{{ 1 / 0 }}{% endmacro %}\n\n{{ m() }}", .invalidOperation, 2, "expected a divisor other than 0"
    ),
    ("\n\n\n{{ raise_exception('No ' ~ l) }}", .raised, 4, "No [1]"),
    ("{{ range(100001) }}", .limit, 1, "expected a range of at most 100000 integers"),
  ])
  func errorsNameTheLine(_ template: String, _ kind: ChatTemplateError.Kind, _ line: Int, _ message: String) {
    guard case .failure(let error) = Fixture.render(template, ["l": [1]]) else {
      Issue.record("expected an error")
      return
    }
    #expect(error.kind == kind)
    #expect(error.description == "line \(line): \(message)")
  }

  @Test func valuesThatNestTooDeeplyAreRefused() throws {
    var value: JSONValue = 1
    for _ in 0..<190 { value = [value] }
    #expect(try Fixture.render("{{ v | length }}", ["v": value]).get() == "1")
    for _ in 0..<100 { value = [value] }
    #expect(throws: ChatTemplateError.self) { try Fixture.render("", ["v": value]).get() }
  }
}
