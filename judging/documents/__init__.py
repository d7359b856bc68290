"""One module per PDF of the jury, the results and what came of them. They print what domain/ computed."""

from .report import REPORT
from .results import RESULTS
from .running_order import RUNNING_ORDER

DOCUMENTS = [RUNNING_ORDER, RESULTS, REPORT]
