//! Hostile prose and honest prose: what each form becomes, and what rustdoc says of all of it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::{check, doc_lines, inline, summary_line};

fn doc(markdown: &str) -> String {
    doc_lines(markdown).join("\n")
}

#[test]
fn every_code_block_becomes_text() {
    assert_eq!(doc("```\nfn main() {}\n```"), "```text\nfn main() {}\n```");
    for hostile in [
        "~~~\npanic!();\n~~~",
        "```rust\npanic!();\n```",
        "```foo,rust\npanic!();\n```",
        "```text,rust\npanic!();\n```",
        "x\n\n    panic!();",
        "\tpanic!();",
        "- x\n\n  ```\n  panic!();\n  ```",
        "- x\n\n      panic!();",
        "> ```\n> panic!();\n> ```",
        ">     panic!();",
        "1. a\n   > - b\n   >   ~~~compile_fail\n   >   panic!();\n",
        "```\npanic!();",
        "x\n\n    panic!();\n\ny",
        "````\n```\npanic!();\n```\n````",
        "<div>\n\n```\npanic!();\n```\n\n</div>",
    ] {
        let lines = doc_lines(hostile);
        let fences: Vec<_> = lines.iter().filter(|line| line.contains("```")).collect();
        assert!(fences.first().is_some_and(|fence| fence.ends_with("```text")), "{hostile:?}: {lines:?}");
        assert!(lines.iter().any(|line| line.contains("panic!();")), "{hostile:?}: {lines:?}");
    }
}

#[test]
fn html_leaves_its_text() {
    for (hostile, harmless) in [
        ("<p>One <b>two</b></p><p>three</p>", "One two\n\nthree"),
        ("a<script>alert(1)</script>b", "aalert(1)b"),
        ("<script>alert(1)</script>", ""),
        ("<iframe src=x></iframe>\n\nx", "x"),
        ("Bearer <token>", "Bearer \\<token>"),
        ("`Vec<T>` and Vec<T>", "`Vec<T>` and Vec\\<T>"),
        ("a<br>b<br/>c", "a\\\nb\\\nc"),
        ("a <br> b **c** d", "a\\\nb **c** d"),
        ("<!-- hidden -->seen", "seen"),
        ("<!-- hidden -->", ""),
        ("a <!-- hidden --> b", "a b"),
        ("# A<br>b", "### A b"),
        ("<a href=\"javascript:x\">y</a>", "y"),
    ] {
        assert_eq!(doc(hostile).replace("  ", " "), harmless, "{hostile}");
    }
}

#[test]
fn links_lead_to_the_web_or_to_a_mailbox() {
    for (hostile, harmless) in [
        ("[x](javascript:alert(1))", "x"),
        ("[x](data:text/html,y)", "x"),
        ("[x](/relative)", "x"),
        ("[x](crate::Foo)", "x"),
        ("[x](JAVASCRIPT:y)", "x"),
        ("[x](http:)", "x"),
        ("[x](HTTPS://example.com \"t\")", "[x](HTTPS://example.com)"),
        ("[x][y]\n\n[y]: https://example.com", "[x](https://example.com)"),
        ("[x](mailto:a@b.c)", "[x](mailto:a@b.c)"),
        ("<a@b.c>", "<a@b.c>"),
        ("see https://example.com/a_b?c=d.", "see <https://example.com/a_b?c=d>."),
        ("(https://example.com/x(y))", "(<https://example.com/x(y)>)"),
        ("[see https://a.b/c).]", "\\[see <https://a.b/c>).\\]"),
        ("https://example.com/{id}/x", "`https://example.com/{id}/x`"),
        ("http:// and https", "http:// and https"),
        ("![alt](https://example.com/x.png)", "alt"),
        ("[![alt](https://a.b/x.png)](https://c.d)", "[alt](https://c.d)"),
        ("[a]", "\\[a\\]"),
        ("[Option] and [`Vec`] and [x][]", "\\[Option\\] and \\[`Vec`\\] and \\[x\\]\\[\\]"),
        ("x[^1]\n\n[^2]: y", "x\\[\\^1\\]"),
    ] {
        assert_eq!(doc(hostile), harmless, "{hostile}");
    }
}

#[test]
fn controls_are_removed() {
    assert_eq!(doc("a\u{202e}b\u{2066}c\u{200f}d\0e\u{7}f\u{9b}g\u{feff}h"), "abcdefgh");
    assert_eq!(doc("a&#x202e;b&#8294;c&#7;d"), "abcd");
    assert_eq!(doc("`a\u{202e}b`"), "`ab`");
    assert_eq!(doc("[a](https://x.y/&#x202e;z)"), "a");
    assert_eq!(doc("a\rb\r\nc\u{2028}d"), "a b c d");
    assert_eq!(doc("a\r\r```\rx\r```"), "a\n\n```text\nx\n```");
    assert_eq!(doc("a&#13;b&#10;c"), "a b c");
}

#[test]
fn honest_prose_stays_readable() {
    assert_eq!(doc("  \n"), "");
    assert_eq!(doc("Terms & conditions, R&D, a &lt; b &amp;copy;"), "Terms & conditions, R&D, a < b &amp;copy;");
    assert_eq!(
        summary_line("Terms & *conditions*, R&D &amp;copy; it"),
        Some("Terms & *conditions*, R&D &amp;copy; it".to_owned())
    );
    assert_eq!(doc("> a\n> b\n>\n> - c"), "> a b\n>\n> - c");
    assert_eq!(doc("snake_case, a*b, 2 > 1, C#, 50%, $5, x | y"), "snake_case, a\\*b, 2 > 1, C#, 50%, $5, x | y");
    insta::assert_snapshot!(doc("# Title\nText *with* **parts** and `code`.\n\n## Sub\n* a\n* b\n  * c\n\n3. x\n4. y\n\n> quoted\n\n---\n\n| a | b |\n|:--|--:|\n| `x` | [z](https://a.b) |\n\n- [ ] open\n- [x] done\n\n~~gone~~"), @r"
    ### Title

    Text *with* **parts** and `code`.

    #### Sub

    - a
    - b
      - c

    3. x
    4. y

    > quoted

    ---

    |a|b|
    |:-|-:|
    |`x`|[z](https://a.b)|

    - [ ] open
    - [x] done

    ~~gone~~
    ");
}

#[test]
fn paragraphs_are_wrapped_where_it_is_safe() {
    let word = "word ".repeat(50);
    let long = format!("{word}\n- {word}\n\n`{word}` {word}\n\n# {word}\n\n1) x {}", "1. # - + > = ".repeat(30));
    for line in doc_lines(&long) {
        let width = line.chars().count();
        assert!(width <= 110 || line.starts_with('#') || line.contains('`'), "{width}: {line}");
    }
    assert_eq!(doc_lines(&word).len(), 3);
    let link = format!("{} [a link](https://example.com/{}) `{}`", "word ".repeat(10), "x".repeat(60), "y".repeat(40));
    assert_eq!(doc_lines(&link).len(), 3);
    // What begins a line now must not begin a list or a heading.
    let marks = format!("x {}", "1. # - + > = ".repeat(30));
    assert_eq!(doc_lines(&doc(&marks)), doc_lines(&marks));
    assert_eq!(doc_lines(&marks).concat().replace('\\', "").matches("1.").count(), 30);
    assert_eq!(doc("one\ntwo\nthree"), "one two three");
}

#[test]
fn summaries_and_cells_have_one_line() {
    assert_eq!(summary_line("Get *it*.\nNow.\n\nMore.").as_deref(), Some("Get *it*. Now."));
    assert_eq!(summary_line("Get it. One of:\n\n- a").as_deref(), Some("Get it."));
    assert_eq!(summary_line("One of:\n\n- a").as_deref(), Some("One of…"));
    assert_eq!(summary_line("# Title\ntext").as_deref(), Some("Title"));
    assert_eq!(summary_line("- first\n- second").as_deref(), Some("first"));
    assert_eq!(summary_line("```\nlet x;\n```\ntext").as_deref(), Some("`let x;` text"));
    for nothing in ["", " \n", "<!-- x -->", "---", "\u{202e}"] {
        assert_eq!(summary_line(nothing), None, "{nothing:?}");
    }
    assert_eq!(inline("a\n\n- b\n- `c|d` | e\n\n    code\n"), "a b c\\|d \\| e code");
    assert_eq!(inline("<b>x</b> [y]"), "x \\[y\\]");
    assert_eq!(inline(&"é".repeat(10_000)).chars().last(), Some('…'));
}

#[test]
fn what_nests_too_deep_is_shown_as_it_is() {
    let closing = format!("https://a.b/{}", ")".repeat(100_000));
    for deep in
        [">".repeat(5_000) + "x", "- ".repeat(3_000) + "x", "*a **b ".repeat(3_000), "[".repeat(20_000), closing]
    {
        for line in doc_lines(&deep) {
            assert!(!line.is_empty());
        }
        assert!(!inline(&deep).contains('\n'));
    }
    assert_eq!(doc(&format!("{} ```x", "> ".repeat(20))).lines().next(), Some("````text"));
    assert!(doc_lines(&"word ".repeat(200_000)).len() > 1);
}

const HOSTILE: &[&str] = &[
    "```\npanic!();\n```",
    "~~~rust\npanic!();\n~~~",
    "    panic!();",
    "- a\n\n      panic!();",
    "> ```foo,rust\n> panic!();\n> ```",
    "```should_panic\nx\n```",
    "```{.rust}\npanic!();\n```",
    "1. a\n\n   ```ignore\n   panic!();\n   ```",
    "````\n```\npanic!();\n```\n````",
    "```\npanic!();",
    "<pre>\npanic!();\n</pre>",
    "<div>\n\n    panic!();\n\n</div>",
    "text\n\n<script>alert(1)</script>",
    "<iframe src='https://example.com'></iframe>",
    "a <b>bold <unclosed and </i> closing",
    "Vec<T>, Option<Vec<u8>>, <token>, <T",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) [b](data:text/html,x) [c](vbscript:x)",
    "[Option] [`Vec`] [Missing] [a::b] [x][Nope] [y][] [`Z`][q]",
    "[Nope]: crate::Nope\n\n[Nope]",
    "[struct@Nope] [fn@x] [nope()] [nope!] [a b]",
    "https://example.com and (http://example.com/x). And https://example.com/{id}",
    "https://example.com/a*b*c_d_ `https://example.com`",
    "![x](https://example.com/x.png) ![y][z]",
    "a\u{202e}b \u{2066}c\u{2069} &#x202e; `\u{202d}`",
    "a\rb\r\n\r\nc\u{b}d\0e&#0;&#13;f",
    "*/ /* // /// //! \" \\ \\\" \"# {x} ${x} #[doc]",
    "# Examples\n\n```\npanic!();\n```\n\nSetext\n===\n\nTwo\n---",
    "| a | b |\n|---|---|\n| `x|y` | <b>z</b> [q] |",
    "[^1] and [^note]\n\n[^1]: https://example.com [Nope]\n\n[^note]:\n    panic!();",
    "- [ ] a\n- [x] [Nope]",
    "`unclosed and ``two` and [`Nope`",
    "&lt;script&gt; &#91;Nope&#93; &amp;lt;",
    "\\[Nope\\] \\`x\\` \\<b> \\",
    "* a\n* b\n\n      panic!();\n* c",
    "<!-- a --> b <!-- c",
    "<![CDATA[ x ]]> <?php x ?> <!DOCTYPE html>",
    "<details><summary>[Nope]</summary>\n\n```\npanic!();\n```\n\n</details>",
    "***a** b* __c _d___ ~~e~ f~~ *g_h*i_ **j*k**l*",
    ">>>> deep\n>>\n>     panic!();\n\tpanic!();",
    "a  \nb\\\nc<br>d",
    "Term\n: definition\n\n$x$ $$y$$ ^z^ H~2~O",
    "+++\na = 1\n+++\n\n---\na: 1\n---",
    "1) a\n2) b\n\n10. [ ] c\n\n-\n\n+ \n",
    "[a](<https://example.com/x y>) [b](https://example.com/(x) [c](https://example.com \"[Nope]\")",
    "http://a https://-.- https://example.com] <https://example.com/[x]> <mailto:a@b.c> a@b.c www.example.com",
];

#[test]
fn nothing_swallows_what_follows() {
    for hostile in HOSTILE {
        for hostile in [(*hostile).to_owned(), format!("{hostile}\n"), format!("A\n\n{hostile}")] {
            let written = doc_lines(&hostile).join("\n");
            assert!(check::stands_alone(&written), "{hostile:?} gives {written}");
        }
    }
    assert_eq!(doc_lines("A\n\n    code"), ["A", "", "```text", "code", "```"]);
    assert!(!check::stands_alone("```text\ncode"));
}

/// A file as the generator would write it, with `text` in every place where prose can stand.
fn file(render: impl Fn(&str) -> Vec<String>) -> String {
    let mut out = String::from("//! All of it.\n\n");
    for (index, hostile) in HOSTILE.iter().enumerate() {
        for line in render(hostile) {
            writeln!(out, "///{}{line}", if line.is_empty() { "" } else { " " }).unwrap();
        }
        writeln!(out, "pub struct P{index};\n").unwrap();
    }
    out
}

fn ours(hostile: &str) -> Vec<String> {
    let mut lines: Vec<_> = summary_line(hostile).into_iter().chain([String::new()]).collect();
    lines.extend(doc_lines(hostile));
    lines.extend(["", "# Members", "", "| name | meaning |", "| --- | --- |"].map(str::to_owned));
    lines.push(format!("| `x` | {} |", inline(hostile)));
    lines
}

/// A tool of the toolchain that builds this test.
fn tool(name: &str) -> PathBuf {
    let cargo = std::env::var_os("CARGO").map(PathBuf::from);
    let beside = cargo.and_then(|cargo| Some(cargo.parent()?.join(name))).filter(|path| path.exists());
    std::env::var_os(name.to_uppercase()).map(PathBuf::from).or(beside).unwrap_or_else(|| name.into())
}

fn rustdoc(folder: &Path, source: &str, arguments: &[&str]) -> Output {
    let path = folder.join("prose.rs");
    std::fs::write(&path, source).unwrap();
    let mut command = Command::new(tool("rustdoc"));
    command.arg(&path).args(["--crate-name", "prose", "--edition", "2021"]).args(arguments).current_dir(folder);
    command.output().unwrap()
}

#[test]
fn rustdoc_warns_of_nothing_and_runs_nothing() {
    let folder = std::env::temp_dir().join(format!("clientwright-prose-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let source = file(ours);
    let built = rustdoc(&folder, &source, &["-Dwarnings", "-Drustdoc::all", "--out-dir", "doc"]);
    let tested = rustdoc(&folder, &source, &["--test"]);
    // The same prose as it is would run: this test can fail.
    let raw = file(|hostile| {
        hostile
            .replace(['\r', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2069}'], "\n")
            .lines()
            .map(str::to_owned)
            .collect()
    });
    let control = rustdoc(&folder, &raw, &["--test", "--test-args", "--list"]);
    std::fs::remove_dir_all(&folder).unwrap();

    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(built.status.success(), "{}", text(&built.stderr));
    assert!(tested.status.success(), "{}{}", text(&tested.stdout), text(&tested.stderr));
    assert!(text(&tested.stdout).contains("running 0 tests"), "{}", text(&tested.stdout));
    assert!(text(&control.stdout).contains(" (line "), "{}{}", text(&control.stdout), text(&control.stderr));
}

#[test]
fn emphasis_in_the_middle_of_a_sentence_stays() {
    assert_eq!(
        inline("__Enum__ Call either the `v4` URL, or `v4beta`."),
        "**Enum** Call either the `v4` URL, or `v4beta`."
    );
}

#[test]
fn what_cannot_be_written_again_is_escaped_no_more_than_it_must_be() {
    let text = "1. Version 1.0, for [a] <b> `c`";
    assert_eq!(super::clean::escaped(text), "1\\. Version 1.0, for \\[a\\] \\<b\\> \\`c\\`");
    assert_eq!(super::clean::escaped("- see https://a.b/c_d"), "\\- see https\\://a.b/c\\_d");
    assert_eq!(super::clean::escaped("# (x) = y!"), "\\# (x) = y!");
}

#[test]
fn a_tab_becomes_blanks() {
    assert_eq!(doc("```\n\tx\n```"), "```text\n    x\n```");
}

#[test]
fn a_line_that_a_tag_has_broken_begins_with_its_first_word() {
    assert_eq!(doc("One.<br/> two.<br>three"), "One.\\\ntwo.\\\nthree");
}

#[test]
fn two_breaks_end_a_paragraph_and_the_last_says_nothing() {
    for (written, expected) in [
        (
            "One.<br><br>\n**Scopes:** `a`<br>\n\n **[b](https://b.c):** `Light` \n\n",
            "One.\n\n**Scopes:** `a`\n\n**[b](https://b.c):** `Light`",
        ),
        ("<br>One.<br> <br/>Two.<br>", "One.\n\nTwo."),
        ("One.  \n<br>Two.", "One.\n\nTwo."),
        ("**One.<br><br>Two.**<br>Three.", "**One.\\\nTwo.**\\\nThree."),
        ("**<br>One.**", "**One.**"),
        ("- One.<br><br>Two.<br>\n- Three.", "- One.\\\n  Two.\n- Three."),
        ("> One.<br><br>Two.", "> One.\n>\n> Two."),
        ("A<br>\n\n    code<br>", "A\n\n```text\ncode<br>\n```"),
    ] {
        assert_eq!(doc(written), expected, "{written}");
    }
}

#[test]
fn a_long_line_is_its_first_sentence_where_that_is_whole() {
    let more = "And so on, for many a word that nobody reads where a method is looked for by its name alone, I fear.";
    let said = |begin: &str| super::first_sentence(&format!("{begin} {more}")).to_owned();
    assert_eq!(said("Short."), "Short.");
    assert_eq!(said("Some (e.g. This) one. Two."), "Some (e.g. This) one.");
    assert_eq!(said("Of a [link. There](https://a.b). Two."), "Of a [link. There](https://a.b).");
    assert_eq!(said("Of 1.5 and no. More"), format!("Of 1.5 and no. More {more}"));
    assert_eq!(super::first_sentence("One. Two."), "One. Two.");
}

#[test]
fn what_is_indented_as_a_whole_is_no_code() {
    let text = "\n        Who owns it.\n\n        **User**\n        ```json\n            7\n        ```\n    "
        .to_owned()
        + "    ";
    assert_eq!(doc(&text), "Who owns it.\n\n**User**\n\n```text\n    7\n```");
    assert_eq!(summary_line(&text).as_deref(), Some("Who owns it."));
    assert_eq!(inline("    a *b*\n    c"), "a *b* c");
    assert_eq!(doc("A\n\n    code"), "A\n\n```text\ncode\n```");
}

#[test]
fn backslashes_stand_where_the_grammar_asks_for_them() {
    for (written, expected) in [
        ("with the prefix 'dof_v1_'.", "with the prefix 'dof_v1_'."),
        ("(\\_) is fine", "(_) is fine"),
        ("how to do it in C#", "how to do it in C#"),
        ("about ~15 minutes", "about ~15 minutes"),
        ("a || b", "a || b"),
        ("a \\* b, c \\< d, e \\<= 5", "a * b, c < d, e <= 5"),
        ("\\_a\\_", "\\_a\\_"),
        ("\\~a\\~", "\\~a\\~"),
        ("\\*a\\*", "\\*a\\*"),
        ("\\<T>", "\\<T>"),
        ("\\# a", "\\# a"),
        ("\\- a", "\\- a"),
        ("| a | b |\n|---|---|\n| c \\| d | e |", "|a|b|\n|-|-|\n|c \\| d|e|"),
        ("\\[a\\]", "\\[a\\]"),
    ] {
        assert_eq!(doc(written), expected, "{written}");
    }
}
