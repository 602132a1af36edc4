#include "document/pdf/layout.h"

#include <cmath>
#include <map>

#include "document/pdf/flow.h"
#include "document/pdf/furniture.h"
#include "document/pdf/grid.h"
#include "document/pdf/margins.h"
#include "document/pdf/paragraph.h"
#include "document/pdf/table.h"

namespace zg::document {
namespace {

// What a page holds in reading order.
struct Item {
  bool is_table = false;
  size_t table = 0;
  SetLine line;
};

bool Inside(const Box& inner, const Box& outer) {
  return inner.x0 > outer.x0 - 2 && inner.x1 < outer.x1 + 2 && inner.y0 > outer.y0 - 2 &&
         inner.y1 < outer.y1 + 2;
}

class Layout {
 public:
  Layout(std::vector<PageContent> pages, Builder& builder) : pages_(std::move(pages)), builder_(builder) {}

  void Run() {
    Budget& budget = builder_.budget();
    std::vector<PageText> texts;
    for (PageContent& page : pages_) texts.push_back(std::move(page.text));
    RemoveFurniture(texts, budget);
    for (size_t i = 0; i < texts.size() && !budget.Stopped(); ++i) Page(texts[i], pages_[i].rules);
    std::map<int, double> widths;
    for (const PageText& text : texts) widths[text.number] = text.width;
    std::vector<SetLine*> uncolumned;
    for (Item& item : items_) {
      if (!item.is_table && whole_[item.line.column]) uncolumned.push_back(&item.line);
    }
    SetMargins(uncolumned, widths);
    Emit();
  }

 private:
  void Page(PageText& text, const Rules& rules) {
    Budget& budget = builder_.budget();
    std::vector<PdfTable> tables;
    for (const Grid& grid : FindGrids(rules, budget)) {
      bool nested = std::any_of(tables.begin(), tables.end(),
                                [&](const PdfTable& table) { return Inside(grid.box(), table.box()); });
      if (nested) continue;
      PdfTable table(grid, text, budget);
      if (!table.empty()) tables.push_back(std::move(table));
    }
    std::vector<Box> obstacles;
    for (const PdfTable& table : tables) obstacles.push_back(table.box());
    size_t next = 0;
    for (Column& column : ReadingOrder(text, obstacles, budget)) {
      ++columns_;
      for (Line& line : column.lines) {
        while (next < tables.size() && tables[next].box().mid_y() < line.box.mid_y())
          AddTable(tables[next++]);
        items_.push_back({.line = {std::move(line), column.left, column.right, text.number, columns_}});
        whole_[columns_] = column.whole;
      }
    }
    while (next < tables.size()) AddTable(tables[next++]);
  }

  // A table that is the first thing on its page goes on with the one that ended the page before.
  void AddTable(PdfTable& table) {
    if (!items_.empty() && items_.back().is_table) {
      PdfTable& last = tables_[items_.back().table];
      if (last.last_page() + 1 == table.page() && last.GoesOnIn(table)) {
        last.Append(std::move(table));
        return;
      }
    }
    items_.push_back({.is_table = true, .table = tables_.size()});
    tables_.push_back(std::move(table));
  }

  void Emit() {
    std::vector<SetLine> running;
    auto flush = [&] {
      for (const Paragraph& paragraph : JoinText(running)) {
        Place place;
        place.page = paragraph.page;
        builder_.Add(paragraph.text, {}, place);
      }
      running.clear();
    };
    for (Item& item : items_) {
      if (builder_.budget().Stopped()) return;
      if (item.is_table) {
        flush();
        tables_[item.table].Emit(static_cast<int>(item.table) + 1, builder_);
      } else {
        running.push_back(std::move(item.line));
      }
    }
    flush();
  }

  std::vector<PageContent> pages_;
  Builder& builder_;
  std::vector<Item> items_;
  std::vector<PdfTable> tables_;
  std::map<int, bool> whole_;  // by number of the column
  int columns_ = 0;
};

}  // namespace

void LayOut(std::vector<PageContent> pages, Builder& builder) {
  Layout(std::move(pages), builder).Run();
}

}  // namespace zg::document
