"""Notes are read, never shown as mark-up and never obeyed."""

from layouts.notes import one_line, paragraphs


def test_line_breaks_of_any_kind_begin_a_paragraph() -> None:
    text = "One. </br></br>Two.<br/><br/>Three.<br>Four.\nFive."
    assert paragraphs(text) == ["One.", "Two.", "Three.", "Four.", "Five."]


def test_tags_are_left_out_and_entities_read() -> None:
    text = '<a href="javascript:alert(1)">Fees</a> &amp; <script>charges</script>'
    assert paragraphs(text) == ["Fees & charges"]


def test_what_only_looks_like_a_tag_stays() -> None:
    assert paragraphs("fewer than <5 cases, 3 > 2") == ["fewer than <5 cases, 3 > 2"]


def test_nothing_has_no_paragraphs() -> None:
    assert paragraphs(" <br> ") == []
    assert one_line("") == ""


def test_a_note_in_one_line() -> None:
    assert one_line("Apply  for it.<br>Online.") == "Apply for it. Online."
