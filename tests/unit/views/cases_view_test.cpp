// The lists of faults: the starters, and the whole catalogue once each.
#include "web/views/cases_view.hpp"

#include <set>

#include "tests/support/must.hpp"

namespace blindspot {
namespace {

TEST(cases_view, starters_come_from_four_families_and_say_their_name) {
  State state;
  const std::vector<CaseGroup> groups = make_starter_view(state);
  ASSERT_EQ(groups.size(), 4u);
  std::set<std::string> ids;
  for (const CaseGroup& group : groups) {
    EXPECT_TRUE(ids.insert(group.id).second);
    EXPECT_FALSE(group.title.empty());
    EXPECT_FALSE(group.rows.empty()) << group.id;
    for (const CaseRow& row : group.rows) {
      EXPECT_NE(find_catalogue_file(row.slug), nullptr) << row.slug;
      EXPECT_NE(row.label, row.slug) << "no label in the catalogue";
      EXPECT_FALSE(row.chosen);
    }
  }
}

TEST(cases_view, the_catalogue_lists_every_folder_once) {
  State state;
  std::multiset<std::string> listed;
  std::set<std::string> titles;
  for (const CaseGroup& group : make_catalogue_view(state)) {
    EXPECT_TRUE(titles.insert(group.title).second) << group.title << " is there twice";
    for (const CaseRow& row : group.rows) listed.insert(row.slug);
  }
  const std::vector<std::string> slugs = all_slugs();
  EXPECT_EQ(listed, (std::multiset<std::string>(slugs.begin(), slugs.end())));
}

TEST(cases_view, the_chosen_case_is_marked_in_every_list) {
  State state;
  state.chosen = ChosenCase{"http-500", Twin::faulty};
  for (const auto& groups : {make_starter_view(state), make_catalogue_view(state)}) {
    std::vector<std::string> chosen;
    for (const CaseGroup& group : groups)
      for (const CaseRow& row : group.rows)
        if (row.chosen) chosen.push_back(row.slug);
    EXPECT_EQ(chosen, std::vector<std::string>{"http-500"});
  }
}

TEST(cases_view, names_follow_the_language) {
  State en, zh;
  zh.language = Language::zh;
  EXPECT_NE(make_starter_view(en)[0].title, make_starter_view(zh)[0].title);
  EXPECT_NE(make_starter_view(en)[0].rows[0].label, make_starter_view(zh)[0].rows[0].label);
}

}  // namespace
}  // namespace blindspot
