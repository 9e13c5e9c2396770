"""The weight of a word by where it stands. After a change: `manage.py rebuild_search`."""

TITLE_WEIGHT = 12
SORTING_WEIGHT = 5  # a theme, keyword, category or producer
LEAD_WEIGHT = 4
TEXT_WEIGHT = 2
MOST_COUNTED = 4  # Further repetitions of a word add no weight.

# A long text has more words by chance, so each weighs less: half of the weight depends on the length.
USUAL_LENGTH = 150  # words
LENGTH_SHARE = 0.5
LONGEST_FACTOR = 3.0  # a very long text is not punished further
SCALE = 100  # weights are whole numbers, so that both databases add them to the same sum
