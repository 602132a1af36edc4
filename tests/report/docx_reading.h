#pragma once
// What tests read a .docx with: its parts, and the pages that LibreOffice makes of it.

#include <chrono>
#include <map>
#include <string>

#include "document/archive.h"
#include "document/program/process.h"
#include "document/program/scratch.h"
#include "document/reader.h"

namespace zg {

inline std::map<std::string, std::string> PartsOf(const std::string& docx) {
  ReadLimits limits;
  document::Budget budget(limits);
  auto archive = document::Archive::Open(docx).value();
  std::map<std::string, std::string> parts;
  for (const auto& name : archive.Names()) parts[name] = archive.Read(name, budget).value();
  return parts;
}

// Empty where there is no LibreOffice.
inline std::string AsPdf(const std::string& docx) {
  if (!document::FindProgram("soffice")) return {};
  auto scratch = document::Scratch::Make({}).value();
  document::ProgramCall call;
  std::string profile = "-env:UserInstallation=file://" + (scratch.path() / "profile").string();
  std::string file = scratch.Write("letter.docx", docx).value().string();
  call.command = {
      "soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", scratch.path().string(), file};
  call.folder = scratch.path();
  call.time = std::chrono::seconds(120);
  call.address_space = 6ull << 30;
  document::RunProgram(call).value();
  return document::ReadWholeFile(scratch.path() / "letter.pdf", 50 << 20).value();
}

// As poppler counts them; 0 where it cannot.
inline int PagesOf(const std::string& pdf) {
  auto scratch = document::Scratch::Make({}).value();
  document::ProgramCall call;
  call.command = {"pdfinfo", scratch.Write("letter.pdf", pdf).value().string()};
  call.folder = scratch.path();
  std::string said = document::RunProgram(call).value().output;
  size_t at = said.find("Pages:");
  return at == std::string::npos ? 0 : std::stoi(said.substr(at + 6));
}

}  // namespace zg
