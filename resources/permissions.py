"""What editors may do with what LUMEN publishes, beside pages, documents and images."""

VOCABULARY = ("theme", "keyword", "category")
EDITOR_PERMISSIONS = tuple(
    f"resources.{action}_{model}" for model in VOCABULARY for action in ("add", "change", "delete", "view")
)
