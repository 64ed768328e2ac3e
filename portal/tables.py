"""Every table of the main database, imported in one place for the migrations."""

from portal.cases import approval_models as approvals
from portal.cases import cluster_models as clusters
from portal.cases import escalation_models as escalations
from portal.cases import export_models as exports
from portal.cases import head_support_models as head_supports
from portal.cases import hearing_models as hearings
from portal.cases import models as cases
from portal.cases import note_models as notes_of_cases
from portal.cases import outside_models as outside
from portal.cases import own_work_models as own_work
from portal.cases import pattern_models as pattern_counts
from portal.cases import quarantine_models as quarantines
from portal.cases import reorganisation_models as reorganisations
from portal.cases import saved_views
from portal.catalogue import change_models as catalogue_changes
from portal.catalogue import models as catalogue
from portal.catalogue import routing_models as routing
from portal.catalogue import text_models as standard_texts
from portal.demo import models as demo
from portal.foundation.database import Base
from portal.identity import models as identity
from portal.intake import models as intake
from portal.jobs import models as jobs
from portal.notices import models as notices
from portal.oversight import models as oversight
from portal.search import models as search
from portal.staff import history_models as staff_history
from portal.staff import models as staff
from portal.statistics import models as statistics

AREAS = (
    *(catalogue, catalogue_changes, staff, staff_history, jobs, identity, cases, saved_views, own_work),
    *(notes_of_cases, escalations, intake, notices, search, statistics, oversight, demo, outside),
    *(reorganisations, clusters, routing, approvals, hearings, standard_texts, exports, quarantines),
    *(head_supports, pattern_counts),
)
metadata = Base.metadata
