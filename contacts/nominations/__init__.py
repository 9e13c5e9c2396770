"""Contact persons whom an organisation names itself: by the public form, or by handing over."""
