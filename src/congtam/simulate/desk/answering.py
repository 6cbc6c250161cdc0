"""How people answer what waits for them on Hôm nay: they accept, return, grant, refuse, confirm; or leave it lying."""

from random import Random

from congtam.simulate.desk import phrases
from congtam.simulate.desk.log import Log
from congtam.simulate.desk.office import Member
from congtam.simulate.desk.page import Form, Page
from congtam.web.pages.task.words import QUESTIONS

RETURNS, REFUSES, MARKS, LEAVES = 0.07, 0.08, 0.5, 0.06  # how often
BY_NAME = {text.vi: kind for kind, text in QUESTIONS.items()}
GRANTS = {
    "acceptance": "accept",
    "more_time": "grant_time",
    "coordination": "take_help",
    "confirmation": "confirm",
    "recognition": "recognise",
    "refusal": "relieve",
    "escalation": "order",
}
REFUSALS = {"acceptance": "return", "more_time": "refuse_time", "coordination": "refuse_help"}


class Answers:
    """Answers questions on Hôm nay, as anybody may be asked. `left`: those left to silence."""

    def __init__(self, member: Member, log: Log, rng: Random):
        self.me, self.log, self.rng = member, log, rng
        self.left: set[str] = set()

    def answer(self, page: Page) -> None:
        """Everything that waits, but for what is left lying."""
        for form in page.find("/cau-hoi/"):
            if form.offered("tra_loi") and form.action not in self.left:
                self._one(form)

    def _one(self, form: Form) -> None:
        kind = next((kind for name, kind in BY_NAME.items() if form.around.startswith(name)), "")
        if not kind:
            self.log.could_not("answer", f"a card whose kind the page does not say: {form.around[:60]}")
            return
        if kind == "acceptance" and self.rng.random() < LEAVES:
            self.left.add(form.action)
            return
        number = form.action.strip("/").split("/")[-1]
        refuses = kind in REFUSALS and self.rng.random() < (RETURNS if kind == "acceptance" else REFUSES)
        told = {name: value for name, value in self._said(kind, refuses).items() if value}
        named = {f"cau-{number}-{name}": value for name, value in told.items()}
        press = ("tra_loi", "khong" if refuses else "co")
        act = REFUSALS[kind] if refuses else GRANTS[kind]
        self.log.do(act, self.me.browser, form, named, press, called=f"trả lời: {act}")

    def _said(self, kind: str, refuses: bool) -> dict[str, str]:
        if refuses:
            why = {"acceptance": phrases.RETURN_WHY, "coordination": phrases.REFUSED_HELP}
            return {"text": self.rng.choice(why.get(kind, phrases.PASS_WHY))}
        if kind == "acceptance" and self.rng.random() < MARKS:
            return {"mark": self.rng.choice(("5", "4", "4", "3"))}
        return {"decision": f"{self.rng.randint(10, 99)}/QĐ-SK"} if kind == "recognition" else {}
