"""What a rulebook may say: frozen, strict types, one class per block of YAML.

Unknown keys are refused. Numbers are decimals, days are dates; expressions stay text here and get their meaning
in `bind`. Everything that carries a figure can state its legal basis; what states none inherits from the block,
the file or the rulebook above it.

`values` are what every block is made of; `head` (with `parameter`), `indicator` (with `measure`), `scorecard` (with
`part` and `grade`) and `clock` are the files of a rulebook.
"""

from congtam.engine.rulebook.model.act import Act
from congtam.engine.rulebook.model.clock import ClockBlock
from congtam.engine.rulebook.model.grade import CAP_READINGS, Ceiling, Grade, LimitIf, PopulationRule, SmallGroup, Veto
from congtam.engine.rulebook.model.head import End, RulebookHead, Scope, Transition, Use
from congtam.engine.rulebook.model.indicator import BasePoints, Indicator, SharedWork
from congtam.engine.rulebook.model.measure import (
    KINDS,
    Anchor,
    Anchors,
    InPeriod,
    Measure,
    Pair,
    QuantileOf,
    RatingOf,
    Source,
    SurveyOf,
    TopBottom,
)
from congtam.engine.rulebook.model.parameter import Parameter, ParameterValue, Term
from congtam.engine.rulebook.model.part import Between, Curve, FormulaFor, Part, Step, parts_with_paths
from congtam.engine.rulebook.model.scorecard import Minimum, Published, RollUp, Rounding, Scorecard, Stratum
from congtam.engine.rulebook.model.timetable import STEPS, StepId, StepTerm
from congtam.engine.rulebook.model.values import (
    Block,
    Certainty,
    Day,
    Expression,
    Id,
    LegalBasis,
    Number,
    Sourced,
    Text,
)

__all__ = [
    "CAP_READINGS",
    "KINDS",
    "STEPS",
    "Act",
    "Anchor",
    "Anchors",
    "BasePoints",
    "Between",
    "Block",
    "Ceiling",
    "Certainty",
    "ClockBlock",
    "Curve",
    "Day",
    "End",
    "Expression",
    "FormulaFor",
    "Grade",
    "Id",
    "InPeriod",
    "Indicator",
    "LegalBasis",
    "LimitIf",
    "Measure",
    "Minimum",
    "Number",
    "Pair",
    "Parameter",
    "ParameterValue",
    "Part",
    "PopulationRule",
    "Published",
    "QuantileOf",
    "RatingOf",
    "RollUp",
    "Rounding",
    "RulebookHead",
    "Scope",
    "Scorecard",
    "SharedWork",
    "SmallGroup",
    "Source",
    "Sourced",
    "Step",
    "StepId",
    "StepTerm",
    "Stratum",
    "SurveyOf",
    "Term",
    "Text",
    "TopBottom",
    "Transition",
    "Use",
    "Veto",
    "parts_with_paths",
]
