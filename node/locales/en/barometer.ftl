# The pages of the reuse barometer.

menu-barometer = Barometer
barometer-lead = Figures about innovation and reuse, counted from what the municipalities have signed themselves. Every node counts by itself and arrives at the same.
# With a place where the word may be divided.
barometer-heading = The reuse barometer
barometer-show = Show
barometer-headlines = Headlines
barometer-all = All indicators
barometer-from = Counted from
barometer-not-same = Not the same measure, for it
barometer-recompute = With this frontier any node can count the same figures.
barometer-percent = { $n }%
barometer-days = { $n } days
barometer-months = { $n } mo.
barometer-of = { $n } of { $of }
barometer-among = among { $of }
barometer-saved = { $low } to { $high }, stated by { $n } of { $of }
barometer-unknown = This division says nothing about what is counted here.
barometer-download = Download
barometer-trend = Year by year
barometer-trend-about = The figures of each year up to the day of reckoning. The table below says the same.
barometer-year = Year
barometer-everyone = Everyone who was a member in the year.
barometer-panel = Only those who were members both in the first year and the last, so that growth of the network does not look like innovation.
barometer-see-everyone = Show all members
barometer-see-panel = Show only those who were there all the time
barometer-curve = How long it takes until somebody reuses
barometer-curve-about = The share of cases that at least one other has reused, by months since publication. Those not reused yet count for as long as they were followed.
barometer-to-mirror = See your municipality beside those like it
mirror-heading = The mirror
mirror-lead = The municipality beside those like it, the whole network, and what others have published. Printed, the page is a report for leader agreements and the council.
mirror-table = How things stand
mirror-alike = Municipalities like it
mirror-everyone = The whole network
mirror-alike-who = The municipalities like it
mirror-alike-nobody = No member is like it enough.
mirror-records = See the records behind the figures
