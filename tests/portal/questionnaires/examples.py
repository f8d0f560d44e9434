"""Small questionnaires to publish."""

from intake.loading import load_text
from intake.questionnaire import Questionnaire

TEXT = """
intake: 1
id: {key}
version: {version}
source_locale: en
locales: [en]
title: "{title}"
pages:
  - id: {page}
    title: "About it"
    questions:
      - {{id: what, type: longtext, text: "What happens when you press {{key:F7}}?", hint: "A hint", required: true}}
      - id: bad
        type: choice
        text: "How bad?"
        options: [{{id: very, text: "Very"}}, {{id: little, text: "A little"}}]
triage:
  - {{id: default, set: P3, because: "work goes on"}}
snapshot: {{problem.what: what, problem.bad: bad}}
"""


def a_questionnaire(
    key: str = "small", version: int = 1, title: str = "Report something", page: str = "about"
) -> Questionnaire:
    """Return a questionnaire of one page."""
    return load_text(TEXT.format(key=key, version=version, title=title, page=page), name=f"{key}.yaml")
