#include "report/cairo_page.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <tuple>

namespace zg {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr const char* kFamily = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, SimHei, sans-serif";

struct Free {
  void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
  void operator()(cairo_t* p) const { cairo_destroy(p); }
  void operator()(PangoLayout* p) const { g_object_unref(p); }
  void operator()(PangoContext* p) const { g_object_unref(p); }
  void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
};
using Surface = std::unique_ptr<cairo_surface_t, Free>;
using Canvas = std::unique_ptr<cairo_t, Free>;

cairo_status_t Append(void* to, const unsigned char* data, unsigned size) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

Error NotDrawn(cairo_status_t status) {
  return {Code::kUnavailable, "图没有画成，请稍后再试；仍不行请联系管理员。", "", "chart.not_drawn",
          std::string("cairo: ") + cairo_status_to_string(status)};
}

// Draws shapes onto a surface whose unit is `scale` to a millimetre. The canvas itself keeps its scale of 1:
// under another one cairo writes the matrix again with each stroke, which is most of what a PDF costs.
class Painter {
 public:
  Painter(cairo_t* cr, double scale, double unit) : cr_(cr), scale_(scale), unit_(unit * scale) {
    context_.reset(pango_cairo_create_context(cr_));
    pango_context_set_round_glyph_positions(context_.get(), false);
    pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
    font_.reset(pango_font_description_from_string(kFamily));
  }
  void Paint(const DrawnPage& page) {
    for (const auto& placed : page.shapes) {
      if (!std::holds_alternative<LineShape>(placed.shape)) StrokeLines();
      std::visit(*this, placed.shape);
    }
    StrokeLines();
  }

  void operator()(const RectShape& millimetres) {
    RectShape s = millimetres;
    for (double* length : {&s.x, &s.y, &s.width, &s.height, &s.radius, &s.line_width}) *length *= scale_;
    Outline(s);
    Fill(s.fill, s.line != kNoInk || s.pattern != Pattern::kPlain);
    if (s.pattern != Pattern::kPlain && s.pattern_ink != kNoInk) {
      cairo_save(cr_);
      cairo_clip(cr_);
      DrawPattern(s);
      cairo_restore(cr_);
      Outline(s);
    }
    Stroke(s.line, s.line_width);
  }
  // Lines of one look that follow each other are one stroke.
  void operator()(const LineShape& s) {
    if (lines_ && (lines_->ink != s.ink || lines_->width != s.width || lines_->dashed != s.dashed))
      StrokeLines();
    lines_ = &s;
    cairo_move_to(cr_, s.x1 * scale_, s.y1 * scale_);
    cairo_line_to(cr_, s.x2 * scale_, s.y2 * scale_);
  }
  void operator()(const PolygonShape& s) {
    cairo_new_path(cr_);
    for (const Point& p : s.points) cairo_line_to(cr_, p.x * scale_, p.y * scale_);
    cairo_close_path(cr_);
    Fill(s.fill, s.line != kNoInk);
    Stroke(s.line, s.line_width * scale_);
  }
  void operator()(const TextShape& s) {
    PangoLayout* layout = Shaped(s);
    double left = s.x * scale_;
    if (s.anchor != Anchor::kStart) {
      PangoRectangle logical;
      pango_layout_get_extents(layout, nullptr, &logical);
      double width = double(logical.width) / PANGO_SCALE;
      left -= s.anchor == Anchor::kMiddle ? width / 2 : width;
    }
    SetInk(s.ink);
    cairo_move_to(cr_, left, s.y * scale_);
    pango_cairo_show_layout_line(cr_, pango_layout_get_line_readonly(layout, 0));
    cairo_new_path(cr_);
  }

 private:
  void StrokeLines() {
    if (!lines_) return;
    double width = lines_->width * scale_, dashes[] = {width * 4, width * 3};
    if (lines_->dashed) cairo_set_dash(cr_, dashes, 2, 0);
    Stroke(lines_->ink, width);
    if (lines_->dashed) cairo_set_dash(cr_, nullptr, 0, 0);
    lines_ = nullptr;
  }
  using Layout = std::unique_ptr<PangoLayout, Free>;
  // Headings, legends, days and units come again and again; shaping them is most of what text costs.
  PangoLayout* Shaped(const TextShape& s) {
    constexpr size_t kMost = 4000;
    if (shaped_.size() > kMost) shaped_.clear();
    Layout& layout = shaped_[{s.text, s.points, s.bold}];
    if (layout) return layout.get();
    layout.reset(pango_layout_new(context_.get()));
    pango_layout_set_single_paragraph_mode(layout.get(), true);
    pango_font_description_set_absolute_size(font_.get(), s.points * kMmPerPoint * scale_ * PANGO_SCALE);
    pango_font_description_set_weight(font_.get(), s.bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_layout_set_font_description(layout.get(), font_.get());
    pango_layout_set_text(layout.get(), s.text.data(), int(s.text.size()));
    return layout.get();
  }
  void SetInk(Ink ink) {
    cairo_set_source_rgb(cr_, ((ink >> 16) & 255) / 255.0, ((ink >> 8) & 255) / 255.0, (ink & 255) / 255.0);
  }
  // What is left of the path is stroked later where `keep`.
  void Fill(Ink ink, bool keep) {
    if (ink != kNoInk) {
      SetInk(ink);
      cairo_fill_preserve(cr_);
    }
    if (!keep) cairo_new_path(cr_);
  }
  void Stroke(Ink ink, double width) {
    if (ink == kNoInk) return cairo_new_path(cr_);
    SetInk(ink);
    cairo_set_line_width(cr_, width);
    cairo_stroke(cr_);
  }
  void Outline(const RectShape& s) {
    cairo_new_path(cr_);
    double r = std::min({s.radius, s.width / 2, s.height / 2});
    if (r <= 0) return cairo_rectangle(cr_, s.x, s.y, s.width, s.height);
    double right = s.x + s.width - r, bottom = s.y + s.height - r;
    cairo_arc(cr_, right, s.y + r, r, -kPi / 2, 0);
    cairo_arc(cr_, right, bottom, r, 0, kPi / 2);
    cairo_arc(cr_, s.x + r, bottom, r, kPi / 2, kPi);
    cairo_arc(cr_, s.x + r, s.y + r, r, kPi, kPi * 3 / 2);
    cairo_close_path(cr_);
  }
  void DrawPattern(const RectShape& s) {
    double slant = s.pattern == Pattern::kHatched ? s.height : 0, step = (slant > 0 ? 2.8 : 2) * unit_;
    for (double x = s.x - slant + unit_ / 2; x < s.x + s.width; x += step) {
      cairo_move_to(cr_, x, s.y + s.height);
      cairo_line_to(cr_, x + slant, s.y);
    }
    SetInk(s.pattern_ink);
    cairo_set_line_width(cr_, 0.7 * unit_);
    cairo_stroke(cr_);
  }

  cairo_t* cr_;
  double scale_, unit_;
  const LineShape* lines_ = nullptr;  // the look of those that wait for their stroke; of the page painted
  std::unique_ptr<PangoContext, Free> context_;
  std::unique_ptr<PangoFontDescription, Free> font_;
  std::map<std::tuple<std::string, double, bool>, Layout> shaped_;  // text, points, bold
};

}  // namespace

Result<std::string> WritePdf(const Drawing& drawing) {
  std::string bytes;
  double points = 1 / kMmPerPoint;
  Surface surface(
      cairo_pdf_surface_create_for_stream(Append, &bytes, drawing.width * points, drawing.height * points));
  // The day it tells of, not the moment it was written: the same chart is the same file.
  std::string day = drawing.day.Iso() + "T00:00:00+08:00";
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, drawing.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "zhenggai");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, day.c_str());
  Canvas canvas(cairo_create(surface.get()));
  {
    Painter painter(canvas.get(), points, drawing.width / 420);
    for (const DrawnPage& page : drawing.pages) {
      painter.Paint(page);
      cairo_show_page(canvas.get());
    }
  }
  cairo_status_t status = cairo_status(canvas.get());
  canvas.reset();
  cairo_surface_finish(surface.get());
  if (status == CAIRO_STATUS_SUCCESS) status = cairo_surface_status(surface.get());
  if (status != CAIRO_STATUS_SUCCESS) return NotDrawn(status);
  return bytes;
}

Result<std::string> WritePng(const Drawing& drawing, size_t index, int width) {
  width = std::clamp(width, 200, 8000);
  double scale = width / drawing.width;
  Surface surface(
      cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, int(std::lround(drawing.height * scale))));
  Canvas canvas(cairo_create(surface.get()));
  cairo_set_source_rgb(canvas.get(), 1, 1, 1);
  cairo_paint(canvas.get());
  Painter(canvas.get(), scale, drawing.width / 420).Paint(drawing.pages.at(index));
  cairo_status_t status = cairo_status(canvas.get());
  std::string bytes;
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream(surface.get(), Append, &bytes);
  if (status != CAIRO_STATUS_SUCCESS) return NotDrawn(status);
  return bytes;
}

}  // namespace zg
