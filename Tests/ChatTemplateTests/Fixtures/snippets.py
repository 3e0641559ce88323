"""Snippets of Jinja for make_fixtures.py: some chosen, the others put together at random."""

import re

CONTEXT = {
    "s": "Hello, Wörld", "e": "", "n": None, "t": True, "f": False, "i": 7, "z": 0, "neg": -3, "x": 2.5, "l": [3, 1, 2],
    "el": [], "ls": ["b", "A", "c", "a"], "d": {"b": 1, "a": "x", "items": [1]}, "nl": "a\nb\r\nc\n", "q": "it's \"q\"\\\t",
    "u": [
        {"name": "Bob", "age": 30, "tags": ["x", "y"]}, {"name": "alice", "age": 25, "tags": []}, {"name": "Çelik", "age": 30}
    ],
    "nested": {"a": {"b": [1, {"c": "deep"}]}}, "cc": "e\u0301é\u00a0\u200bẞǆ", "big": 123456789012345678901234567890,
}  # fmt: skip

SNIPPETS = r"""
{{ 1 }}{{ 1.0 }}{{ 1e16 }}{{ 1e15 }}{{ 1e-4 }}{{ 1e-5 }}{{ 123456789.125e10 }}{{ 1e22 }}{{ 5e-324 }}{{ 1.7976931348623157e308 }}
{{ 0x1F }}{{ 0o17 }}{{ 0b101 }}{{ 1_000 }}{{ 1_0.5_0 }}{{ 99999999999999999999 }}
{{ "a" 'b' "c" }}{{ '\x41\u00e9\U0001F600\101\n\t\\\'\"\q' }}
{{ big }}{{ -big }}{{ big == big }}{{ big|tojson }}{{ big is integer }}{{ big is number }}{{ [big] }}
{{ 7 // 2 }}{{ -7 // 2 }}{{ 7 % -3 }}{{ -7 % 3 }}{{ 7.5 // 2 }}{{ -7.5 % 2 }}{{ 2 ** 10 }}{{ 2 ** -1 }}{{ 7 / 2 }}{{ 6 / 2 }}
{{ 2 ** 3 ** 2 }}{{ -2 ** 2 }}{{ 1 + 2 * 3 ~ 4 }}{{ 1 ~ 2 + 3 }}{{ not 1 == 2 }}{{ 1 < 2 < 3 }}{{ 1 < 3 < 2 }}{{ 1 in [1] == true }}
{{ true + true }}{{ 1 == 1.0 }}{{ 1 == true }}{{ "1" == 1 }}{{ none == false }}{{ [1] == [1.0] }}{{ (1,) == [1] }}{{ {"a": 1} == {"a": 1.0} }}
{{ "a" < "b" }}{{ "Z" < "a" }}{{ "é" < "z" }}{{ [1, 2] < [1, 3] }}{{ "😀" > "￿" }}
{{ "a" < 1 }}
{{ missing }}{{ missing is defined }}{{ missing|default("x") }}{{ missing.x is defined }}
{{ missing == missing }}{{ missing or "y" }}{{ not missing }}{{ missing|length }}{{ missing ~ "a" }}{{ [missing] }}
{{ missing + 1 }}
{{ missing() }}
{{ d.missing }}{{ d.missing is undefined }}{{ d["b"] }}{{ d.b }}{{ d.items is callable }}{{ d["items"] }}{{ d.get("items") }}
{{ d.missing.x }}
{{ d.items() }}{{ d.keys() }}{{ d.values() }}{{ d|items|list }}{{ d|list }}{{ d|length }}
{{ d|tojson }}{{ d|tojson(indent=2) }}{{ d|tojson(indent="--") }}{{ d|tojson(separators=(",", ":")) }}{{ d|tojson(sort_keys=true) }}
{{ [] | tojson(indent=1) }}{{ {} | tojson(indent=1) }}{{ [[], {}] | tojson(indent=1) }}{{ (1, 2)|tojson }}{{ none|tojson }}{{ true|tojson }}
{{ "é\u2028\x7f\x01\b\f</script>'"|tojson }}{{ "é😀\x7f"|tojson(ensure_ascii=true) }}{{ {1: 2, true: 3, none: 4, 1.5: 5}|tojson }}
{{ missing|tojson }}
{{ l[0] }}{{ l[-1] }}{{ l[5] is defined }}{{ l[1:] }}{{ l[::-1] }}{{ l[::2] }}{{ l[-2:] }}{{ l[5:] }}{{ l[2:0:-1] }}{{ s[::-1] }}{{ s[1] }}{{ s[-3:] }}
{{ l[::0] }}
{{ cc|length }}{{ cc[0] }}{{ cc[1:3] }}{{ cc|upper }}{{ cc|lower }}{{ cc|title }}{{ cc|capitalize }}{{ [cc] }}{{ cc == "\xe9\xe9\xa0\u200b\u1e9e\u01c6" }}
{{ "e\u0301" == "\xe9" }}{{ "e\u0301" in "x\xe9" }}{{ "\u0301" in "e\u0301" }}{{ "\n" in "\r\n" }}{{ "a\r\nb".split("\n") }}{{ "\r\n"|length }}
{{ {"\xe9": 1}["e\u0301"] is defined }}{{ "e\u0301x".startswith("e") }}{{ "e\u0301".replace("e", "a") }}
{{ " \t\x1c\x85\xa0\u3000x\u200b ".strip() }}{{ "xxaxx".strip("x") }}{{ "abc".lstrip("ba") }}{{ "abc".rstrip("cb") }}{{ "  x "|trim }}{{ "--x-"|trim("-") }}
{{ "a,b,,c".split(",") }}{{ "a,b,c".split(",", 1) }}{{ "a,b,c".rsplit(",", 1) }}{{ " a  b ".split() }}{{ " a  b c ".split(None, 1) }}{{ " a b  c ".rsplit(None, 1) }}{{ "".split() }}{{ "".split(",") }}
{{ "a".split("") }}
{{ "aXbXc".partition("X") }}{{ "aXbXc".rpartition("X") }}{{ "abc".partition("X") }}{{ "abc".rpartition("X") }}{{ "aaaa".replace("aa", "b") }}{{ "aaa".count("aa") }}{{ "aaa".rfind("aa") }}{{ "aaa".rsplit("aa") }}
{{ "x".index("y") }}
{{ "a\nb\r\nc\x0bd\x1ee\u2028f".splitlines() }}{{ "a\n\nb\n".splitlines(true) }}{{ "\n".splitlines() }}{{ "".splitlines() }}
{{ "-5".zfill(4) }}{{ "5".center(4, "*") }}{{ "ab".center(5) }}{{ "a".center(4) }}{{ "ab".ljust(4, ".") }}{{ "ab".rjust(4) }}
{{ "%s is %d and %5.2f|%-5s|%05d|%+d|%x|%X|%o|%e|%g|%%|%r|%c" % ("a", 3.7, 2.345, "b", 42, 7, 255, 255, 8, 12345.678, 0.00001, "q'", 65) }}
{{ "%(a)s-%(b)03d" % {"a": 1, "b": 2} }}{{ "%s" % [1, 2] }}{{ "%s %s"|format("a", 1) }}{{ "%*d|%-*d|%.*f" % (4, 1, 4, 2, 1, 2.55) }}
{{ "%d" % "x" }}
{{ "%s %s" % ("a",) }}
{{ "{} {1}".format(1, 2) }}
{{ "{}-{}|{0}".format(1, 2) }}
{{ "{0}-{1}-{a}|{0!r}|{b[0]}|{c[k]}".format("x", 2, a=3, b=[4], c={"k": 5}) }}{{ "{:>5}|{:<5}|{:^5}|{:*^7}|{:05d}|{:,}|{:.2f}|{:+}|{:x}|{:e}|{:%}|{{}}".format("a", "b", "c", "d", 42, 1234567, 2.345, 5, 255, 1234.5, 0.25) }}
{{ 2.5|round }}{{ 3.5|round }}{{ 2.675|round(2) }}{{ 42.55|round(1, "floor") }}{{ 42.55|round(1, "ceil") }}{{ 7|round }}{{ -2.5|round }}{{ 1234.5|round(-2) }}{{ 0.1|round(20) }}
{{ 9223372036854775807|round(-1) }}{{ 125|round(-1) }}{{ 135|round(-1) }}{{ -7|round(-1) }}{{ 5|round(-400) }}{{ true|round(-1) }}{{ 9007199254740993|round(-1) }}{{ (-9223372036854775807 - 1)|round(-19) }}
{{ 1.0 // 0.1 }}{{ -4.0 % 2.0 }}{{ 4.0 % -2.0 }}{{ 0.0 % -2.0 }}{{ -0.0 // 3.0 }}{{ 7.5 // 1e400 }}{{ -7.5 // 1e400 }}{{ -5.0 % 1e400 }}{{ 6.5 // -0.5 }}{{ 1e308 // 1e-5 }}
{{ 9007199254740993 > 9007199254740992.0 }}{{ 9007199254740993 <= 9007199254740992.0 }}{{ 9007199254740993 == 9007199254740992.0 }}{{ [9007199254740993, 9007199254740992.0]|min }}{{ 9223372036854775807 < 9223372036854775808.0 }}
{{ 99999999999999999999 > 99999999999999999998 }}{{ 99999999999999999999 == 1e20 }}{{ 100000000000000000000 == 1e20 }}{{ -99999999999999999999 > -1e20 }}{{ big > 5 }}{{ 5 > -big }}{{ big > -5.5 }}{{ -big < 123456789012345678901234567890 }}
{{ -3 < -2.5 }}{{ -2 > -2.5 }}{{ 0 == -0.0 }}{{ 0 < 0.5 }}{{ true < 1.5 }}{{ 1 == "nan"|float }}{{ 1 < "nan"|float }}{{ "nan"|float < 1 }}{{ -1 < -0.5 }}{{ 1 > 0.5 }}{{ 2 <= 2.0 }}
{{ "000099999999999999999999"|int }}{{ "-00099999999999999999999"|int }}{{ "0007"|int }}
{{ ("9" * 4300)|int|string|length }}{{ ("9" * 4301)|int }}{{ "a".find("aa") }}{{ "aa" in "a" }}{{ "a".count("aa") }}
{{ "42"|int }}{{ " 42.9 "|int }}{{ "x"|int }}{{ "x"|int(5) }}{{ "0x1f"|int(0, 16) }}{{ "1_0"|int }}{{ 3.99|int }}{{ true|int }}{{ "1e3"|int }}{{ none|int }}{{ "-7"|int }}{{ "99999999999999999999"|int }}
{{ "1.5"|float }}{{ "x"|float }}{{ "inf"|float }}{{ "nan"|float }}{{ 3|float }}{{ "1e400"|float }}{{ "1_0.5"|float }}{{ none|float(2.5) }}
{{ [3, 1, 2]|sort }}{{ ["b", "A", "c"]|sort }}{{ ["b", "A", "c"]|sort(case_sensitive=true) }}{{ [1, 2, 3]|sort(reverse=true) }}{{ u|sort(attribute="age")|map(attribute="name")|list }}{{ u|sort(attribute="age,name", reverse=true)|map(attribute="name")|list }}
{{ [1, "a"]|sort }}
{{ u|map(attribute="name")|join(", ") }}{{ u|map(attribute="zz", default="-")|join }}{{ u|selectattr("age", "gt", 26)|list|length }}{{ u|rejectattr("tags")|map(attribute="name")|list }}{{ u|map("length")|list }}
{{ "yes" if u|selectattr("age", "gt", 99) else "no" }}{{ "yes" if u|selectattr("age", "gt", 99)|list else "no" }}{% set g = l|map("string") %}{{ g|join }}{{ g|join }}
{{ l|map("nope")|list }}
{{ l|select("odd")|list }}{{ l|reject("odd")|list }}{{ [0, 1, none, "", "a"]|select|list }}{{ [1, 1.0, "a", "A", "b"]|unique|list }}{{ l|min }}{{ l|max }}{{ l|sum }}{{ u|sum(attribute="age") }}{{ []|max is defined }}{{ ls|max }}
{{ l|batch(2)|list }}{{ l|batch(2, "-")|list }}{{ l|slice(2)|list }}{{ l|slice(2, "-")|list }}{{ d|dictsort }}{{ d|dictsort(by="key", reverse=true) }}{{ u|groupby("age")|list|length }}{% for age, group in u|groupby("age") %}{{ age }}:{{ group|length }};{% endfor %}
{{ "hello big world"|truncate(9) }}{{ "hello big world"|truncate(9, true) }}{{ "hello"|truncate(4) }}{{ "hello big world"|truncate(9, leeway=0, end="!") }}{{ nl|indent }}{{ nl|indent(2, true) }}{{ "a\n\nb"|indent(2, blank=true) }}{{ "a b-c (d) [e"|title }}{{ "it's a DOG"|title }}{{ "it's a DOG".title() }}{{ "one two_3 vier-5"|wordcount }}
{{ "<a href='x'>&\""|e }}{{ 5|string + "a" }}{{ [1, [2]]|string }}{{ l|first }}{{ l|last }}{{ ""|first is defined }}{{ "abc"|first }}{{ "abc"|last }}{{ "abc"|list }}{{ l|reverse|list }}{{ "abc"|reverse }}{{ d|first }}
{{ 4 is divisibleby 2 }}{{ 4 is divisibleby(3) }}{{ 3 is odd }}{{ "a" is string }}{{ d is mapping }}{{ l is sequence }}{{ d is iterable }}{{ 5 is iterable }}{{ none is none }}{{ true is boolean }}{{ 1 is boolean }}{{ 1 is true }}{{ 1.0 is float }}{{ 1 is eq 1 }}{{ 1 is in [1] }}{{ "a" is lower }}{{ "A" is upper }}{{ none is sameas none }}{{ x is not none }}{{ missing is not defined }}{{ "upper" is filter }}{{ "odd" is test }}
{{ 1 is is }}
{{ 1 is nope }}
{{ 1|nope }}
{{ range(3)|list }}{{ range(1, 4)|list }}{{ range(5, 0, -2)|list }}{{ range(0)|list }}{{ range(3)|length }}{{ dict(a=1, b=2) }}{{ dict({"a": 1}, b=2) }}{{ dict([("x", 1)]) }}{{ namespace(a=1).a }}
{{ range(100001) }}
{{ [1, 2] + [3] }}{{ (1,) + (2,) }}{{ [0] * 3 }}{{ 2 * "ab" }}{{ "a" * -1 }}{{ "a" + "b" }}{{ "a" ~ 1 ~ none ~ 1.5 ~ [1] }}{{ [1, "a", none, 1.5, true, {"k": "v"}, (1,)] }}
{{ "a" + 1 }}
{{ [1] + (2,) }}
{{ 1 / 0 }}
{{ 1, 2 }}{{ (1, 2) }}{{ (1) }}{{ () }}{{ [1, 2,] }}{{ {"a": 1,} }}{{ (1,) }}
{% set a, b = 1, 2 %}{{ a }}{{ b }}{% set a = 5 %}{% if true %}{% set a = 6 %}{% endif %}{{ a }}{% for x in [1] %}{% set a = 7 %}{{ a }}{% endfor %}{{ a }}
{% set a, b = [1] %}
{% set ns = namespace(n=0) %}{% for x in l %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}{{ ns["n"] }}
{% set d.x = 1 %}
{% set ns = namespace() %}{% set ns._x = 1 %}
{% set b %}  x {{ i }} {% endset %}[{{ b }}]{% set b | trim | upper %}  x {{ i }} {% endset %}[{{ b }}]
{% for x in l %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.previtem }}{{ loop.nextitem }}{{ loop.cycle("a", "b") }}{{ loop.changed(x > 1) }};{% endfor %}
{% for x in [] %}a{% else %}none{% endfor %}{% for x in missing %}a{% else %}none{% endfor %}{% for k, v in d.items() %}{{ k }}={{ v }};{% endfor %}{% for c in "ab" %}{{ c }}.{% endfor %}{% for k in d %}{{ k }}{% endfor %}
{% for x in n %}a{% endfor %}
{% for x in 5 %}a{% endfor %}
{% for x in range(10) if x is odd %}{{ x }}/{{ loop.length }};{% endfor %}{% for x in range(10) %}{% if x == 2 %}{% continue %}{% endif %}{% if x == 5 %}{% break %}{% endif %}{{ x }}{% endfor %}
{% for x in l %}{% for y in ls %}{{ loop.index }}{% endfor %}{{ loop.index }};{% endfor %}{% for a, (b, c) in [[1, [2, 3]]] %}{{ a }}{{ b }}{{ c }}{% endfor %}
{% for x in [{"v": 1, "c": [{"v": 2, "c": []}]}] recursive %}{{ x.v }}{{ loop.depth }}({{ loop(x.c) }}){% endfor %}
{% for x in l %}{{ a }}{% set a = x %}{% endfor %}
{% macro m(a, b=2, c=a) %}{{ a }}{{ b }}{{ c }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1) }}{{ m(1, 3, 4, 5, x=6) }}{{ m(a=1, b=0) }}{{ m() }}{{ m.name }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, b=2) }}
{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, a=2) }}
{% macro m(t) %}<{{ caller("x") }}|{{ t }}>{% endmacro %}{% call(v) m("y") %}{{ v }}{{ i }}{% endcall %}{% macro n() %}{{ caller is defined }}{% endmacro %}{{ n() }}
{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(5) }}{% macro g() %}{{ later }}{% endmacro %}{% set later = 3 %}{{ g() }}
{% with a = 1, b = 2 %}{{ a }}{{ b }}{% set c = 3 %}{{ c }}{% endwith %}{{ a }}{{ c }}{% filter upper %}a{{ s }}{% endfilter %}{% filter replace("a", "b")|upper %}aca{% endfilter %}
{% if e %}a{% elif z %}b{% elif n %}c{% else %}d{% endif %}{% if l and not el %}y{% endif %}{% if 1 if t else 0 %}{% endif %}
{{ "a" if t }}{{ "a" if f }}{{ "a" if f else "b" if f else "c" }}{{ ("a" if f) is defined }}{{ 1 if 2 if 0 else 3 else 4 }}
{{ t and "x" }}{{ f or "y" }}{{ z and 1 }}{{ not t }}{{ not not t }}{{ 1 and 2 or 3 }}{{ n or e or "w" }}
{{ l|join(",") + "!" }}{{ l|length - 1 }}{{ l|length > 2 and "ok" }}{{ -i|abs }}{{ (-i)|abs }}{{ s|upper|lower|length }}{{ s.upper()|lower }}{{ ("a"|upper).lower() }}
{{ "a"|upper.lower() }}
{{ l.append(4) }}
{{ s.__class__ }}{{ d.__class__.__mro__ is defined }}
{{ d.update({"z": 1}) }}
{% raw %}{{ not }} {% run {# this #}{% endraw %}{% raw -%}  a  {%- endraw %}|{#- c -#} |{# {{ x }} #}x
a{#- x -#}b {#+ y #} c
{# unfinished
{% raw %}x
{% if 1 %}
{% endif %}
{% for x in l %}{% endif %}
{% nope %}
{{ 1 + }}
{{ (1 }}
{{ 1) }}
{{ {1: 2} }}{{ {'a': {'b': 1}}['a']['b'] }}{{ {'a': {'b': {}}} }}{{ {"a": 1}|length }}
{{ a b }}
{% set 1 = 2 %}
{% set none = 2 %}
{% break %}
{{ "unfinished }}
{{ 1.a }}
{{ l.0 }}{{ u.0.name }}{{ nested.a.b.1.c }}{{ u[0]["name"] }}{{ nested["a"].b[1]["c"] }}{{ u|map(attribute="tags.0", default="-")|list }}
{{ raise_exception("stop") }}
{{ s is string and s|length > 3 }}{{ s in [s] }}{{ s not in ls }}{{ "a" in d }}{{ "ell" in s }}{{ none in [none] }}{{ 1 not in l and 2 in l }}
{{ 1 in s }}
{% generation %}a{% set y = 1 %}{% endgeneration %}{{ y }}{% print 1, 2 %}{% if true: %}c{% endif %}
{{ "\n" }}{{ 'a
b' }}{{ l
  | join(
    ",") }}
{{ strftime_now("%%") }}{{ strftime_now("%Y")|length }}
{{ s.format }}
""".strip("\n").split("\n")  # fmt: skip

# Snippets of several lines.
SNIPPETS += [
    "a\n  {% if t %}\n  b\n  {% endif %}\nc\n", "a\n  {%- if t %}\n  b\n  {%- endif %}\nc", "  {{ i }}\n  {# c #}\n  x\n",
    "{% if t +%}\n  b\n{%+ endif %}\nc", "a  {%+ if t %}\n b{% endif -%}\n\n  c", "{% if t %} \n{% endif %}|\n", "\n\n", "x\n", "x\n\n",
    "a\r\nb\r{% if t %}\r\nc{% endif %}\r\n", "{{ i }}\n{{ i -}}\n  {{- i }}\n", "{% set v = 1 -%}\n  \n x", "  {%- set v = 1 %}  \n x",
    "\t{% for v in l %}\n\t{{ v }}\n\t{% endfor %}\n", "{% for v in l %}\n{{ v }},\n{%- endfor %}", "a {# c -#}\n b", "a\n {#- c #}\n b",
    "{% raw %}\n a {% x %}\n{% endraw %}\nb", "  {% raw -%} \n a \n {%- endraw -%} \n b", "{%if t%}{{i}}{%endif%}", "{{i}}{{-i-}} {{i}}",
    "{% macro m() %}\n  x\n{% endmacro %}\n[{{ m() }}]", "{% set b %}\n x\n {% endset %}\n[{{ b }}]", "{{ '{{' }}{{ \"%}\" }}{% if '%}' %}y{% endif %}",
    "a {%- for v in l %} {{ v }} {%- endfor %} b", "\x0b {% if t %}x{% endif %}", "\u2003{% if t %}x{% endif %}\u2003{%- if t %}y{% endif %}",
]  # fmt: skip

SNIPPETS += [
    "{% set c = cycler('a', 1, none) %}{{ c.current }}{{ c.next() }}{{ c.current }}{{ c.next() }}{{ c.next() }}{{ c.next() }}{{ c.reset() }}{{ c.next() }}",
    "{% set c = cycler('odd', 'even') %}{% for v in l %}{{ c.next() }} {% for w in ls %}{{ c.next() }}{% endfor %}{% endfor %}{{ c == c }}",
    "{{ cycler() }}", "{{ cycler(a=1) }}", "{{ cycler(1)() }}", "{{ cycler(1).next(2) }}", "{{ cycler(1) is callable }}{{ cycler is callable }}",
    "{% set j = joiner() %}{% for v in l %}{{ j() }}{{ v }}{% endfor %}", "{% set j = joiner('|') %}{{ j() }}{{ j() }}{{ j() }}{{ j is callable }}",
    "{% set j = joiner(sep=1) %}{{ j() }}{{ j() }}{{ joiner()() }}", "{{ joiner(1, 2) }}", "{{ cycler(1).x is defined }}{{ cycler([1])['current'] }}",
    "{{ 0|filesizeformat }}{{ 1|filesizeformat }}{{ 1.0|filesizeformat }}{{ 2|filesizeformat }}{{ 999.9|filesizeformat }}{{ -3.7|filesizeformat }}",
    "{{ 1000|filesizeformat }} {{ 1023|filesizeformat(true) }} {{ 1024|filesizeformat(binary=true) }} {{ 123456789|filesizeformat }} {{ 1e27|filesizeformat }}",
    "{% for p in range(0, 31, 3) %}{{ (10 ** (p // 2) * 1.0 * 10 ** (p - p // 2))|filesizeformat }} {{ (2.0 ** (p * 3))|filesizeformat(true) }}|{% endfor %}",
    "{{ '12345'|filesizeformat }}{{ ' 1e4 '|filesizeformat }}{{ true|filesizeformat }}{{ big|filesizeformat }}", "{{ 'x'|filesizeformat }}",
    "{{ none|filesizeformat }}", "{{ missing|filesizeformat }}", "{{ l|filesizeformat }}", "{{ 'nan'|filesizeformat }}{{ 'inf'|filesizeformat }}",
    "{{ s|urlencode }}{{ 'a b/c?d=e&f~._-'|urlencode }}{{ 1|urlencode }}{{ none|urlencode }}{{ missing|urlencode }}{{ 2.5|urlencode }}",
    "{{ d|urlencode }}{{ {'a b/': 'c d/', 1: none}|urlencode }}{{ [('a', 1), ['b c', 'é']]|urlencode }}{{ ['ab', 'cd']|urlencode }}{{ []|urlencode }}",
    "{{ [1]|urlencode }}", "{{ ['abc']|urlencode }}", "{{ d.items()|urlencode }}{{ q|urlencode }}",
    "<a{{ {'class': 'x', 'id': none, 'n': 1, 'm': missing, 't': '<\"&'}|xmlattr }}>", "{{ {'a': 1}|xmlattr(false) }}{{ {'a': 1}|xmlattr(autospace=true) }}{{ {}|xmlattr }}",
    "{{ {'a b': 1}|xmlattr }}", "{{ {'a=': 1}|xmlattr }}", "{{ {'a>': 1}|xmlattr }}", "{{ {1: 2}|xmlattr }}", "{{ 1|xmlattr }}", "{{ missing|xmlattr }}",
    "{{ '<&>'|forceescape }}{{ 1|forceescape }}",
    "{% for g in u|groupby('age') %}{{ g.grouper }}={{ g.list|length }},{{ g[0] }},{{ g['list'][0].name }};{% endfor %}{{ (1, [2]).grouper }}",
    "{% for g in u|groupby('age') %}{{ (g + (1,)).grouper is defined }}{{ g }}{% endfor %}{{ u|groupby('age')|map(attribute='grouper')|join }}",
    "{{ ('x'|safe) + 'a<b>' }}{{ 'a<b>' + ('<'|safe) }}{{ ('<'|e) + ('>'|safe) }}{{ ('<'|safe) ~ '<' }}{% set m = '<'|e %}{{ m + m }}{{ m * 2 }}{{ (2 * m)|e }}",
    "{{ '<'|e|e }}{{ '<'|safe|e }}{{ '<'|e|forceescape }}{{ '<'|e|string|e }}{{ '<'|e|upper|e }}{{ '<'|e|length }}{{ '<'|e|replace('&', '<')|e }}",
    "{{ '<'|e == '&lt;' }}{{ '<'|safe in ['<'] }}{{ '<'|safe is escaped }}{{ '<' is escaped }}{{ 'a'|safe is string }}{{ {'<': 1}['<'|safe] }}",
    "{{ ['<'|safe] }}{{ ['<'|safe, '<']|join('&') }}{{ ['<'|safe]|tojson }}{{ '<'|safe|tojson }}{{ ''|safe|default('d', true) }}{{ {'a': '<'|safe}|xmlattr }}",
    "{{ '%s' % ('<'|safe) }}{{ '%s'|format('<'|e) }}{{ s|safe }}{{ l|e }}{{ none|safe }}{{ missing|e }}{{ 'a'|safe < 'b' }}{{ ['b', 'a'|safe]|sort }}",
    "{{ 'ΑΣ'|lower }}{{ 'ΑΣ Σ ΑΣΑ Α.Σ'.lower() }}{{ 'ΑΣ'|capitalize }}{{ 'ΟΔΟΣ ΣΑΣ'|title }}{{ 'ΟΔΟΣ ΣΑΣ'.title() }}{{ 'ΟΔΟΣ'.swapcase() }}{{ 'ΑΣς'.casefold() }}{{ 'ΑΣ:'.lower() }}{{ 'İI'.lower() }}",
    "{{ l is sameas none }}{{ l is sameas d }}{{ 1 is sameas 1.0 }}{% set ns = namespace() %}{{ ns is sameas ns }}{{ ns is sameas namespace() }}",
]  # fmt: skip

FILTERS = """upper|lower|title|capitalize|trim|length|count|first|last|list|string|int|float|abs|sort|min|max|sum|join|tojson|round|indent
|wordcount|items~list|dictsort|reverse~list|unique~list|join(', ')|join('-', attribute='name')|default('d')|d('z', true)
|tojson(indent=2)|tojson(sort_keys=true)|tojson(ensure_ascii=true)|replace('l','L')|replace('','-')|replace('o','0',1)
|map('upper')~list|map(attribute='name')~list|map(attribute='zz', default='no')~list|select~list|reject('none')~list
|selectattr('age','equalto',30)~list|selectattr('tags')~list|rejectattr('age','gt',26)~map(attribute='name')~join(',')
|batch(2)~list|slice(2)~list|batch(2,'x')~list|round(1)|round(1,'floor')|indent(2)|indent(2,true)|truncate(5)|truncate(5,true)
|center(15)|format(1)|sort(attribute='age')|sort(reverse=true)|sort(attribute='age,name')|trim('H')|int(5)|int(0,16)
|select('string')~list|select('in',[1,'a'])~list|map('int')~list|sum(attribute='age')|max(attribute='name')|string~length
|list~length|map('length')~list|tojson(separators=(',',':'))|float(1.5)|join(1)|first~upper|last~string"""
FILTERS = [name.replace("~", "|") for name in FILTERS.replace("\n", "").split("|")]

TESTS = """defined|undefined|none|string|number|integer|float|mapping|sequence|iterable|boolean|true|false|odd|even|divisibleby 3
|divisibleby(2)|eq 1|equalto('a')|ne 1|gt 1|lt(2)|ge 1|le 7|in [1,7]|in 'Hello'|lower|upper|callable|sameas none|sameas true
|not defined|not none|not string""".replace("\n", "").split("|")

METHODS = """upper()|lower()|strip()|lstrip('H')|rstrip('d')|split()|split(',')|split('l',1)|rsplit('l',1)|rsplit()|rsplit(None,1)
|split(None,1)|startswith('H')|endswith('d')|startswith(('a','H'))|replace('l','_')|replace('l','_',1)|find('l')|rfind('l')
|count('l')|index('l')|title()|capitalize()|swapcase()|zfill(15)|center(16,'*')|ljust(15)|rjust(15,'.')|isalpha()|isdigit()
|isupper()|islower()|isspace()|isalnum()|join(['a','b'])|join('xy')|splitlines()|splitlines(true)|partition(',')
|rpartition('l')|removeprefix('He')|removesuffix('ld')|items()|keys()|values()|get('a')|get('zz')|get('zz',4)|items()~list
|keys()~list|values()~list|append(1)|pop()|format(1,2)|casefold()|copy()|isnumeric()|isdecimal()|isascii()|count(1)|index(1)"""
METHODS = [name.replace("~", "|") for name in METHODS.replace("\n", "").split("|")]

LITERALS = """'a'¦'o'¦"Hello"¦', '¦' '¦''¦0¦1¦2¦-1¦3¦10¦2.5¦1e3¦true¦false¦none¦[]¦{}¦[1,2]¦'b'¦'ab'¦(1,2)¦'%s-%s'
¦{'k': 1, 'b': [1]}¦'\\n'¦'x' 'y'¦1.0¦100000¦'é'¦'name'¦'age'""".replace("\n", "").split("¦")

NAMES = [name for name in CONTEXT if name != "big"] + ["missing"]
ATTRIBUTES = ["name", "a", "b", "items", "age", "missing", "upper", "0", "keys", "nested", "c"]
SPACES = ["\n", " ", "  ", "\t", "x", "\n  ", "a\n", "", "", "."]


# Forms of expressions, each with how often it is taken: E stands for any expression, O for an operand, the other words for
# one of a list, «a,b» for one of these; where a line has several forms, ¦ stands between them.
FORMS = """4 E|FILTER
2 O.METHOD
1 O.ATTRIBUTE
1 O[E]
1 SLICE
1 E is TEST
3 O «+,-,*,/,//,%,~,+,~» O
1 E «==,!=,<,>,<=,>=,in,not in» E
1 E «and,or» E
1 not E
1 (E if E else E)
1 (E if E)
1 [E, E]¦(E, E)¦{'k': E}¦(E,)
1 «-,+»O
1 range(E)|list¦dict(a=E)¦range(3)[E]¦namespace(a=E).a
1 (E)"""
FORMS = [line[2:].split("¦") for line in FORMS.split("\n") for _ in range(int(line[0]))]
WORDS = {"FILTER": FILTERS, "METHOD": METHODS, "ATTRIBUTE": ATTRIBUTES, "TEST": TESTS}


def expression(random, level=0):
    if level > 3 or random.random() < 0.25:
        return random.choice([random.choice(NAMES), random.choice(NAMES), random.choice(LITERALS)])

    def filled(match):
        choices, word = match.groups()
        if choices or word in WORDS:
            return random.choice(choices.split(",") if choices else WORDS[word])
        makers = {"E": lambda: expression(random, level + 1), "O": lambda: operand(random, level), "SLICE": lambda: part(random, level)}
        return makers[word]()

    forms = [re.sub(r"«(.*?)»|\b([A-Z]+)\b", filled, form) for form in random.choice(FORMS)]
    return forms[0] if len(forms) == 1 else random.choice(forms)


def part(random, level):
    start, stop = random.choice(["", "1", "-1", "-2", "0", "5"]), random.choice(["", "1", "-1", "2", "10"])
    if random.random() < 0.1:
        return f"({expression(random, level + 1)})|list[{start}:{stop}]"
    return f"s[{start}:{stop}:{random.choice(['', '2', '-1', '-2'])}]"


def operand(random, level):
    return random.choice([random.choice(NAMES), random.choice(LITERALS), f"({expression(random, level + 1)})"])


def output(random, content):
    return "{{" + random.choice(["", "", "-"]) + f" {content} " + random.choice(["", "", "-"]) + "}}"


def tag(random, content):
    return "{%" + random.choice(["", "", "", "-", "+"]) + f" {content} " + random.choice(["", "", "", "-"]) + "%}"


LOOP_PARTS = """¦¦{{ loop.index }}¦{{ loop.last }}{{ loop.revindex }}¦{{ v }}¦{{ loop.previtem }}|{{ loop.nextitem }}¦{{ loop.cycle("a","b") }}
¦{{ loop.changed(v) }}¦{% if loop.index > 1 %}{% break %}{% endif %}¦{% if loop.first %}{% continue %}{% endif %}
¦{% set ns.c = ns.c + 1 %}¦{% set acc = loop.index0 %}{{ acc }}¦{{ v.name }}¦{{ loop.length }}/{{ loop.depth }}""".replace("\n", "").split("¦")


def statement(random, level=0):
    kind = random.randrange(14 if level < 3 else 3)

    def inner():
        return body(random, level + 1)

    if kind < 3:
        return output(random, expression(random, 1))
    if kind == 3:
        text = tag(random, f"if {expression(random, 2)}") + inner()
        if random.random() < 0.3:
            text += tag(random, f"elif {expression(random, 2)}") + inner()
        if random.random() < 0.5:
            text += tag(random, "else") + inner()
        return text + tag(random, "endif")
    if kind < 6:
        sources = NAMES + ["u", "l", "d.items()", "d|dictsort", "range(3)", "[[1,2],[3,4]]", "l[::-1]", expression(random, 2)]
        condition = f" if {random.choice(['v', 'v is defined', 'k', 'true'])}" if random.random() < 0.2 else ""
        text = tag(random, f"for {random.choice(['v', 'v', 'k, v', 'i'])} in {random.choice(sources)}{condition}")
        text += inner() + random.choice(LOOP_PARTS) + random.choice(SPACES)
        if random.random() < 0.3:
            text += tag(random, "else") + inner()
        return text + tag(random, "endfor")
    if kind == 6:
        return tag(random, f"set {random.choice(['v', 'acc', 'i', 'l', 'k, v', 'ns.c', 'ns.d'])} = {expression(random, 2)}")
    if kind == 7:
        return tag(random, "set acc" + random.choice(["", " | upper", "|trim|length"])) + inner() + tag(random, "endset") + "{{ acc }}"
    if kind == 8:
        caller = random.choice(["", "{{ caller() if caller is defined }}"])
        text = tag(random, f"macro m(a, b={random.choice(LITERALS)})") + "[{{ a }}{{ b }}" + inner() + caller + "]"
        calls = ["{{ m(1) }}", "{{ m(1, b=" + expression(random, 2) + ") }}", "{% call m(2) %}in{% endcall %}", "{{ m() }}", ""]
        return text + tag(random, "endmacro") + random.choice(calls)
    if kind == 9:
        return tag(random, f"with w = {expression(random, 2)}") + inner() + "{{ w }}" + tag(random, "endwith")
    if kind == 10:
        name = random.choice(["upper", "trim", 'replace("a","b")', "length", "indent(2)"])
        return tag(random, f"filter {name}") + inner() + tag(random, "endfilter")
    if kind == 11:
        return "{#" + random.choice(["", "-", "+"]) + " c " + random.choice(["", "-"]) + "#}"
    if kind == 12:
        return tag(random, "raw") + "{{ x }}{% " + random.choice(SPACES) + tag(random, "endraw")
    return tag(random, "generation") + inner() + tag(random, "endgeneration")


def body(random, level=0):
    parts = []
    for _ in range(random.randrange(1, 4)):
        parts.append(random.choice([random.choice(SPACES), statement(random, level), random.choice(SPACES) + statement(random, level)]))
    return "".join(parts)


def random_template(random):
    if random.random() < 0.5:
        return "{{ " + expression(random) + " }}"
    return "{% set ns = namespace(c=0) %}" + body(random)
