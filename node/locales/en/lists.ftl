# Start page and lists.

start-title = Home
start-heading = Someone has done it before you
start-lead = Find out what other municipalities have tried, what it took and how it went. Take with you what fits.
start-newest = New in the network
start-empty = Nobody has shared anything yet, or it has not arrived here.
start-all-cases = See all cases
start-spread = Put to use by others
start-spread-uses = uses
start-spread-from = by
start-needs = Others are looking for answers
start-needs-lead = Have you solved any of this? Then you can save someone a lot of work.
start-all-needs = See all needs
cases-count =
    { $n ->
        [one] { $count } case
       *[other] { $count } cases
    }
needs-count =
    { $n ->
        [one] { $count } need
       *[other] { $count } needs
    }
members-count =
    { $n ->
        [one] { $count } member
       *[other] { $count } members
    }
used-by-count =
    { $n ->
        [one] Used by { $count } other
       *[other] Used by { $count } others
    }
cases-heading = Cases
cases-show-all = Show all cases
chosen = Chosen
remove = Remove { $name }
sort = Sort:
sort-newest = newest
sort-most-reused = most used by others
ready = Ready for reuse
retold-short = Retold about { $name }
untitled = Untitled
redacted = The text has been redacted
wanted = The text has not arrived yet
unreadable = The text cannot be read by this version
themes-heading = Themes and wicked problems
wicked-heading = Wicked problems
wicked-lead = Some problems never get a final solution. Many have to try from different sides.
sectors-heading = Sectors
themes-all = All themes
needs-heading = Needs that look for a solution
needs-lead = Here municipalities tell what they struggle with. Do you recognise the need, or do you have the answer?
needs-open = open only
needs-all = all
needs-none = No needs are told just now.
needs-how = How to tell a need
needs-how-text = Write the need in a file and publish it from your node. It then reaches everyone in the network and is set against what others have done.

# Results of a search.

cases-for = Search for
narrow = Narrow down
narrow-do = Apply the choices
like-us = Only from municipalities like ours
sort-relevance = best match
sort-title = title
none-heading = No case answers this
none-text = Try fewer words, or remove some of what you have chosen.
none-need = Tell it as a need
none-need-text = What nobody has answered is just what others need to hear about. Save this in a file, fill it in, and publish it from your node.
compare-pick = Compare
compare-do = Compare the chosen
compare-heading = Compare cases
compare-few = Choose two to four cases in the list to see them side by side.
feeds = Follow this search:
facet-evidence = Evidence
facet-owner = Shared by
facet-size = Inhabitants
facet-year = Year
facet-askable = Someone to ask
facet-yes = Yes
facet-under = under { $number }
facet-over = { $number } or more
note-spelling = Nobody wrote “{ $typed }”. We searched for “{ $taken }”.
note-like-us = Showing only cases from municipalities like ours.
note-like-whom = We do not know which municipality you mean, so all are shown.
note-failures = Showing what ended or was given up, with the lessons.
why-found = Found because
why-other-form = “{ $asked }” is here “{ $found }”
why-part = “{ $asked }” is part of “{ $found }”
why-abbreviation = “{ $asked }” means “{ $found }”
why-synonym = “{ $asked }” is related to “{ $found }”
why-spelling = “{ $asked }” resembles “{ $found }”
why-phrase = the phrase stands word for word
used-by-none = No others use it yet
