# Needs, municipalities, the network, entries.

need-situation = The situation
need-affected = Who is affected
need-constraints = What a solution must respect
need-tried = Tried before
need-partners = Wants partners
need-met = The need is met
need-answers = Cases that may help
need-answers-why = Found because they are about the same themes or problems.
need-no-answers = No shared case is about the same yet.
need-find = Find cases that may help
need-search = Search further among the cases
need-talk = Answers and questions
need-side = Contact and facts about the need
municipalities-heading = Municipalities and other members
municipalities-lead = Each has a node of its own, and all hold the same.
map-members = Map of who shares
map-members-about = Norway with one dot for each municipality. Members are marked; the larger the mark, the more cases. The table says the same.
map-data = The map as data (JSON)
column-member = Member
column-county = County
column-shared = Has shared
column-uses = Uses
column-used-by = Used by
column-what = Case
column-log = Log
column-entries = Entries
column-last = Last entry
municipality-shared = What we have shared
municipality-shared-none = Nothing is shared yet.
municipality-uses = What we use from others
municipality-uses-none = No reuse is declared yet.
municipality-used-by = Who uses something of ours
municipality-used-by-none = Nobody has said that they use anything from here yet.
municipality-needs = What we are looking for
municipality-side = Facts about the member
municipality-facts = Facts
facts-org = Organisation number
facts-number = Municipality number
facts-population = Inhabitants 2024
facts-centrality = Centrality (1–6)
facts-kostra-group = KOSTRA group
facts-language = Written Norwegian
facts-member-since = Member since
facts-members = Members
facts-entries = Entries
facts-frontier = Fingerprint of everything
language-neutral = Neutral
network-heading = The network seen from here
network-lead = The network has no centre. Here is what this node has received, from whom, and how far it has come.
network-disputed =
    { $n ->
        [one] { $count } log is disputed
       *[other] { $count } logs are disputed
    }
network-disputed-text = A key was used in two places. What came after the parting does not count before the registrar has settled which branch holds.
network-wanted =
    { $n ->
        [one] { $count } text has not arrived yet.
       *[other] { $count } texts have not arrived yet.
    }
network-peers = Connections now
network-peers-none = The node is not connected with anyone just now. It tries again by itself.
network-logs = Logs
network-logs-lead = Each node writes a log of its own, without gaps. Where there are two numbers, the first is what counts.
log-open = Open
log-ended = Ended
log-disputed = Disputed from { $place }
log-nothing = nothing yet
log-own = our own
log-connected = connected
record-heading = Entry
record-kind = Kind
record-belongs = Belongs to
record-case = the case
record-need = the need
record-facts = Facts as they were signed
record-text = Text as it was signed

# Plans, programmes and arenas, collections, awards.

menu-gatherings = Plans and collections
gatherings-heading = Plans, programmes, collections and awards
gatherings-lead = Here cases stand in context: which goals they serve, where they were shared, who recommends them, and which prizes they have won.
gatherings-all = all
gatherings-plan = Plans
gatherings-programme = Programmes and arenas
gatherings-collection = Collections
gatherings-award = Awards
gatherings-none = Nobody has shared any yet.
gatherings-how = How to share a plan or a collection
gatherings-how-text = Write the plan or the collection in a file and publish it from your node. A plan has goals, and cases point to the goals they serve. A collection names cases in the order in which they are best read.
kind-plan = Plan
kind-programme = Programme
kind-collection = Collection
kind-award = Award
gathering-goals = Goals
gathering-cases = Cases
gathering-cases-none = No cases belong here yet.
gathering-cut = There are more than are shown here.
gathering-side = Facts and contact
municipality-gatherings = Our plans and collections
until = until
record-plan = the plan
record-programme = the programme
record-collection = the collection
record-award = the award
field-kind = Type
field-adopted = Adopted
field-goals = Goals
field-lead = Led by
field-members = Taking part
field-cases = Cases
field-year = Year
field-level = Level
field-placement = Result
field-case = Case
field-recipient = Given to
field-giver = Given by
field-given-by = Given by
field-prize = Prize
field-reason = Reason
field-description = Description
field-comments = Comments
field-url = Read more
