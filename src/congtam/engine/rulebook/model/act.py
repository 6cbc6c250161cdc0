"""What is known of the acts that legal bases cite, so that a paper can name them as the Decree on papers asks."""

from pydantic import model_validator

from congtam.engine.rulebook.model.values import Block, Certainty, Day, Text


class Act(Block):
    """One act, by the name that `legal_basis.act` gives it. What is not known is left out, and printed nowhere.

    `form`: what kind of document (Nghị định); `number`, `day` and `issuer` of it; `title`: what it is about, as it
    follows the issuer (về …); `under`: the acts it was issued under, which a decision cites before it. A `convention`
    is no act but a choice of those who wrote the rules: nothing more is said of it, and no paper stands on it.
    """

    form: Text | None = None
    number: str | None = None
    day: Day | None = None
    issuer: Text | None = None
    title: Text | None = None
    in_force_from: Day | None = None
    under: tuple[str, ...] = ()
    convention: bool = False
    certainty: Certainty | None = None
    confirmed_on: Day | None = None

    @model_validator(mode="after")
    def _one_of_two(self) -> "Act":
        said = self.model_fields_set - {"convention"}
        if self.convention and said:
            raise ValueError(f"a convention is no act, so it has no {', '.join(sorted(said))}")
        if not self.convention and self.certainty is None:
            raise ValueError("an act says its `certainty`; a choice that no act states says `convention: true`")
        if self.form is None and (self.number or self.issuer):
            raise ValueError("an act with a number or an issuer says its `form` too, such as Nghị định")
        return self
