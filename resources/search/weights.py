"""The weight of a word by where it stands on a page. After a change: `manage.py rebuild_search`."""

TITLE_WEIGHT = 12
SORTING_WEIGHT = 6  # a theme, keyword, category or producer
LEAD_WEIGHT = 3
TEXT_WEIGHT = 1
MOST_COUNTED = 3  # Further repetitions of a word add no weight.
EXACT_FACTOR = 4  # A form of the sought word counts this much more than a compound with it.
