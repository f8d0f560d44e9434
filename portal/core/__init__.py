"""What every feature stands on: clock, database, who is asking, languages, errors."""
