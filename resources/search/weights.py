"""How much a word says about a page, by where it stands. After a change: `manage.py rebuild_search`."""

TITLE_WEIGHT = 12
SORTING_WEIGHT = 6  # a theme, keyword, category or producer
LEAD_WEIGHT = 3
TEXT_WEIGHT = 1
MOST_COUNTED = 3  # A word that is repeated more often than this says no more about the page.
EXACT_FACTOR = 4  # A form of the sought word counts this much more than a compound with it.
