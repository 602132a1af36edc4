#pragma once
// Templates in plain text, those built in (templates/*.txt): a line is a paragraph, its first characters say
// what it is.
//   "# " title        "@ " recipients     "## " "### " "- " headings of level 1, 2 and 3      "! " note
//   "==" signature and date               "% " an annex of that title                         "~" landscape
//   "+ 14 66" a table of these widths in mm, "|| a | b" its head, "| a | b" a row; a cell may begin with
//   ">3 " (spans three), "* " (as in a head), "^ " (centred), and says a line break as \n
// A loop or condition around lines has lines of its own. What fields say is never read as such a mark. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "report/template.h"

namespace zg::paper {

// The template of a letter filled in as a paper of that kind: of the marks above those of its first line.
// Headings are numbered.
Result<Paper> FillPaper(const std::string& kind, std::string_view text, const Fields& fields,
                        std::vector<Figure> figures);

// Any of them as a paper that still has its tags: what an office downloads, changes in Word or WPS and
// uploads. Headings in loops take their number from {{序号}} or {{中文序号}}.
Paper TemplatePaper(std::string_view text);

// The template of that name built in, e.g. "supervision"; "" where there is none.
std::string_view BuiltinTemplate(std::string_view kind);

}  // namespace zg::paper
