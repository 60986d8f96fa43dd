"""Reports: model, verdicts and statistics composed into frozen values, ready to be shown."""
