// Where units stand that nobody put anywhere.
#include "ledger/unit_tree.h"

#include <gtest/gtest.h>

namespace zg {
namespace {

class Directory {
 public:
  explicit Directory(std::vector<Region> regions = {}) : regions_(std::move(regions)) {}
  Directory& Add(const std::string& name, const std::string& parent = "") {
    UnitNode node{{int64_t(nodes_.size()) + 1}, name, KindOfUnit(name), regions_.CodeOf(name)};
    if (!parent.empty()) node.parent = IdOf(parent), node.said = true;
    nodes_.push_back(node);
    return *this;
  }
  UnitId IdOf(const std::string& name) const {
    for (const auto& node : nodes_)
      if (node.name == name) return node.id;
    return {};
  }
  // Puts every unit where it is proposed to stand.
  void Arrange() {
    for (auto [unit, parent] : UnitTree(nodes_, regions_).Proposals())
      nodes_[size_t(unit.value) - 1].parent = parent;
  }
  std::string ParentOf(const std::string& name) const {
    UnitId parent = nodes_[size_t(IdOf(name).value) - 1].parent;
    return parent ? nodes_[size_t(parent.value) - 1].name : "";
  }
  std::vector<std::string> Seats() const {
    std::vector<std::string> names;
    for (UnitId id : UnitTree(nodes_, regions_).PrefectureSeats())
      names.push_back(nodes_[size_t(id.value) - 1].name);
    return names;
  }

 private:
  RegionIndex regions_;
  std::vector<UnitNode> nodes_;
};

TEST(UnitTree, RegionsOfTheTableLead) {
  Directory d({{"10", "云川省", "region", "", {"省"}},
               {"1001", "青河市", "prefecture", "10", {}},
               {"100101", "白石县", "county", "1001", {}}});
  d.Add("云川省党委").Add("云川省政府").Add("省生态环境厅").Add("青河市党委").Add("青河市政府");
  d.Add("青河市水利局").Add("白石县政府").Add("白石县林业局").Add("某某集团").Add("各地（州、市）党委");
  d.Arrange();
  EXPECT_EQ(d.ParentOf("云川省党委"), "");
  EXPECT_EQ(d.ParentOf("云川省政府"), "云川省党委");
  EXPECT_EQ(d.ParentOf("省生态环境厅"), "云川省政府");
  EXPECT_EQ(d.ParentOf("青河市党委"), "云川省政府");
  EXPECT_EQ(d.ParentOf("青河市政府"), "青河市党委");
  EXPECT_EQ(d.ParentOf("青河市水利局"), "青河市政府");
  EXPECT_EQ(d.ParentOf("白石县政府"), "青河市政府");
  EXPECT_EQ(d.ParentOf("白石县林业局"), "白石县政府");
  EXPECT_EQ(d.ParentOf("某某集团"), "");
  EXPECT_EQ(d.ParentOf("各地（州、市）党委"), "");
  EXPECT_EQ(d.Seats(), (std::vector<std::string>{"青河市党委", "青河市政府"}));
}

TEST(UnitTree, WithoutATableTheNamesLead) {
  Directory d;
  d.Add("省政府").Add("省生态环境厅").Add("青河市党委").Add("青河市政府").Add("青河市水利局");
  d.Add("梧坪地区行署").Add("青河市白石县政府").Add("发展改革委").Add("长河集团");
  d.Arrange();
  EXPECT_EQ(d.ParentOf("省生态环境厅"), "省政府");
  EXPECT_EQ(d.ParentOf("青河市党委"), "省政府");
  EXPECT_EQ(d.ParentOf("青河市政府"), "青河市党委");
  EXPECT_EQ(d.ParentOf("青河市水利局"), "青河市政府");
  EXPECT_EQ(d.ParentOf("梧坪地区行署"), "省政府");
  EXPECT_EQ(d.ParentOf("青河市白石县政府"), "青河市政府");
  EXPECT_EQ(d.ParentOf("发展改革委"), "");
  EXPECT_EQ(d.ParentOf("长河集团"), "");
  EXPECT_EQ(d.Seats(), (std::vector<std::string>{"梧坪地区行署", "青河市党委", "青河市政府"}));
}

TEST(UnitTree, WhatPeopleSaidStays) {
  Directory d;
  d.Add("青河市政府").Add("青河市水利局", "青河市政府").Add("青河市党委", "青河市水利局");
  d.Arrange();
  EXPECT_EQ(d.ParentOf("青河市水利局"), "青河市政府");
  EXPECT_EQ(d.ParentOf("青河市党委"), "青河市水利局");
  EXPECT_EQ(d.ParentOf("青河市政府"), "") << "under its party committee it would stand under itself";
}

}  // namespace
}  // namespace zg
